import { plainText } from "./plainText";

/**
 * Formats a text as one line of Markdown code, so that nothing in it acts as markup, a link or a mention.
 * @param text The text.
 * @returns The code; `(empty)` for an empty text.
 */
export function code(text: string): string {
  const line = plainText(text);
  if (line === "") return "(empty)";
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}
