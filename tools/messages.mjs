/**
 * Prints a line of progress to stderr: stdout belongs to the tests or to the demo.
 * @param {string} line
 */
export function printProgress(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * The message of a thrown value.
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
