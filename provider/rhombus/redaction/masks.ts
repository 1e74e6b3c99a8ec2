/** What a secret looks like when a read hides it: stars, dots or bullets, perhaps with its last characters. */
const MASKED = /^(?:[*•●xX.]{3,}|.*[*•●]{3,}.*)$/;

/**
 * Whether a text that was read stands in place of a secret that the vendor hides.
 * @param read The text.
 */
function isMasked(read: string): boolean {
  return MASKED.test(read);
}

/**
 * A secret as it was read, unless the vendor hides it.
 * @param read What the read has, if anything.
 */
export function unmasked(read: string | null | undefined): string | undefined {
  return read === null || read === undefined || read === "" || isMasked(read) ? undefined : read;
}

/**
 * What stands for a secret where a person looks at it: how long it is, and nothing of it.
 * @param secret The secret.
 */
export function masked(secret: string): string {
  return `[secret], ${secret.length} characters`;
}
