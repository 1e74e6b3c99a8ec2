import { endSentence } from "../errors/rhombusError";
import { isJsonObject } from "../json/jsonObject";
import { parsed } from "../json/parsed";
import { plainText, quotable } from "../redaction/plainText";

/**
 * The message in a body, as {@link quotable} makes them: the message in a JSON object, the title of a web page, or a plain text.
 * `undefined` if there are none, or if the body is JSON that cannot be read.
 */
export function messageIn(body: string, redact: (text: string) => string): string | undefined {
  const json = parsed(body);
  const message =
    json === undefined ? messageInText(body) : isJsonObject(json.value) ? messageInAnswer(json.value) : undefined;
  return message === undefined ? undefined : quotable(message, redact);
}

/** The failure that an answer with status 200 reports; `undefined` if it reports none. */
export function faultIn(answer: Record<string, unknown>): "vendorKey" | "domain" | undefined {
  if (answer.authError === true) return "vendorKey";
  // `error` is a boolean in these answers, and the message in the error bodies of Rhombus.
  return answer.error === true || isNonEmptyText(answer.error) ? "domain" : undefined;
}

/** The names in a list of an answer; none if the list is absent. */
export function namesIn(answer: Record<string, unknown>, field: "failedGuids" | "misconfiguredDoors"): string[] {
  const list = answer[field];
  return Array.isArray(list) ? list.filter(isNonEmptyText) : [];
}

/** The warnings of a call that succeeded, as sentences that begin with the operation. */
export function warningsOf(operation: string, answer: Record<string, unknown>, writes: boolean): string[] {
  const warnings: string[] = [];
  if (isNonEmptyText(answer.warningMsg)) warnings.push(`Rhombus warns: ${answer.warningMsg}`);
  // On a read, a message without an error may only mean that nothing is configured.
  if (writes && isNonEmptyText(answer.errorMsg))
    warnings.push(`Rhombus reports a problem but returned no error: ${answer.errorMsg}`);
  const failed = namesIn(answer, "failedGuids");
  if (failed.length > 0) warnings.push(`Rhombus accepted the call but could not update ${firstNames(failed)}`);
  const doors = namesIn(answer, "misconfiguredDoors");
  if (doors.length > 0) {
    warnings.push(
      `these doors are assigned to cameras of more than one location: ${firstNames(doors)}. Give each door cameras of one location`,
    );
  }
  return warnings.map((warning) => endSentence(`${operation}: ${plainText(warning)}`));
}

/** The first names, ten by default, in one line, and the number of the others. */
export function firstNames(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** True if a text begins like a JSON object or list. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

function messageInAnswer(answer: Record<string, unknown>): string | undefined {
  return [answer.msg, answer.errorMsg, answer.message, answer.error].find(isNonEmptyText);
}

function messageInText(text: string): string | undefined {
  // Unreadable JSON is a truncated answer, with its secrets.
  if (looksLikeJson(text)) return undefined;
  if (!/^\s*</.test(text)) return isNonEmptyText(text) ? text : undefined;
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1];
  return isNonEmptyText(title) ? title : undefined;
}

function isNonEmptyText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
