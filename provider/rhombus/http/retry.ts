import type { RetryClass } from "../errors/rhombusError";
import type { Failure } from "./failures";

/** The retry policy: which failures are retried, how often, and after which pause. Everything here is pure. */

const SECOND_MS = 1_000;
const LONGEST_BACKOFF_MS = 60 * SECOND_MS;
const LONGEST_RETRY_AFTER_MS = 300 * SECOND_MS;

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

/** A call that failed. */
export interface FailedCall {
  /** The class of the latest failure. */
  readonly retryClass: RetryClass;
  /** The number of retries so far; 0 after the first attempt. */
  readonly attempt: number;
  /** The setting `maxRetries`. */
  readonly maxRetries: number;
  /** True if the call may be repeated although it may have been carried out. */
  readonly idempotent: boolean;
}

/** True if a failed call is retried. A call that may have been carried out is retried only if it is idempotent. */
export function mayRetry({ retryClass, attempt, maxRetries, idempotent }: FailedCall): boolean {
  if (retryClass === "lost" && !idempotent) return false;
  return attempt < LIMITS[retryClass](maxRetries);
}

/** The attempts of a call that may have been carried out, if its caller looks for its effect before each further one. */
const ATTEMPTS_WHEN_LOST = 3;

/** The maximum sum of the pauses between the attempts of such a caller, in milliseconds. Other operations wait for its lock. */
const LONGEST_PAUSES_MS = 300 * SECOND_MS;

/** A call that failed, and whose caller looks for its effect before it repeats the call. */
export interface RepeatedCall extends Pick<FailedCall, "retryClass" | "maxRetries"> {
  /** True if the latest attempt may have been carried out. */
  readonly isLost: boolean;
  /** The number of failed attempts of that kind, the latest included. */
  readonly attempts: number;
  /** The sum of the pauses, the next one included, in milliseconds. */
  readonly pausesMs: number;
}

/** True if a caller may repeat a call. */
export function mayRepeat({ isLost, attempts, pausesMs, retryClass, maxRetries }: RepeatedCall): boolean {
  if (pausesMs > LONGEST_PAUSES_MS) return false;
  if (isLost) return attempts < ATTEMPTS_WHEN_LOST;
  return mayRetry({ retryClass, attempt: attempts - 1, maxRetries, idempotent: false });
}

/** The pause before a retry, in milliseconds: 1 s doubled per attempt, plus `random` (0 to 1) of a second, at most 60 s. */
export function backoffMs(attempt: number, random: number): number {
  return Math.min(SECOND_MS * 2 ** attempt + random * SECOND_MS, LONGEST_BACKOFF_MS);
}

/**
 * The pause that a `Retry-After` header asks for, in milliseconds, at most 300 s; `undefined` if the header is absent, unreadable or in the past.
 * @param header Seconds or an HTTP date.
 * @param now Milliseconds since 1970.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const value = header?.trim() ?? "";
  const waitMs = /^\d+(\.\d+)?$/.test(value) ? Number(value) * SECOND_MS : Date.parse(value) - now;
  return waitMs > 0 ? Math.min(Math.ceil(waitMs), LONGEST_RETRY_AFTER_MS) : undefined;
}
