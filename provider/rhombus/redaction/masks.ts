/** The mask that a read may show in place of a secret: stars, dots or bullets, perhaps with the last characters of the secret. */
const MASKED = /^(?:[*•●xX.]{3,}|.*[*•●]{3,}.*)$/;

/**
 * A secret as it was read; `undefined` if Rhombus masks it or leaves it out.
 * @param read The value in the answer.
 */
export function secretOrUndefined(read: string | null | undefined): string | undefined {
  return !read || MASKED.test(read) ? undefined : read;
}

/**
 * A replacement for a secret that shows its length.
 * @param secret The secret.
 */
export function lengthOnly(secret: string): string {
  return `[secret], ${secret.length} characters`;
}
