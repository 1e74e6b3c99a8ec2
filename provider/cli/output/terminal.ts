import { environmentSecrets } from "../../rhombus/redaction/environmentSecrets";
import { plainJson, plainLines } from "../../rhombus/redaction/plainText";
import { Redactor } from "../../rhombus/redaction/redactor";

/** A stream that text is written to. */
export interface Stream {
  /** True if the stream is a terminal. Absent: it is none. */
  readonly isTTY?: boolean;
  /** Writes a text. */
  write(text: string): unknown;
}

/**
 * The only writer to standard output and standard error. It removes known secrets and replaces invisible characters in
 * everything that it prints, except where a method says otherwise.
 */
export class Terminal {
  /** Removes secrets from texts. A command adds the secrets that it learns. */
  readonly redactor = new Redactor();
  readonly #out: Stream;
  readonly #err: Stream;

  /**
   * Creates a terminal.
   * @param out The standard output.
   * @param err The standard error.
   * @param env The environment variables; the secrets in them are redacted.
   */
  constructor(out: Stream, err: Stream, env: Readonly<Record<string, string | undefined>>) {
    [this.#out, this.#err] = [out, err];
    this.redactor.add(...environmentSecrets(env));
  }

  /** Writes the result of a command to standard output. */
  readonly print = (text: string): void => void this.#out.write(this.redactor.redact(text));

  /** Writes a line to standard error. */
  readonly log = (line: string): void => this.writeError(`${line}\n`);

  /** Writes a text to standard error. */
  readonly writeError = (text: string): void => void this.#err.write(this.redactor.redact(text));

  /** Writes JSON to standard output. Invisible characters are escaped, so that only secrets are lost. */
  readonly printJson = (content: unknown): void => void this.#out.write(jsonText(content, this.redactor));

  /** Writes a text without secrets, such as a program or keys of the emulator, to standard output without redaction. */
  readonly printVerbatim = (text: string): void => void this.#out.write(plainLines(text));

  /** The standard error for a progress bar, which needs control characters. Nothing written to it is redacted. */
  get screen(): Stream {
    return this.#err;
  }
}

function jsonText(content: unknown, redactor: Redactor): string {
  const redacted = (value: unknown): unknown => {
    if (typeof value === "string") return redactor.withoutSecrets(value);
    if (Array.isArray(value)) return value.map(redacted);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [redactor.withoutSecrets(name), redacted(each)]),
    );
  };
  return `${plainJson(JSON.stringify(redacted(content), undefined, 2))}\n`;
}

/** The terminal of this process. */
export const terminal = new Terminal(process.stdout, process.stderr, process.env);
