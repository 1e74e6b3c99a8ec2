import { plainText } from "./plainText";

/**
 * A text of somebody else as Markdown that cannot be anything but that text: no markup, no link, no mention. It is one line.
 * @param text The text.
 */
export function code(text: string): string {
  const line = plainText(text);
  if (line === "") return "(empty)";
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/**
 * Texts one after the other, as a sentence has them.
 * @param parts The texts, as Markdown.
 */
export function enumerated(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
