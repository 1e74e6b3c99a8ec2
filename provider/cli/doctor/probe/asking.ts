import { type Behaviours, openQuestions, type ProbedBehaviour } from "../../../emulator/behaviours/behaviours";
import type { RhombusApi } from "../../../rhombus/api/api";
import { RhombusError } from "../../../rhombus/errors/rhombusError";
import type { Scratch } from "./scratch";

/** What was observed of a behaviour that the vendor does not document. */
export interface Observation {
  /** The behaviour, as the emulator calls it. */
  readonly behaviour: keyof Behaviours;
  /** What it was observed for, where it may differ. */
  readonly of?: string;
  /** Its setting, as the emulator calls it; absent where nothing could be observed. */
  readonly setting?: string | number | boolean;
  /** What else there is to say, without the names and ids of the organization. */
  readonly remark?: string;
}

/** Asks one question after the other, and takes down the answers. */
export class Asking {
  /** What was observed so far. */
  readonly observations: Observation[] = [];
  #lagMs = 0;

  /**
   * Begins to ask.
   * @param api Rhombus.
   * @param scratch What may be made and changed.
   * @param pauses How long to wait, and how.
   */
  constructor(
    readonly api: RhombusApi,
    readonly scratch: Scratch,
    private readonly pauses: Pauses,
  ) {}

  /**
   * Asks one question. A call that fails is no answer, unless the question takes it for one.
   * @param behaviour The behaviour.
   * @param ask Finds out its setting; `undefined` where that cannot be told.
   * @param of What it is observed for, where it may differ.
   */
  async ask<Name extends ProbedBehaviour>(
    behaviour: Name,
    ask: () => Promise<Behaviours[Name] | undefined>,
    of?: string,
  ): Promise<void> {
    if (this.pauses.isAborted()) return;
    this.pauses.tell(`${behaviour}: ${openQuestions[behaviour].question}`);
    const asked = { behaviour, ...(of === undefined ? {} : { of }) };
    try {
      const setting = await ask();
      this.observations.push(setting === undefined ? { ...asked, remark: "cannot be told" } : { ...asked, setting });
    } catch (error) {
      if (!(error instanceof RhombusError)) throw error;
      const status = error.status === undefined ? "" : `, status ${error.status}`;
      this.observations.push({ ...asked, remark: `${error.operation} failed (${error.kind}${status})` });
    }
  }

  /**
   * Waits until a read shows something, and remembers how long that took.
   * @param isShown Reads, and says whether it is there.
   * @returns How many milliseconds it took; `undefined` where it did not come.
   */
  async measureLag(isShown: () => Promise<boolean>): Promise<number | undefined> {
    const start = Date.now();
    for (let tries = 0; tries < this.pauses.mostReads; tries += 1) {
      const isFirst = tries === 0;
      if (await isShown()) {
        const lagMs = isFirst ? 0 : Date.now() - start;
        this.#lagMs = Math.max(this.#lagMs, lagMs);
        return lagMs;
      }
      await this.pauses.sleep(100);
    }
    return undefined;
  }

  /** Waits until reads show what was written, as far as can be told. */
  settle(): Promise<void> {
    return this.pauses.sleep(Math.max(this.pauses.leastMs, 2 * this.#lagMs));
  }
}

/** How a probe waits. */
export interface Pauses {
  /** The shortest wait between a write and what is read of it, in milliseconds. */
  readonly leastMs: number;
  /** How many times to read for something that has just been made. */
  readonly mostReads: number;
  /** Waits. */
  sleep(ms: number): Promise<void>;
  /** Whether to ask no further question. */
  isAborted(): boolean;
  /** Says what is being done. */
  tell(line: string): void;
}

/**
 * Whether a call is carried out or refused.
 * @param call Makes the call.
 * @returns Whether it was carried out.
 * @throws RhombusError when it failed in a way that is no refusal.
 */
export async function isAccepted(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    const isRefusal = error instanceof RhombusError && ["badRequest", "notFound", "domain"].includes(error.kind);
    if (isRefusal) return false;
    throw error;
  }
}
