import { fstatSync, writeFileSync } from "node:fs";
import { messageOf } from "../../core/schema/values";
import { environmentSecrets } from "../../rhombus/redaction/environmentSecrets";
import { plainJson, plainLines } from "../../rhombus/redaction/plainText";
import { Redactor } from "../../rhombus/redaction/redactor";
import { shortLines } from "./shortLines";

/** A stream that text is written to. */
export interface Stream {
  /** True if the stream is a terminal. Absent: it is none. */
  readonly isTTY?: boolean;
  /** Writes a text. */
  write(text: string): unknown;
  /** Adds a listener for writes that fail later. Absent: they fail at once. */
  on?(event: "error", listener: (error: Error) => void): unknown;
}

/** The exit code if nobody reads the output any more: that of a program that the signal SIGPIPE has ended. */
const NO_READER = 141;

/**
 * The only writer to standard output and standard error. It removes known secrets and replaces invisible characters in
 * everything that it prints, except where a method says otherwise.
 */
export class Terminal {
  /** Removes secrets from texts. A command adds the secrets that it learns. */
  readonly redactor = new Redactor();
  /** Is called with the exit code of the process when a write fails for the first time. */
  onFailure: (exitCode: number) => void = () => {};
  #hasFailed = false;
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
    for (const stream of [out, err]) stream.on?.("error", this.#fail);
    this.redactor.add(...environmentSecrets(env));
  }

  /** Writes the result of a command to standard output. Long lines are cut off. */
  readonly print = (text: string): void => this.#write(this.#out, this.#readable(text));

  /** Writes a document to standard output, which limits its own length and shows its values by `code`. */
  readonly printDocument = (text: string): void => this.#write(this.#out, this.documentText(text));

  /**
   * The text of a document that shows its values by `code`, without secrets.
   * @param text The document.
   */
  documentText(text: string): string {
    return this.redactor.withoutLearnedSecrets(plainLines(text));
  }

  /** Writes a line to standard error. */
  readonly log = (line: string): void => this.writeError(`${line}\n`);

  /** Writes a text to standard error. Long lines are cut off. */
  readonly writeError = (text: string): void => this.#write(this.#err, this.#readable(text));

  /** Writes JSON to standard output. Invisible characters are escaped, so that only secrets are lost. */
  readonly printJson = (content: unknown): void => this.#write(this.#out, jsonText(content, this.redactor));

  /** Writes a text without secrets, such as a program or keys of the emulator, to standard output without redaction. */
  readonly printVerbatim = (text: string): void => this.#write(this.#out, plainLines(text));

  /** Writes the standard output or the standard error of another program as it is. */
  readonly passOn = (text: string, isError: boolean): void => this.#write(isError ? this.#err : this.#out, text);

  /** The standard error for a progress bar, which needs control characters. Nothing written to it is redacted. */
  get screen(): Stream {
    return this.#err;
  }

  /** Line by line, so that what looks as if it began a secret hides no other line. */
  #readable(text: string): string {
    const lines = this.redactor.withoutLearnedSecrets(text).split("\n");
    return shortLines(lines.map((line) => this.redactor.redact(line)).join("\n"));
  }

  #write(stream: Stream, text: string): void {
    try {
      stream.write(text);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A reader that has seen enough, such as `head`, is no error. */
  readonly #fail = (error: unknown): void => {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    const isUnread = error instanceof Error && "code" in error && error.code === "EPIPE";
    if (!isUnread) this.log(`error: The output is not complete, because it could not be written: ${messageOf(error)}`);
    this.onFailure(isUnread ? NO_READER : 1);
  };
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

/** Node writes a text to a file with one call, which a full disk cuts off without an error. */
function completeWriter(stream: NodeJS.WriteStream & { readonly fd: number }): Stream {
  if (!fstatSync(stream.fd).isFile()) return stream;
  return { write: (text) => writeFileSync(stream.fd, text) };
}

/** The terminal of this process. */
export const terminal = new Terminal(completeWriter(process.stdout), completeWriter(process.stderr), process.env);
