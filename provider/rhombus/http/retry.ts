import { sleep } from "../../clock";
import { type RetryClass, RhombusError } from "../errors/rhombusError";
import { type Failure, mayBeCarriedOut, type Reply } from "./failures";

/** The retry policy: which failures are retried, how often, and after which pause. */

const LONGEST_BACKOFF_MS = 60_000;

/** Retries after a failure of the server or the network: it rarely recovers within more of them. */
const RETRIES_AFTER_FAILURE = 4;

/** Retries of a call that was not sent because other calls were ahead of it; each of them costs nothing. */
const RETRIES_WHEN_STALE = 8;

/** The maximum number of retries of each class, from the setting `maxRetries`. */
const LIMITS: Readonly<Record<RetryClass, (maxRetries: number) => number>> = {
  limited: (maxRetries) => maxRetries,
  unreachable: (maxRetries) => Math.min(maxRetries, RETRIES_AFTER_FAILURE),
  lost: (maxRetries) => Math.min(maxRetries, RETRIES_AFTER_FAILURE),
  stale: (maxRetries) => Math.max(maxRetries, RETRIES_WHEN_STALE),
  final: () => 0,
};

/** The attempts of a call that may have been carried out, if its caller looks for its effect before each further one. */
const ATTEMPTS_WHEN_LOST = 3;

/** The maximum sum of the pauses between the attempts of such a caller, in milliseconds. Other operations wait for its lock. */
const LONGEST_PAUSES_MS = 300_000;

/** The class of a failed attempt. 501 is final, and so is a 2xx other than 200. */
export function retryClassOf(failure: Failure): RetryClass {
  switch (failure.kind) {
    case "unreachable":
    case "noTunnel":
      return failure.permanent ? "final" : "unreachable";
    case "broken":
    case "timeout":
      return "lost";
    case "stale":
      return "stale";
    case "status":
      if (failure.status === 429) return "limited";
      return failure.status >= 500 && failure.status !== 501 ? "lost" : "final";
    default:
      return "final";
  }
}

/** The rules of a call for its retries. */
export interface RetryRules {
  /** The setting `maxRetries`. */
  readonly maxRetries: number;
  /** True if the call may be repeated although it may have been carried out. */
  readonly idempotent: boolean;
  /** Make one attempt only, because the caller decides about others. */
  readonly once: boolean;
}

/**
 * Makes the attempts of one call.
 * @param rules The rules.
 * @param attempt Makes an attempt; receives the number of earlier ones.
 * @returns The last reply, and whether a failed attempt may have been carried out.
 */
export async function withRetries(
  rules: RetryRules,
  attempt: (retries: number) => Promise<Reply>,
): Promise<{ reply: Reply; isOutcomeUnknown: boolean }> {
  let isOutcomeUnknown = false;
  for (let retries = 0; ; retries += 1) {
    const reply = await attempt(retries);
    if (reply.kind === "answer") return { reply, isOutcomeUnknown };
    isOutcomeUnknown ||= mayBeCarriedOut(reply);
    const retryClass = retryClassOf(reply);
    const isAllowed = !rules.once && (retryClass !== "lost" || rules.idempotent);
    if (!isAllowed || retries >= LIMITS[retryClass](rules.maxRetries)) return { reply, isOutcomeUnknown };
    // After a 429 the queue holds all calls until the pause ends.
    if (retryClass !== "limited") await sleep(pauseMs(reply, retries));
  }
}

/** The failed attempts of one call that its caller repeats, after checking whether it was carried out. */
export class Retries {
  private lost = 0;
  private refused = 0;
  private pausesMs = 0;

  /**
   * Starts without attempts.
   * @param maxRetries The setting `maxRetries`.
   * @param log Logs a line.
   */
  constructor(
    private readonly maxRetries: number,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * Counts a failed attempt. Logs a pause that Rhombus asks for, unless the call queue logs it as one of the rate limit.
   * @param error The error of the attempt.
   * @returns The pause before the next attempt, in milliseconds; `undefined` if there must not be one.
   */
  pauseAfter(error: unknown): number | undefined {
    if (!(error instanceof RhombusError)) return undefined;
    const { retryClass, retryAfterMs: asked, operation, kind, status } = error;
    const isLost = error.outcome === "unknown";
    const attempts = isLost ? ++this.lost : ++this.refused;
    const pause = retryClass === "stale" ? 0 : (asked ?? backoffMs(this.lost + this.refused - 1));
    this.pausesMs += pause;
    const maximum = isLost ? ATTEMPTS_WHEN_LOST - 1 : retryClass === "lost" ? 0 : LIMITS[retryClass](this.maxRetries);
    if (this.pausesMs > LONGEST_PAUSES_MS || attempts > maximum) return undefined;
    if (kind !== "rateLimited" && asked !== undefined) {
      this.log(`rhombus: ${operation} was answered ${status}, resuming in ${Math.ceil(asked / 1_000)} s`);
    }
    return pause;
  }
}

/** The pause that an answer asks for, in milliseconds; without one, longer after each retry. */
export function pauseMs(failure: Failure, retries: number): number {
  return (failure.kind === "status" ? failure.retryAfterMs : undefined) ?? backoffMs(retries);
}

/** The pause before a retry, in milliseconds: 1 s doubled per retry, plus `random` (0 to 1) of a second, at most 60 s. */
export function backoffMs(retries: number, random: number = Math.random()): number {
  return Math.min(1_000 * 2 ** retries + random * 1_000, LONGEST_BACKOFF_MS);
}
