import type { IncomingHttpHeaders } from "node:http";
import type { FaultTarget } from "./faults";

/** A call that the emulator has received, with secrets masked. */
export interface LoggedRequest {
  /** The operation, or `onGuardWebhook`; undefined for unknown paths. */
  readonly operation: FaultTarget | undefined;
  /** The path, with the token of a webhook masked. */
  readonly path: string;
  /** The organization; undefined where the key was refused and in calls for all organizations of a partner. */
  readonly organizationUuid?: string | undefined;
  /** The HTTP status; 0 if there is no answer. */
  readonly status: number;
  /** Time of arrival, in milliseconds since 1970. */
  readonly atMillis: number;
  /** Time until the answer, in milliseconds. */
  readonly durationMs: number;
  /** The request's headers, masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request's body, masked; `[not JSON, …]` where it was not JSON. */
  readonly body: unknown;
}

/** The text that replaces a secret. */
const masked = "[secret]";

/** An entry that is not complete yet. */
export type OpenEntry = { -readonly [Name in keyof LoggedRequest]: LoggedRequest[Name] };

/** Number of requests that the log keeps. */
const maxLogEntries = 100_000;

/** The calls in the order in which they arrived. */
export class RequestLog {
  #entries: OpenEntry[] = [];
  readonly #secrets: ReadonlySet<string>;

  /** `secrets` are masked where a value in a body equals one of them. */
  constructor(secrets: Iterable<string>) {
    this.#secrets = new Set(secrets);
  }

  /** Adds the entry of a call that has arrived. */
  open(operation: FaultTarget | undefined, path: string, headers: IncomingHttpHeaders, rawBody: Buffer): OpenEntry {
    const entry: OpenEntry = {
      operation,
      path: maskedPath(path),
      status: 0,
      atMillis: Date.now(),
      durationMs: 0,
      headers: maskedHeaders(headers),
      body: maskedBody(rawBody, this.#secrets),
    };
    this.#entries.push(entry);
    if (this.#entries.length > maxLogEntries) this.#entries.splice(0, maxLogEntries / 10);
    return entry;
  }

  /** A copy of all entries. */
  entries(): LoggedRequest[] {
    return this.#entries.map((entry) => ({ ...entry }));
  }

  /** The newest entries, newest first, and the number of all. */
  latest(most: number): { readonly requests: LoggedRequest[]; readonly count: number } {
    return { requests: this.#entries.slice(-most).reverse(), count: this.#entries.length };
  }

  /** Removes all entries. */
  clear(): void {
    this.#entries = [];
  }
}

const secretHeaders = new Set([
  "x-auth-apikey",
  "x-auth-access-token",
  "x-rhombus-signature",
  "authorization",
  "cookie",
]);

const secretFields = new Set([
  "apiToken",
  "apiSecretKey",
  "refreshToken",
  "rhombusToken",
  "presharedSecret",
  "webhookSignatureSecret",
  "webhookUrl",
  "badge_id",
  "badge_id_str",
]);

/** Masks the token of a webhook, also in paths that only resemble that of a webhook. */
function maskedPath(path: string): string {
  return path.replace(/(\/web-?hooks?\/(?:onguard\/)?).+/is, `$1${masked}`);
}

function maskedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const shown = Object.entries(headers).map(([name, value]) => [name, secretHeaders.has(name) ? masked : `${value}`]);
  return Object.fromEntries(shown);
}

function maskedBody(rawBody: Buffer, secrets: ReadonlySet<string>): unknown {
  if (rawBody.length === 0) return undefined;
  try {
    return maskedValue(JSON.parse(rawBody.toString("utf8")), secrets);
  } catch {
    return `[not JSON, ${rawBody.length} bytes]`;
  }
}

function maskedValue(value: unknown, secrets: ReadonlySet<string>): unknown {
  if (typeof value === "string") return secrets.has(value) ? masked : value;
  if (Array.isArray(value)) return value.map((each: unknown) => maskedValue(each, secrets));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, each]): [string, unknown] => {
    if (secretFields.has(name) && each !== null) return [name, masked];
    if (name === "deploymentToSettingsMap") return [name, withMaskedKeys(maskedValue(each, secrets))];
    return [name, maskedValue(each, secrets)];
  });
  return Object.fromEntries(entries);
}

/** Masks the keys of a map, which are tokens: `[secret]`, `[secret 2]` and so on. */
function withMaskedKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.values(value).map((each, index) => [index === 0 ? masked : `[secret ${index + 1}]`, each]);
  return Object.fromEntries(entries);
}
