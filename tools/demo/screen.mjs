const STEPS = 11;

/** The output of the demo: numbered headings, the output of Pulumi, and comments. */
export class Screen {
  /** True if the output has colours: on a terminal, unless NO_COLOR is set. */
  hasColor;
  /** The current step, such as `4 of 11, "Deploy examples/campus"`. */
  current = "";
  #stream;
  #step = 0;
  #startedAt = Date.now();

  /**
   * @param {NodeJS.WriteStream} stream
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(stream, env) {
    this.#stream = stream;
    this.hasColor = stream.isTTY === true && !env.NO_COLOR;
  }

  /**
   * Prints a heading and runs the step.
   * @template T
   * @param {string} title
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(title, work) {
    this.#step++;
    this.current = `${this.#step} of ${STEPS}, "${title}"`;
    this.print(`${this.#step === 1 ? "" : "\n"}${this.#styled("1;36", `── ${this.#step} of ${STEPS} · ${title}`)}`);
    return work();
  }

  /**
   * Prints a line.
   * @param {string} text
   */
  print(text) {
    this.#stream.write(`${text}\n`);
  }

  /**
   * Prints a command with a prompt.
   * @param {string} line
   */
  command(line) {
    this.print(this.#styled("2", `$ ${line}`));
  }

  /**
   * Prints the result of a successful check.
   * @param {string} text
   */
  success(text) {
    this.print(`${this.#styled("32", "✓")} ${text}`);
  }

  /**
   * Prints the unchanged output of another program.
   * @param {Buffer} output
   */
  write(output) {
    this.#stream.write(output);
  }

  /** The last line of a successful demo, with the elapsed time. */
  lastLine() {
    return `\nDone in ${Math.round((Date.now() - this.#startedAt) / 1000)} s.`;
  }

  /**
   * @param {string} code
   * @param {string} text
   */
  #styled(code, text) {
    return this.hasColor ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}
