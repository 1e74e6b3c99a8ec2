export { plainText } from "../../rhombus/redaction/plainText";

/** Shown in place of a name that is missing. */
export const UNNAMED = "(unnamed)";

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
