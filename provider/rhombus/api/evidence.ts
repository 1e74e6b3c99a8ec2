import { RhombusError } from "../errors/rhombusError";
import { plainText } from "../redaction/plainText";
import type { Listed } from "./listings";
import type { OperationName } from "./operations";

const LONGEST_WORDS = 200;

/** The way out where Rhombus goes on answering without proof, for operations that show managed objects. */
export const WAY_OUT = "If the object is certainly gone, `pulumi state delete` removes it from the state.";

const INTEGRATION_WAY_OUT = `${WAY_OUT} If the integration was never configured, configure it once in the Rhombus console, then adopt it.`;

/** A list in an answer. */
export interface AnsweredList<T> {
  /** The operation that answered. */
  readonly operation: OperationName;
  /** The key of the list in the answer, for messages. */
  readonly key: string;
  /** The list as the vendor answered it. */
  readonly items: readonly (T | null)[] | null | undefined;
  /** The id of an item. */
  idOf(item: T): string | null | undefined;
  /** The way out where the answer proves nothing. Default: to run the command again. */
  readonly wayOut?: string;
}

/** An integration's row in an answer, and the words in that answer that speak of an error. */
export interface AnsweredRow<T> {
  /** The row as the vendor answered it. */
  readonly row?: T | null | undefined;
  /** The words; `undefined` where there are none. */
  readonly words: string | undefined;
}

/** How the row of an integration is read. */
export interface RowRead<T> {
  /** The operation that reads it. */
  readonly operation: OperationName;
  /** The key of the row in the answer, for messages. */
  readonly key: string;
  /** Reads it. */
  read(): Promise<AnsweredRow<T>>;
  /** Reads what else would show it: `undefined` where that proves that there is no such integration, else why not. */
  confirmAbsence(): Promise<string | undefined>;
}

/**
 * Judges what answers with status 200 prove. An answer that speaks of an error proves nothing, not even what it shows:
 * the rest of it may be what is left of the whole. What an answer does not show is absent only where it has the list or
 * map that would show it, and each item of that has an id (docs/rhombus-api.md#answers).
 */
export class Evidence {
  /** Takes what frees a text of secrets. */
  constructor(private readonly redact: (text: string) => string) {}

  /** The items of a list in an answer. */
  list<T>(answer: object, { operation, key, items, idOf, wayOut }: AnsweredList<T>): Listed<T> {
    const words = this.wordsIn(answer);
    if (words !== undefined) return { items: [], silence: this.silence(operation, words, wayOut) };
    const shown = present(items).filter((item) => Boolean(idOf(item)));
    const empty = missing(key, items);
    const reason = empty ?? this.caveatIn(answer) ?? incomplete(key, shown, items);
    if (reason === undefined) return { items: shown };
    const silence = this.silence(operation, reason, wayOut);
    return { items: shown, silence, ...(empty === undefined ? {} : { mayBeEmpty: true }) };
  }

  /** All items of a list in an answer. Throws where the answer does not prove that there are no others. */
  all<T>(answer: object, list: AnsweredList<T>): readonly T[] {
    const { items, silence } = this.list(answer, list);
    if (silence !== undefined) throw silence;
    return items;
  }

  /** An integration of which an organization has one row. A row that holds nothing but defaults proves nothing either. */
  async row<T extends object>({ operation, key, read, confirmAbsence }: RowRead<T>): Promise<Listed<T>> {
    const { row, words } = await read().catch((error: unknown) => this.refusal(error));
    const isShown = row !== null && row !== undefined && !isBlank(row);
    if (isShown && words === undefined) return { items: [row] };
    const reason = words ?? missing(key, row) ?? `"${key}" holds nothing but defaults`;
    const doubt = isShown ? "" : await confirmAbsence().catch(reasonOf);
    if (doubt === undefined) return { items: [] };
    const reasons = [reason, doubt].filter((each) => each !== "").join("; ");
    return { items: [], silence: this.silence(operation, reasons, INTEGRATION_WAY_OUT) };
  }

  /** What in an answer speaks of an error, whatever the vendor calls it; `undefined` where nothing does. */
  wordsIn(answer: object): string | undefined {
    for (const [name, value] of Object.entries(answer)) {
      if (FAILED.test(name) && !isIdle(value)) {
        return typeof value === "string" ? this.quoted(value) : `"${this.plain(name)}" is set`;
      }
      if (SUCCEEDED.test(name) && value === false) return `"${this.plain(name)}" is false`;
      const isFailure = typeof value === "number" ? value >= 400 : typeof value === "string" && FAILED.test(value);
      if (/^status(?:Code)?$/i.test(name) && isFailure) return `"${this.plain(name)}" is ${this.plain(String(value))}`;
    }
    return undefined;
  }

  /** A caveat of a success: what the answer shows counts, and it may not be all. */
  caveatIn(answer: object): string | undefined {
    const caveat: unknown = Reflect.get(answer, "warningMsg");
    return typeof caveat === "string" && caveat.trim() !== "" ? this.quoted(caveat) : undefined;
  }

  /** The error for an answer that does not prove what it does not show. */
  silence(operation: OperationName, reason: string, wayOut = ""): RhombusError {
    const what = `the answer may be incomplete: ${reason}`;
    const remedy = `Run the command again. ${wayOut}`.trim();
    return new RhombusError({ operation, kind: "silent", outcome: "refused", status: 200, what, remedy }, this.redact);
  }

  /** "Not configured" in words proves as little as any other error with status 200. */
  private refusal(error: unknown): AnsweredRow<never> {
    if (!(error instanceof RhombusError) || error.kind !== "domain") throw error;
    return { words: this.quoted(error.vendorMessage ?? "an error without words") };
  }

  /** Redacts before it cuts: half a secret would not be recognised. */
  private quoted(words: string): string {
    return `Rhombus says "${this.plain(words)}"`;
  }

  private plain(words: string): string {
    const line = plainText(this.redact(words));
    return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS - 1)}…` : line;
  }
}

/** Why an answer proves nothing in which a value is missing or null; `undefined` where it is there. */
export function missing(key: string, value: unknown): string | undefined {
  if (value === undefined) return `"${key}" is missing`;
  return value === null ? `"${key}" is null` : undefined;
}

/** Why a list proves nothing of which not all items could be read; `undefined` where all could. */
export function incomplete(
  key: string,
  shown: readonly unknown[],
  all: readonly unknown[] | null | undefined,
): string | undefined {
  return shown.length < (all ?? []).length ? `an item of "${key}" is null or has no id` : undefined;
}

/** Names under which an answer may speak of an error, or say that it is not all. `warningMsg` is a caveat of a success. */
const FAILED =
  /error|^err|fault|fail|^msg$|message|detail|reason|exception|partial|incomplete|truncat|^next|cursor|^has_?more$/i;

/** Names under which an answer may say that it is a success. */
const SUCCEEDED = /^(?:success|succeeded|ok|complete)$/i;

/** Maps whose keys name objects: one that has a key is no default. */
const NAMED_MAPS: readonly string[] = [
  "deploymentToSettingsMap",
  "doorInfoMap",
  "doorToCameraMap",
  "placeToSettingsMap",
];

/** What an integration that was never configured may hold all the same. */
const IDLE_FIELDS: readonly string[] = [
  "integration",
  "integrationAuditMap",
  "orgUuid",
  "userUuid",
  "badgeFaceVerificationMode",
];

/** Whether a row has nothing in it but defaults: nothing on, no key, no token, no door. */
export function isBlank(row: object): boolean {
  return Object.entries(row).every(([name, value]) => {
    if (NAMED_MAPS.includes(name)) return Object.keys(value ?? {}).length === 0;
    return IDLE_FIELDS.includes(name) || isIdle(value);
  });
}

function isIdle(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "" || value === 0) return true;
  return typeof value === "object" && Object.values(value).every(isIdle);
}

/** The items of a list that are there. */
export function present<T>(items: readonly (T | null)[] | null | undefined): T[] {
  return (items ?? []).filter((item) => item !== null);
}

/** Why a read that failed proves nothing. */
function reasonOf(error: unknown): string {
  if (!(error instanceof RhombusError)) throw error;
  const { message, remedy = "" } = error;
  return message.replace(remedy, "").trim().replace(/\.$/, "");
}
