const LONGEST_NAME = 20;

// Keys have a long run of letters and digits; names rarely do.
const KEY_LIKE = /(?=[A-Za-z]*\d)[A-Za-z\d]{12}/;
const LONG_RUN = /[A-Za-z\d+=]{24}/;

/**
 * True if a message may show the value of a name. The value may be a key that was entered by mistake.
 * @param text The value.
 */
export function looksLikeName(text: string): boolean {
  return text.length <= LONGEST_NAME && /^[\w.-]+$/.test(text) && !KEY_LIKE.test(text);
}

/**
 * True if a message may show the value of a region.
 * @param text The value.
 */
export function looksLikeRegion(text: string): boolean {
  return text.length <= 12 && /^[a-z]+(?:-[a-z]+)*(?:-?\d)?$/i.test(text.trim());
}

/**
 * True if a text is the path of a file, and not a key: it has an extension or folders, and no part that could be a key.
 * @param text The value.
 */
export function looksLikePath(text: string): boolean {
  const parts = text.split(/[\\/]/);
  const last = parts.at(-1) ?? "";
  if (/[^.]\.[A-Za-z\d]{1,5}$/.test(last)) return !LONG_RUN.test(last);
  return parts.length > 1 && !LONG_RUN.test(text);
}
