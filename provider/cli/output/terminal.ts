import { environmentSecrets } from "../../rhombus/redaction/environmentSecrets";
import { plainJson, plainLines } from "../../rhombus/redaction/plainText";
import { Redactor } from "../../rhombus/redaction/redactor";

/** Somewhere to write. */
interface Stream {
  /** Whether a person looks at it. */
  readonly isTTY?: boolean;
  /** Writes a text. */
  write(text: string): unknown;
}

/**
 * The one way by which a command writes to its standard output and its standard error. What it writes has no known secret, and
 * shows all there is in it.
 */
export class Terminal {
  /** What takes secrets out of texts. Commands teach it what they learn. */
  readonly redactor = new Redactor();
  readonly #out: Stream;
  readonly #err: Stream;

  /**
   * Takes both streams, and the environment for the secrets in it.
   * @param out The standard output.
   * @param err The standard error.
   * @param env The environment variables.
   */
  constructor(out: Stream, err: Stream, env: Readonly<Record<string, string | undefined>>) {
    [this.#out, this.#err] = [out, err];
    this.redactor.add(...environmentSecrets(env));
  }

  /** Writes what was asked for, as it may be shown. */
  readonly print = (text: string): void => void this.#out.write(this.redactor.redact(text));

  /** Writes one line of what a person should read besides. */
  readonly tell = (line: string): void => this.warn(`${line}\n`);

  /** Writes what a person should read besides. */
  readonly warn = (text: string): void => void this.#err.write(this.redactor.redact(text));

  /** Writes for machines: nothing is lost but secrets. */
  readonly printJson = (content: unknown): void => void this.#out.write(jsonText(content, this.redactor));

  /** Writes what has no secret in it by itself, and must not be changed: a program, or made-up keys. */
  readonly printVerbatim = (text: string): void => void this.#out.write(plainLines(text));

  /** Where a bar is drawn, which needs control characters. Texts have to be redacted before. */
  get screen(): Stream {
    return this.#err;
  }
}

/**
 * JSON without secrets, in names and in values, that shows all there is in it.
 * @param content What to write.
 * @param redactor What takes secrets out of texts.
 */
export function jsonText(content: unknown, redactor: Redactor): string {
  const freed = (value: unknown): unknown => {
    if (typeof value === "string") return redactor.withoutSecrets(value);
    if (Array.isArray(value)) return value.map(freed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [redactor.withoutSecrets(name), freed(each)]),
    );
  };
  return `${plainJson(JSON.stringify(freed(content), undefined, 2))}\n`;
}

/** The terminal of this process. */
export const terminal = new Terminal(process.stdout, process.stderr, process.env);
