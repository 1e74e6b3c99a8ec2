import type { Passing } from "../errors/rhombusError";
import type { Failure } from "./failures";

const SECOND_MS = 1_000;
const LONGEST_BACKOFF_MS = 60 * SECOND_MS;
const LONGEST_RETRY_AFTER_MS = 300 * SECOND_MS;

// A full bucket empties within the settings' number of tries; a server that fails, or is not there, rarely comes back within more than these.
const TRIES_AGAIN_AFTER_FAILURE = 4;

/** What decides whether a call is tried again. */
export interface RetryQuestion {
  /** How the latest try failed. */
  failure: Failure;
  /** Whether the call may be repeated when nobody knows whether it took effect. */
  idempotent: boolean;
  /** How many times the call has been tried again already; 0 after the first try. */
  attempt: number;
  /** The setting `maxRetries`, which counts tries again for every reason. */
  maxRetries: number;
}

/**
 * Whether to try a call again. A 429 is answered before anything happens and what found no connection, or no tunnel through a proxy, was not sent, so any call may follow them; after 5xx, a
 * broken connection or a timeout only an idempotent one may. A 2xx other than 200 is final. Failures other than 429 get 4 further tries at most.
 */
export function shouldRetry({ failure, idempotent, attempt, maxRetries }: RetryQuestion): boolean {
  if (failure.kind === "status" && failure.status === 429) return attempt < maxRetries;
  if (attempt >= Math.min(maxRetries, TRIES_AGAIN_AFTER_FAILURE)) return false;
  switch (failure.kind) {
    case "unreachable":
    case "noTunnel":
      return !failure.lasting;
    case "status":
      return idempotent && failure.status >= 500 && failure.status !== 501;
    case "broken":
    case "timeout":
      return idempotent;
    default:
      return false;
  }
}

// Each of them says that another call had to wait, not that this one did anything wrong.
const TRIES_AGAIN_AFTER_HOLDUP = 8;

/**
 * Whether a call that the client makes once only may be made again by its caller, as its failure shows that it was not carried out; by the same numbers.
 * @param passing Why it failed.
 * @param attempt How many times it has been made again already.
 * @param maxRetries The setting.
 */
export function mayBeMadeAgain(passing: Passing | undefined, attempt: number, maxRetries: number): boolean {
  switch (passing) {
    case "limited":
      return attempt < maxRetries;
    case "unreachable":
      return attempt < Math.min(maxRetries, TRIES_AGAIN_AFTER_FAILURE);
    case "heldUp":
      return attempt < Math.max(maxRetries, TRIES_AGAIN_AFTER_HOLDUP);
    default:
      return false;
  }
}

/** How long to wait before trying again, in milliseconds: 1 s doubled per attempt, plus `random` (0 to 1) of a second, at most 60 s. */
export function backoffMs(attempt: number, random: number): number {
  return Math.min(SECOND_MS * 2 ** attempt + random * SECOND_MS, LONGEST_BACKOFF_MS);
}

/**
 * The wait that a `Retry-After` header asks for, in milliseconds, at most 300 s; `now` is in milliseconds since 1970. The header holds seconds or an HTTP date.
 * `undefined` where it is absent, unreadable or asks for no wait.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const value = header?.trim() ?? "";
  const waitMs = /^\d+(\.\d+)?$/.test(value) ? Number(value) * SECOND_MS : Date.parse(value) - now;
  return waitMs > 0 ? Math.min(Math.ceil(waitMs), LONGEST_RETRY_AFTER_MS) : undefined;
}
