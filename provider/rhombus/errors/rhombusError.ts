import { plainText } from "../redaction/plainText";

/**
 * The category of a failed call.
 *
 * - `auth`: status 401 or 403.
 * - `notFound`: status 404.
 * - `badRequest`: any other 4xx, or a request that the client refuses to send.
 * - `rateLimited`: status 429 after all retries, or a request that waited too long in the queue.
 * - `domain`: status 200 with `error: true`.
 * - `vendorKey`: status 200 with `authError: true`; a badge vendor refused its key.
 * - `server`: status 5xx.
 * - `network`: no connection, no tunnel through the proxy, or a broken connection.
 * - `timeout`: no complete answer in time.
 * - `tooLarge`: an answer larger than 32 MiB, or 256 MiB for a listing.
 * - `malformed`: an answer that cannot be read, lacks a required field, or has a status below 400 other than 200.
 * - `silent`: an answer that does not show the object and does not prove that it does not exist.
 */
export type ErrorKind =
  | "auth"
  | "notFound"
  | "badRequest"
  | "rateLimited"
  | "domain"
  | "vendorKey"
  | "server"
  | "network"
  | "timeout"
  | "tooLarge"
  | "malformed"
  | "silent";

/**
 * The effect of a failed write. `refused`: nothing was changed. `unknown`: the write may have been carried out, because its answer, or
 * the answer to an earlier attempt, was lost, was 5xx or could not be read. A failed read is always `refused`.
 */
export type Outcome = "refused" | "unknown";

/**
 * The class of a failure for the retry policy (http/retry.ts).
 *
 * - `limited`: status 429; the call was not carried out.
 * - `unreachable`: no connection or tunnel at the moment; the call was not sent.
 * - `stale`: not sent, because its content became too old while other calls were ahead of it.
 * - `lost`: 5xx, a broken connection or a timeout; the call may have been carried out.
 * - `final`: a retry would fail in the same way.
 */
export type RetryClass = "limited" | "unreachable" | "stale" | "lost" | "final";

/** The parts of a {@link RhombusError}. */
export interface ErrorFacts {
  /** The name of the operation in the API of Rhombus. */
  operation: string;
  /** The category. */
  kind: ErrorKind;
  /** The effect of a write. */
  outcome: Outcome;
  /** The failure in a few words, such as `403 Access Denied`; it follows the operation in the message. */
  what: string;
  /** The HTTP status; absent without an answer. */
  status?: number | undefined;
  /** The wait that the answer asks for, in milliseconds; absent if it asks for none. */
  retryAfterMs?: number | undefined;
  /** The class for the retry policy. Default: `final`. */
  retryClass?: RetryClass | undefined;
  /** The error text of Rhombus; absent if the answer has none. */
  vendorMessage?: string | undefined;
  /** Advice for the user, in sentences. The message begins with it. */
  remedy?: string | undefined;
  /** The consequence of the failure, or where to read on, in sentences. The message ends with it. */
  consequence?: string | undefined;
}

/** A failed call. Its texts are redacted and one line long. It has no `cause`: the HTTP library's error contains the request headers. */
export class RhombusError extends Error {
  /** The name of the operation in the API of Rhombus. */
  readonly operation: string;
  /** The category. */
  readonly kind: ErrorKind;
  /** The effect of a write. */
  readonly outcome: Outcome;
  /** The HTTP status; `undefined` without an answer. */
  readonly status: number | undefined;
  /** The wait that the answer asks for, in milliseconds; `undefined` if it asks for none. */
  readonly retryAfterMs: number | undefined;
  /** The class for the retry policy. */
  readonly retryClass: RetryClass;
  /** The error text of Rhombus, redacted; `undefined` if the answer has none. */
  readonly vendorMessage: string | undefined;
  /** Advice for the user, in sentences; `undefined` if there is none. */
  readonly remedy: string | undefined;
  /** The failure without the advice, to be quoted in another message: `getOrgV2 failed: 403 Access Denied`. */
  readonly summary: string;

  /**
   * Builds the message from the facts.
   * @param facts The facts.
   * @param redact Removes secrets from a text.
   */
  constructor({ what, vendorMessage, remedy, consequence, ...facts }: ErrorFacts, redact: (text: string) => string) {
    const clean = (text: string | undefined) => (text === undefined ? undefined : plainText(redact(text)));
    const summary = `${facts.operation} failed: ${clean(what)}`;
    const parts = [clean(remedy), summary, clean(consequence)].filter((part) => part !== undefined);
    super(parts.length === 1 ? summary : parts.map(endSentence).join(" "));
    this.name = "RhombusError";
    this.operation = facts.operation;
    this.kind = facts.kind;
    this.outcome = facts.outcome;
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
    this.retryClass = facts.retryClass ?? "final";
    this.vendorMessage = clean(vendorMessage);
    this.remedy = clean(remedy);
    this.summary = summary;
  }
}

/** The text with a full stop, if it does not end with a punctuation mark, also one in quotation marks. */
export function endSentence(text: string): string {
  return /[.!?]"?$/.test(text) ? text : `${text}.`;
}
