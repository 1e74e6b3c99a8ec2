/**
 * A text without what an API may tidy when it stores one: spaces around it, the form of line ends, the Unicode form.
 * @param text The text.
 */
export function tidied(text: string): string {
  return text.normalize("NFC").replace(/\r\n?/g, "\n").trim();
}

/**
 * Whether two texts are the same but for what an API may tidy.
 * @param one A text.
 * @param other Another one.
 */
export function areSameTexts(one: string, other: string): boolean {
  return one === other || tidied(one) === tidied(other);
}
