import type sinon from "sinon";
import type { Polling } from "../../../provider/core/resource/polling";
import { direct } from "../../drivers/direct";
import { Engine } from "../../drivers/engine";
import { ProcessEngine } from "../../drivers/grpc/processEngine";

/** How a sequence runs its operations: in this process, or over gRPC. */
export interface Engines {
  /** The setting `timeoutSeconds` with which the provider soon gives up a call. */
  readonly shortTimeoutSeconds: number;
  /** Starts the engine of an operation with a stack config, by full key. */
  open(config: Readonly<Record<string, string>>): Promise<Engine>;
}

/** No other timer of the provider is as long, so that {@link shortenTimers} can tell deadlines from pauses. */
const DEADLINE_SECONDS = 599;

/** A pause after shortening. */
const PAUSE_MS = 60;

/** Longer timers are other deadlines. */
const LONGEST_PAUSE_MS = 30_000;

const polling: Polling = {
  delaysMs: [5, PAUSE_MS, PAUSE_MS],
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Engines in this process. They need {@link shortenTimers}. */
export const inProcess: Engines = {
  shortTimeoutSeconds: DEADLINE_SECONDS,
  open: async (config) => new Engine(await direct(config, { polling, tell: () => {} })),
};

/** A dynamic-provider process for each operation, with the package as programs install it. */
export const overGrpc: Engines = {
  shortTimeoutSeconds: 1,
  open: (config) => ProcessEngine.start({ config }),
};

/** Shortens deadlines of calls to 0.4 s and pauses to 60 ms, until the sandbox is restored. */
export function shortenTimers(sandbox: sinon.SinonSandbox): void {
  const { setTimeout: wait } = globalThis;
  const shortened = (work: () => void, ms = 0) => {
    if (ms === DEADLINE_SECONDS * 1_000) return wait(work, 400);
    return wait(work, ms < LONGEST_PAUSE_MS ? Math.min(ms, PAUSE_MS) : ms);
  };
  sandbox.stub(globalThis, "setTimeout").callsFake(shortened);
}
