import { endSentence } from "./errors";
import { plainText } from "./plainText";
import { isJsonObject } from "./wire/jsonObject";

const LONGEST_WORDS = 200;
const MOST_NAMES = 10;

/** The value of a JSON text, or `undefined` where it is none. A key `__proto__` becomes an ordinary own property. */
export function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** How deep an answer may be nested. Those that the vendor describes have about 10 levels, and locations two more for each that lies within another. */
export const MOST_LEVELS = 100;

/** Whether a JSON value is nested deeper than an answer may be. */
export function isTooDeep(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

/**
 * What a body says to a person, in one line of at most 200 characters without secrets: the vendor's message in a JSON object, the title of a web page, a plain
 * text as it is. `undefined` where it says nothing, or is JSON that cannot be read.
 */
export function wordsIn(body: string, redact: (text: string) => string): string | undefined {
  const json = parsed(body);
  const words =
    json === undefined ? wordsInText(body) : isJsonObject(json.value) ? wordsInAnswer(json.value) : undefined;
  return words === undefined ? undefined : shortened(words, redact);
}

/** How an answer that HTTP calls a success says that the call failed, or `undefined` when it did not. */
export function faultIn(answer: Record<string, unknown>): { kind: "vendorKey" | "domain" } | undefined {
  if (answer.authError === true) return { kind: "vendorKey" };
  // `error` is a boolean in these answers and the message itself in the vendor's error bodies.
  return answer.error === true || isWords(answer.error) ? { kind: "domain" } : undefined;
}

/** The names in a list of an answer, such as `failedGuids`; none where it is absent. */
export function namesIn(answer: Record<string, unknown>, field: "failedGuids" | "misconfiguredDoors"): string[] {
  const list = answer[field];
  return Array.isArray(list) ? list.filter(isWords) : [];
}

/** What a person should know about a call that succeeded, as sentences that begin with the operation. */
export function caveatsOf(operation: string, answer: Record<string, unknown>, writes: boolean): string[] {
  const caveats: string[] = [];
  if (isWords(answer.warningMsg)) caveats.push(`Rhombus warns: ${answer.warningMsg}`);
  // On reads a message without an error is one way to say that nothing is configured.
  if (writes && isWords(answer.errorMsg))
    caveats.push(`Rhombus reports, without calling it an error: ${answer.errorMsg}`);
  const failed = namesIn(answer, "failedGuids");
  if (failed.length > 0) caveats.push(`Rhombus accepted the call but could not update ${enumerated(failed)}`);
  const doors = namesIn(answer, "misconfiguredDoors");
  if (doors.length > 0) {
    caveats.push(
      `these doors are assigned to cameras of more than one location: ${enumerated(doors)}. Give each door cameras of one location`,
    );
  }
  return caveats.map((caveat) => endSentence(`${operation}: ${plainText(caveat)}`));
}

/** Names in one line; beyond ten, how many more there are. */
export function enumerated(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

function wordsInAnswer(answer: Record<string, unknown>): string | undefined {
  return [answer.msg, answer.errorMsg, answer.message, answer.error].find(isWords);
}

/** Whether a text begins like a JSON object or list. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

function wordsInText(text: string): string | undefined {
  // JSON that cannot be read is an answer cut short, with whatever secrets it was to bring.
  if (looksLikeJson(text)) return undefined;
  if (!/^\s*</.test(text)) return isWords(text) ? text : undefined;
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1];
  return isWords(title) ? title : undefined;
}

/** Redacts before it cuts: half a secret would not be recognised. */
function shortened(words: string, redact: (text: string) => string): string {
  const line = plainText(redact(words));
  return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS - 1)}…` : line;
}

function isWords(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
