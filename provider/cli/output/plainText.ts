import { plainText } from "../../rhombus/redaction/plainText";

export { plainText };

/** Shown in place of a name that is missing. */
export const UNNAMED = "(unnamed)";

/**
 * Quotes a name of somebody else.
 * @param name The name. Absent: the empty name.
 */
export function quoted(name: string | null | undefined): string {
  return JSON.stringify(plainText(name ?? ""));
}

/**
 * Joins parts as in a sentence: `a, b and c`.
 * @param parts The parts.
 */
export function enumerated(parts: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(parts);
}

/**
 * A number with its noun, such as `1 door` or `2 doors`.
 * @param count The number.
 * @param noun The noun in the singular, whose plural ends in `s`.
 */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * Capitalizes the first letter of a text.
 * @param text The text.
 */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
