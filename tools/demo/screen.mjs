const STEPS = 11;

/** What the demo prints: numbered headings, what Pulumi says, and a few words of its own. */
export class Screen {
  /** Whether colours are shown: on a terminal, unless NO_COLOR is set. */
  hasColor;
  /** The step that is being told, such as `3 of 9, "Deploy examples/campus"`. */
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
   * Prints a heading and does what it says.
   *
   * @template T
   * @param {string} title
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(title, work) {
    this.#step++;
    this.current = `${this.#step} of ${STEPS}, "${title}"`;
    this.say(`${this.#step === 1 ? "" : "\n"}${this.#styled("1;36", `── ${this.#step} of ${STEPS} · ${title}`)}`);
    return work();
  }

  /** @param {string} text */
  say(text) {
    this.#stream.write(`${text}\n`);
  }

  /**
   * Prints a command as a person would type it.
   *
   * @param {string} line
   */
  command(line) {
    this.say(this.#styled("2", `$ ${line}`));
  }

  /**
   * Prints that something is as it should be.
   *
   * @param {string} text
   */
  good(text) {
    this.say(`${this.#styled("32", "✓")} ${text}`);
  }

  /**
   * Prints what another program says, as it is.
   *
   * @param {Buffer} output
   */
  show(output) {
    this.#stream.write(output);
  }

  /** The last line of a demo that went well. */
  closing() {
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
