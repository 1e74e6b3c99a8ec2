import type { AttemptResult, CallQueue, Wait } from "./callQueue";
import { FailedAttempt, type Failure, failureOf, mayBeCarriedOut } from "./failures";
import { backoffMs, mayRetry, retryAfterMs, retryClassOf } from "./retry";

// Without a pause of the rate limit calls wait for a short time only, unless the bucket refills very slowly: another read would not help then.
const STALE_AFTER_PAUSE_MS = 500;
const STALE_AFTER_QUEUE_MS = 10_000;

/** The rules of a call for its attempts. */
export interface AttemptRules {
  /** True if the call may be repeated although it may have been carried out. */
  readonly idempotent: boolean;
  /** True if the call contains an object as it was just read: it goes before other calls, and fails as stale if it waits for long. */
  readonly writesReadObject: boolean;
  /** Make one attempt only. */
  readonly once: boolean;
  /** The setting `maxRetries`. */
  readonly maxRetries: number;
}

/** The attempts of one call: each waits in the queue, and the retry policy decides about the next one. */
export class Attempts {
  private readonly priority: number;
  private retries = 0;
  private doubt = false;

  /**
   * Takes a priority for the call.
   * @param queue The queue of the client.
   * @param rules The rules of the call.
   */
  constructor(
    private readonly queue: CallQueue,
    private readonly rules: AttemptRules,
  ) {
    this.priority = queue.takePriority(rules.writesReadObject);
  }

  /** True if a failed attempt may have been carried out. */
  get inDoubt(): boolean {
    return this.doubt;
  }

  /** Runs one attempt when it is its turn. */
  run<T>(attempt: () => Promise<T>): Promise<T> {
    const sendUnlessStale = (wait: Wait) => {
      if (this.rules.writesReadObject && isStale(wait)) throw new FailedAttempt({ kind: "stale", waitedMs: wait.ms });
      return attempt();
    };
    return this.queue.run(this.priority, sendUnlessStale, (error) => this.result(failureOf(error)));
  }

  /** The pause before the next attempt, in milliseconds; `undefined` if there is none. To be called once after each failed attempt. */
  pauseAfter(failure: Failure): number | undefined {
    if (mayBeCarriedOut(failure)) this.doubt = true;
    const { retries: attempt } = this;
    const retryClass = retryClassOf(failure);
    if (this.rules.once || !mayRetry({ ...this.rules, retryClass, attempt })) return undefined;
    this.retries += 1;
    // After a 429 the queue holds all calls until the pause ends.
    return retryClass === "limited" ? 0 : pauseMs(failure, attempt);
  }

  private result(failure: Failure): AttemptResult {
    if (failure.kind !== "status") return { kind: "lost" };
    if (failure.status !== 429) return { kind: "answered" };
    return { kind: "limited", pauseMs: pauseMs(failure, this.retries) };
  }
}

/** The pause that an answer asks for; without one, longer after each attempt. */
function pauseMs(failure: Failure, attempt: number): number {
  const asked = failure.kind === "status" ? retryAfterMs(failure.retryAfter, Date.now()) : undefined;
  return asked ?? backoffMs(attempt, Math.random());
}

function isStale({ ms, paused }: Wait): boolean {
  return ms > (paused ? STALE_AFTER_PAUSE_MS : STALE_AFTER_QUEUE_MS);
}
