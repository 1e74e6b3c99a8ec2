/**
 * A text as an API may normalize it when it stores the text: trimmed, with `\n` for line ends, in Unicode NFC.
 * @param text The text.
 */
export function normalized(text: string): string {
  return text.normalize("NFC").replace(/\r\n?/g, "\n").trim();
}
