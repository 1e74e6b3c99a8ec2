import { setTimeout } from "node:timers/promises";
import { type Behaviours, openQuestions, type ProbedBehaviour } from "../../../emulator/behaviours/behaviours";
import type { RhombusApi } from "../../../rhombus/api/api";
import { RhombusError } from "../../../rhombus/errors/rhombusError";
import type { ProbeObjects } from "./probeObjects";

/** An observation of a behaviour that Rhombus does not document. */
export interface Observation {
  /** The behaviour, by its name in the emulator. */
  readonly behaviour: keyof Behaviours;
  /** The object that was observed, if the behaviour may differ between objects. */
  readonly of?: string;
  /** The setting, by its name in the emulator; absent if nothing could be observed. */
  readonly setting?: string | number | boolean;
  /** A remark, without names and ids of the organization. */
  readonly remark?: string;
}

/** The waits of a probe. */
export interface ProbeTiming {
  /** The shortest wait between a write and what is read of it, in milliseconds. */
  readonly leastMs: number;
  /** The number of reads for an object that has just been created. */
  readonly mostReads: number;
  /** Aborted if the probe is to stop. */
  readonly interruption: AbortSignal;
  /** Prints the current step. */
  log(line: string): void;
}

/** Observes behaviours one by one, and records the results. */
export class Recorder {
  /** The observations so far. */
  readonly observations: Observation[] = [];
  #lagMs = 0;

  /**
   * Creates a recorder without observations.
   * @param api The Rhombus API.
   * @param objects The objects that may be created and changed.
   * @param timing The waits.
   */
  constructor(
    readonly api: RhombusApi,
    readonly objects: ProbeObjects,
    private readonly timing: ProbeTiming,
  ) {}

  /**
   * Observes one behaviour. A failed call is recorded as a remark, unless `observe` handles it.
   * @param behaviour The behaviour.
   * @param observe Returns the setting; `undefined` if it cannot be determined.
   * @param of The object that is observed. Default: the behaviour is the same for all objects.
   */
  async record<Name extends ProbedBehaviour>(
    behaviour: Name,
    observe: () => Promise<Behaviours[Name] | undefined>,
    of?: string,
  ): Promise<void> {
    const { interruption, log } = this.timing;
    if (interruption.aborted) return;
    log(`${behaviour}: ${openQuestions[behaviour].question}${of === undefined ? "" : ` (${of})`}`);
    const subject = { behaviour, ...(of === undefined ? {} : { of }) };
    try {
      const setting = await observe();
      // An interruption shortens the waits.
      if (interruption.aborted) return;
      const result = setting === undefined ? { remark: "cannot be determined" } : { setting };
      this.observations.push({ ...subject, ...result });
    } catch (error) {
      if (!(error instanceof RhombusError)) throw error;
      const status = error.status === undefined ? "" : `, status ${error.status}`;
      this.observations.push({ ...subject, remark: `${error.operation} failed (${error.kind}${status})` });
    }
  }

  /**
   * Waits until a read shows an object, and remembers the time.
   * @param isShown Reads, and returns whether the object is there.
   * @returns The time in milliseconds; `undefined` if the object did not appear.
   */
  async measureLag(isShown: () => Promise<boolean>): Promise<number | undefined> {
    const start = Date.now();
    const { interruption, mostReads } = this.timing;
    for (let reads = 0; reads < mostReads && !interruption.aborted; reads += 1) {
      if (await isShown()) {
        const lagMs = reads === 0 ? 0 : Date.now() - start;
        this.#lagMs = Math.max(this.#lagMs, lagMs);
        return lagMs;
      }
      await this.#wait(100);
    }
    return undefined;
  }

  /** The time until reads should show the last write, in milliseconds: twice the measured lag. */
  get settleMs(): number {
    return Math.max(this.timing.leastMs, 2 * this.#lagMs);
  }

  /** Waits until reads should show the last write, or until an interruption. */
  settle(): Promise<void> {
    return this.#wait(this.settleMs);
  }

  async #wait(ms: number): Promise<void> {
    await setTimeout(ms, undefined, { signal: this.timing.interruption }).catch(() => {});
  }
}

/**
 * True if a call is accepted.
 * @param call Makes the call.
 * @throws RhombusError if the call fails without being refused.
 */
export function isAccepted(call: () => Promise<unknown>): Promise<boolean> {
  return call().then(
    () => true,
    (error: unknown) => {
      if (isRefusal(error)) return false;
      throw error;
    },
  );
}

/**
 * True if an error shows that Rhombus refused a call and changed nothing.
 * @param error The error.
 */
export function isRefusal(error: unknown): boolean {
  return error instanceof RhombusError && ["badRequest", "notFound", "domain"].includes(error.kind);
}
