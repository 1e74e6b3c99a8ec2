import { endSentence } from "../errors/rhombusError";
import { isJsonObject } from "../json/jsonObject";
import { plainText } from "../redaction/plainText";

const LONGEST_WORDS = 200;
const MOST_NAMES = 10;

/** How deep an answer may be nested. Those that the vendor describes have about 10 levels, and locations two more for each that lies within another. */
export const MOST_LEVELS = 100;

/**
 * Whether a JSON text is nested deeper than an answer may be. It is found out before the text is parsed: each level costs the memory of an object, and
 * whoever walks through the value afterwards would run out of stack.
 */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === "[" || character === "{") depth += 1;
    else if (character === "]" || character === "}") depth -= 1;
    if (depth > MOST_LEVELS) return true;
  }
  return false;
}

/** The place of the quote that closes a string of a JSON text; the end of the text where none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text[at - escapes - 1] === "\\") escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
}

/** The value of a JSON text, or `undefined` where it is none, or too deep. A key `__proto__` becomes an ordinary own property. */
export function parsed(text: string): { value: unknown } | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
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
