/**
 * Quotes a word of a command that is printed for a shell, if it needs quotes.
 * @param word The word, such as a file name.
 */
export function shellWord(word: string): string {
  return /^[\w./:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
