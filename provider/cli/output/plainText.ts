import { plainText } from "../../rhombus/redaction/plainText";
import { withoutSecretLookalikes } from "../../rhombus/redaction/redactor";

export { plainText };

/** Shown in place of a name that is missing. */
export const UNNAMED = "(unnamed)";

/**
 * Quotes a name that comes from Rhombus, Pulumi or the user.
 * @param name The name. Absent: the empty name.
 */
export function quoted(name: string | null | undefined): string {
  return JSON.stringify(shownValue(name ?? ""));
}

/** A value in one line. What looks like a secret is hidden here, where its end is known, so that it hides no other value. */
function shownValue(text: string): string {
  return withoutSecretLookalikes(plainText(text));
}

/**
 * Joins parts as in a sentence: `a, b and c`.
 * @param parts The parts.
 */
export function joinedWithAnd(parts: readonly string[]): string {
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

/** The largest width of a column. A longer cell only moves the rest of its own row. */
const WIDEST = 80;

/**
 * Formats rows of cells as indented lines with aligned columns. Line breaks and invisible characters in a cell are replaced. The
 * terminal cuts off a long cell.
 * @param cells The rows, all of the same length.
 */
export function columns(cells: readonly (readonly string[])[]): string[] {
  const rows = cells.map((row) => row.map(shownValue));
  const widths = (rows[0] ?? []).map((_, column) => largest(rows, (row) => widthOf(row[column])));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}

function widthOf({ length } = ""): number {
  return length > WIDEST ? 0 : length;
}

/**
 * The text, or its beginning and `…`.
 * @param text The text.
 * @param most The largest number of characters.
 */
export function cutOff(text: string, most: number): string {
  // Half of a surrogate pair is no character.
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** The largest number of a list; 0 if it is empty. Math.max fails with a long list of arguments. */
function largest<T>(list: readonly T[], numberOf: (item: T) => number): number {
  return list.reduce((most, item) => Math.max(most, numberOf(item)), 0);
}

/** The largest number of characters of a name or a value in Markdown. */
const LONGEST_NAME = 100;

/**
 * Formats a name or a value as one line of Markdown code, as {@link codeLine}. A long one is cut off with `…`.
 * @param text The name or the value.
 */
export function code(text: string): string {
  return codeLine(cutOff(shownValue(text), LONGEST_NAME));
}

/**
 * Formats a text as one line of Markdown code, so that nothing in it acts as markup, a link or a mention.
 * @param text The text.
 * @returns The code; `(empty)` for an empty text.
 */
export function codeLine(text: string): string {
  const line = shownValue(text);
  if (line === "") return "(empty)";
  const longest = largest([...line.matchAll(/`+/g)], ([run]) => run.length);
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/**
 * Compares items for a sort, in the order of the characters of a text.
 * @param textOf The text of an item.
 */
export function byText<T>(textOf: (item: T) => string): (one: T, other: T) => number {
  return (one, other) => {
    const [left, right] = [textOf(one), textOf(other)];
    return left < right ? -1 : Number(left > right);
  };
}
