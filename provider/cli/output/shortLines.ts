import { cutOff } from "./plainText";

/** The largest number of characters of a quoted name, or of a cell: that of the name of a group or deployment in a program. */
const LONGEST_NAME = 255;

/** The largest number of characters of a line. */
const LONGEST_LINE = 2_000;

/**
 * A text whose long lines are cut off with `…`: in them first the quoted names and the cells of a table, which two spaces separate,
 * and then the line.
 * @param text The text, without secrets: half a secret would not be recognized afterwards.
 */
export function shortLines(text: string): string {
  return text.split("\n").map(shortLine).join("\n");
}

function shortLine(line: string): string {
  if (line.length <= LONGEST_NAME) return line;
  const quoted = line.split(/(?<!\\)"/).map((part, index) => (index % 2 === 1 ? shortName(part) : part));
  const cells = quoted.join('"').split(/( {2,})/);
  const short = cells.map((cell, index) => (index < cells.length - 1 ? cutOff(cell, LONGEST_NAME) : cell));
  return cutOff(short.join(""), LONGEST_LINE);
}

/** Half of an escape is no text. */
function shortName(text: string): string {
  return cutOff(text, LONGEST_NAME).replace(/\\(?:u[\da-f]{0,3})?…$/, "…");
}
