/**
 * A text without what an API may tidy when it stores one: spaces around it, the form of line ends, the Unicode form.
 * @param text The text.
 */
export function tidied(text: string): string {
  return text.normalize("NFC").replace(/\r\n?/g, "\n").trim();
}
