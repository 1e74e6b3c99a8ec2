import { FileFault } from "./textFile";

// unicode.IsSpace of Go. trim() of JavaScript removes another set of characters.
const LEADING_SPACE = /^\p{White_Space}+/u;
const TRAILING_SPACE = /(?<!\p{White_Space})\p{White_Space}+$/u;

/** A key, quoted or not, and its delimiter. Three quotes count only in a line of more than six characters. */
const KEY = /^(?:"""(?=.{4})(.*?)"""[^=:]*|"([^"]*)"[^=:]*|`([^`]*)`[^=:]*|([^="`:][^=:]*))[=:]/s;

/** The part of a value before its comment. If the value begins with a quote, a comment cannot begin before the closing quote. */
const BEFORE_COMMENT = /^(?:"(?:\\.|[^"\\])*(?:"|$)|'[^']*(?:'|$))?[^#;]*/s;

/** A file in the dialect of go-ini, the library with which the command line of Rhombus reads and writes its files. */
export class GoIni {
  readonly #sections = new Map<string, Map<string, string>>();

  /**
   * Parses a file as `ini.Load` of go-ini 1.68 does without options.
   * @param text The text.
   * @throws FileFault if go-ini refuses the file. The message names the line and shows nothing of it.
   */
  constructor(text: string) {
    const lines = new Lines(text.replace(/^\uFEFF+/, ""));
    let title = "DEFAULT";
    for (let line = lines.next(); line !== undefined; line = lines.next()) {
      const written = line.replace(LEADING_SPACE, "");
      if (/^(?:[#;]|$)/.test(written)) continue;
      if (written.startsWith("[")) {
        title = titleIn(written, lines);
        this.#section(title);
        continue;
      }
      const [start = "", ...keys] = KEY.exec(written) ?? [];
      const key = trimmed(keys.find((each) => each !== undefined) ?? "");
      if (key === "") throw lines.fault("write [NAME] or KEY = VALUE");
      this.#section(title).set(key, valueIn(written.slice(start.length), lines));
    }
  }

  /** The titles of the sections. */
  get titles(): readonly string[] {
    return [...this.#sections.keys()];
  }

  /**
   * The value of a key in a section. A section whose title contains dots inherits from the section that is named before the last dot.
   * @param title The title of the section.
   * @param key The key.
   */
  valueOf(title: string, key: string): string | undefined {
    const own = this.#sections.get(title)?.get(key);
    const dot = title.lastIndexOf(".");
    return own ?? (dot === -1 ? undefined : this.valueOf(title.slice(0, dot), key));
  }

  #section(title: string): Map<string, string> {
    const section = this.#sections.get(title) ?? new Map<string, string>();
    this.#sections.set(title, section);
    return section;
  }
}

/** Lines with their line breaks, one after another. */
class Lines {
  readonly #lines: readonly string[];
  #read = 0;

  constructor(text: string) {
    this.#lines = text.split(/(?<=\n)/);
  }

  next(): string | undefined {
    this.#read += 1;
    return this.#lines[this.#read - 1];
  }

  /** The number of the current line. */
  get number(): number {
    return this.#read;
  }

  fault(reason: string, line = this.#read): FileFault {
    return new FileFault(`has a mistake in line ${line}: ${reason}`);
  }
}

function titleIn(line: string, lines: Lines): string {
  // go-ini searches the whole line for the last bracket, its comment too.
  const title = line.slice(1, Math.max(line.lastIndexOf("]"), 1));
  if (title === "") throw lines.fault("a title is written as [NAME]");
  return title;
}

function valueIn(rest: string, lines: Lines): string {
  const line = rest.replace(LEADING_SPACE, "");
  const quote = /^(?:"""(?=.)|`)/s.exec(line)?.[0];
  if (quote !== undefined) return quotedValue(line.slice(quote.length), quote, lines);
  const value = trimmed(line);
  if (value.endsWith("\\")) return continuedValue(value.slice(0, -1), lines);
  const plain = trimmed(BEFORE_COMMENT.exec(value)?.[0] ?? "");
  const [, inDouble, inSingle] = /^(?:"([^"]*)"|'([^']*)')$/.exec(plain) ?? [];
  return inDouble ?? inSingle ?? plain;
}

/** A value that ends with the last closing quote of its line. Without one there, it ends in a later line. */
function quotedValue(rest: string, quote: string, lines: Lines): string {
  const end = rest.lastIndexOf(quote);
  if (end !== -1) return rest.slice(0, end);
  const first = lines.number;
  let value = rest;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const close = line.lastIndexOf(quote);
    const isClosed = close !== -1 && !trimmed(line.slice(close + quote.length)).endsWith("\\");
    if (isClosed) return value + line.slice(0, close);
    value += line;
  }
  throw lines.fault(`the value has no closing ${quote}`, first);
}

/** A value of several lines, each with a backslash at its end except the last one. */
function continuedValue(first: string, lines: Lines): string {
  let value = first;
  for (;;) {
    const next = trimmed(lines.next() ?? "");
    if (!next.endsWith("\\")) return value + next;
    value += next.slice(0, -1);
  }
}

function trimmed(text: string): string {
  return text.replace(LEADING_SPACE, "").replace(TRAILING_SPACE, "");
}
