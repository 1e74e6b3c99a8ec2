const LONGEST_NAME = 20;

// What people name things by hardly ever has as long a run of letters and digits, and keys hardly ever lack one.
const KEY_LIKE = /(?=[A-Za-z]*\d)[A-Za-z\d]{12}/;
const LONG_RUN = /[A-Za-z\d+=]{24}/;

/**
 * Whether a message may show what stands where a name should: a key that was put there by mistake must not appear.
 * @param text What stands there.
 */
export function looksLikeName(text: string): boolean {
  return text.length <= LONGEST_NAME && /^[\w.-]+$/.test(text) && !KEY_LIKE.test(text);
}

/**
 * Whether a message may show what stands where a region should.
 * @param text What stands there.
 */
export function looksLikeRegion(text: string): boolean {
  return text.length <= 12 && /^[a-z]+(?:-[a-z]+)*(?:-?\d)?$/i.test(text.trim());
}

/**
 * Whether a message may show what stands where the path of a file should: it has an extension, or folders, and no part that could be a key.
 * @param text What stands there.
 */
export function looksLikePath(text: string): boolean {
  const parts = text.split(/[\\/]/);
  const last = parts.at(-1) ?? "";
  if (/[^.]\.[A-Za-z\d]{1,5}$/.test(last)) return !LONG_RUN.test(last);
  return parts.length > 1 && !LONG_RUN.test(text);
}
