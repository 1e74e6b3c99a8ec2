import { plainText } from "../redaction/plainText";

/**
 * What went wrong.
 * `auth`: 401 or 403. `notFound`: 404. `badRequest`: any other 4xx, or a request the client refuses to send. `rateLimited`: 429 to the end.
 * `domain`: HTTP 200 with `error: true`. `vendorKey`: a third party refused its key (`authError: true`). `server`: 5xx. `network`: no connection, none
 * through the proxy, or one that broke. `timeout`: no full answer in time. `tooLarge`: an answer over 32 MiB, or 256 for a listing. `malformed`: an answer that cannot be read, lacks what it is useless without, or
 * has a status below 400 other than 200.
 * `silent`: an answer that shows nothing and does not prove that there is nothing.
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
 * Whether a failed write changed anything. `refused`: surely not. `unknown`: it may have, because an answer never came, was 5xx or could not be read, or
 * because that happened to an earlier try of the same call. A failed read is always `refused`.
 */
export type Outcome = "refused" | "unknown";

/** Why only the moment was wrong: an answer of 429, no connection (none through the proxy included), or a wait for the calls of others. */
export type Passing = "limited" | "unreachable" | "heldUp";

/** What a `RhombusError` is made of. */
export interface ErrorFacts {
  /** The operation that failed, as the vendor writes it. */
  operation: string;
  /** What went wrong. */
  kind: ErrorKind;
  /** Whether a write changed anything. */
  outcome: Outcome;
  /** What happened, in a few words after the colon of the message; `403 Access Denied`. */
  what: string;
  /** The HTTP status, absent where no answer came. */
  status?: number | undefined;
  /** The wait that the answer asked for, in milliseconds, absent where it asked for none. */
  retryAfterMs?: number | undefined;
  /** The call was not carried out because of the moment alone, and may be made again; absent where that is not so. */
  passing?: Passing | undefined;
  /** The vendor's own words, absent where there are none for a person. */
  vendorMessage?: string | undefined;
  /** What to do about it, as sentences. */
  remedy?: string | undefined;
}

/** A call that failed. Everything in it has been freed of secrets, it is one line long, and it carries no cause, because the HTTP library's error holds the headers. */
export class RhombusError extends Error {
  /** The operation that failed, as the vendor writes it. */
  readonly operation: string;
  /** What went wrong. */
  readonly kind: ErrorKind;
  /** Whether a write changed anything. */
  readonly outcome: Outcome;
  /** The HTTP status, absent where no answer came. */
  readonly status?: number;
  /** The wait that the answer asked for, in milliseconds, absent where it asked for none. */
  readonly retryAfterMs?: number;
  /** The call was not carried out because of the moment alone, and may be made again; absent where that is not so. */
  readonly passing?: Passing;
  /** The vendor's own words without secrets, absent where there are none for a person. */
  readonly vendorMessage?: string;
  /** What to do about it, as sentences. */
  readonly remedy?: string;

  /** Takes the facts and the function that frees a text of secrets. */
  constructor(facts: ErrorFacts, redact: (text: string) => string) {
    const clean = (text: string) => plainText(redact(text));
    const said = `${facts.operation} failed: ${clean(facts.what)}`;
    super(facts.remedy === undefined ? said : `${endSentence(said)} ${clean(facts.remedy)}`);
    this.name = "RhombusError";
    this.operation = facts.operation;
    this.kind = facts.kind;
    this.outcome = facts.outcome;
    if (facts.status !== undefined) this.status = facts.status;
    if (facts.retryAfterMs !== undefined) this.retryAfterMs = facts.retryAfterMs;
    if (facts.passing !== undefined) this.passing = facts.passing;
    if (facts.vendorMessage !== undefined) this.vendorMessage = clean(facts.vendorMessage);
    if (facts.remedy !== undefined) this.remedy = clean(facts.remedy);
  }
}

/** Gives a text the full stop it lacks. */
export function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
