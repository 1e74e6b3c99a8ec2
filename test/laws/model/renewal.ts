import path from "node:path";
import { Harness } from "../../drivers/grpc/harness";
import { DynamicProviderProcess } from "../../drivers/grpc/process";
import { renewedHandler } from "../../drivers/grpc/renewal";

/** Where the engine's processes come from: one for each operation and organization. */
export interface Engine {
  /** The setting `timeoutSeconds` with which the provider soon gives up on a call. */
  readonly shortTimeoutSeconds: number;
  /**
   * Runs one operation as if in a process of its own.
   * @param lane Which organization it is for: operations of one lane come one after the other.
   * @param config The configuration of the stack or of the explicit provider, by full key.
   * @param operation What the engine does.
   */
  during<T>(
    lane: string,
    config: Readonly<Record<string, string>>,
    operation: (harness: Harness) => Promise<T>,
  ): Promise<T>;
  /** Ends every process. */
  close(): Promise<void>;
}

/** The real thing: a process for each operation, with the package as programs install it. */
export const freshProcesses: Engine = {
  shortTimeoutSeconds: 1,
  during: (_lane, config, operation) => Harness.during({ config }, operation),
  close: async () => {},
};

const RETRY = path.resolve(__dirname, "../../../dist/rhombus/http/retry.js");

/** No other timer of the provider is as long, so that this one can be told from them. */
const SHORTENED_SECONDS = 599;

/** The SDK keeps every handler it has ever evaluated, so a process is not used for ever. */
const OPERATIONS_OF_A_PROCESS = 400;

interface Lane {
  readonly started: DynamicProviderProcess;
  operations: number;
}

/**
 * One process for each organization that serves operation after operation, each with providers of its own: a process takes half a second of computing time to
 * start, and two thousand of them an hour. Surprising reads are believed sooner, and calls tried again sooner: pauses are cut
 * to 60 ms.
 */
export class RenewedProcesses implements Engine {
  /** A deadline of this length passes after 0.4 s. */
  readonly shortTimeoutSeconds = SHORTENED_SECONDS;
  readonly #lanes = new Map<string, Lane>();

  /** Runs one operation in the lane's process, with new providers. */
  async during<T>(
    lane: string,
    config: Readonly<Record<string, string>>,
    operation: (harness: Harness) => Promise<T>,
  ): Promise<T> {
    const used = await this.#laneOf(lane);
    const generation = ++used.operations;
    const harness = await Harness.over(used.started, config, (type) =>
      renewedHandler(type, generation, { once, options }),
    );
    try {
      return await operation(harness);
    } finally {
      await harness.close();
    }
  }

  /** Ends every process. */
  async close(): Promise<void> {
    const lanes = [...this.#lanes.values()];
    this.#lanes.clear();
    await Promise.all(lanes.map(({ started }) => started.close()));
  }

  async #laneOf(name: string): Promise<Lane> {
    const used = this.#lanes.get(name);
    if (used !== undefined && used.operations < OPERATIONS_OF_A_PROCESS) return used;
    await used?.started.close();
    const lane: Lane = { started: await DynamicProviderProcess.start(), operations: 0 };
    this.#lanes.set(name, lane);
    return lane;
  }
}

/** Shortens what the provider waits for. */
const once = `
      const wait = globalThis.setTimeout;
      const shortened = (ms) => (ms === ${SHORTENED_SECONDS * 1_000} ? 400 : ms);
      globalThis.setTimeout = (work, ms, ...rest) => wait(work, shortened(ms), ...rest);
      const retry = require(${JSON.stringify(RETRY)});
      const { backoffMs, retryAfterMs } = retry;
      retry.backoffMs = (...given) => Math.min(backoffMs(...given), 60);
      retry.retryAfterMs = (...given) => retryAfterMs(...given) && 60;`;

const options = `{
        polling: {
          delaysMs: [5, 60, 60],
          sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 60))),
        },
      }`;
