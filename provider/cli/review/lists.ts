import { joinedWithAnd } from "../output/plainText";

/** The number of characters after which a list goes on in another line, or ends with the number of the other items. */
export const LONG = 1000;

/**
 * Divides the items of a list, so that each part fits into a line.
 * @param texts The items, as Markdown.
 */
export function chunked(texts: readonly string[]): string[][] {
  const chunks: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const text of texts) {
    if (length + text.length > LONG) {
      chunks.push([]);
      length = 0;
    }
    chunks.at(-1)?.push(text);
    length += text.length + ", ".length;
  }
  return chunks;
}

/**
 * The items that fit into a line, and the number of the others, as the parts of an enumeration.
 * @param texts The items, as Markdown.
 */
export function shortened(texts: readonly string[]): string[] {
  const [shown = []] = chunked(texts);
  return shown.length === texts.length ? shown : [...shown, `${texts.length - shown.length} more`];
}

/**
 * The lines of a list that may be long.
 * @param texts The items, as Markdown.
 */
export function enumerations(texts: readonly string[]): string[] {
  return chunked(texts).map(joinedWithAnd);
}
