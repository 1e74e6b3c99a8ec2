import { capitalized, plainText } from "../output/plainText";

/** Words that a constant cannot have as its name, or that the generated program uses itself. */
const RESERVED = new Set(
  `abstract any arguments as async await boolean break case catch class config const continue debugger declare default
  delete do else enum eval export exports extends false finally for from function get global globalThis if implements
  import in infinity instanceof interface keyof let module namespace never new null number object of options package
  private process protected provider public pulumi readonly require return rhombus set static string super switch symbol
  this throw true try type typeof undefined unknown using var void while with yield`.split(/\s+/),
);

/** Assigns unique names. */
export class Names {
  readonly #taken: Set<string>;

  /**
   * Reserves names.
   * @param taken The reserved names. Default: none.
   */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /**
   * Assigns the first candidate that is free, else the last candidate with a number.
   * @param candidates The candidates, the preferred one first.
   * @param join The text between the name and the number. Default: empty.
   */
  take(candidates: readonly string[], join = ""): string {
    const last = candidates.at(-1) ?? "it";
    let name = candidates.find((each) => !this.#taken.has(each));
    for (let number = 2; name === undefined; number += 1) {
      const numbered = `${last}${join}${number}`;
      if (!this.#taken.has(numbered)) name = numbered;
    }
    this.#taken.add(name);
    return name;
  }
}

/** Assigns unique names of constants. */
export class Identifiers {
  readonly #names = new Names(RESERVED);

  /**
   * Assigns a readable name that is not a reserved word.
   * @param text The name of the object, such as `Ada Okafor`.
   * @param kind The kind of object, in one word. It is added if the text alone is not a valid, free name.
   */
  take(text: string, kind: string): string {
    const plain = identifierOf(text);
    const isUsable = /^[\p{ID_Start}_$]/u.test(plain);
    const withKind = `${plain}${capitalized(kind)}`;
    return this.#names.take(isUsable ? [plain, withKind] : [`${kind}${plain}`]);
  }
}

/** All other characters. A compiler accepts the letters of its Unicode version; these blocks are complete in old versions. */
const OLD_BLOCKS =
  /[^ -\u052f\u0590-\u05ff\u0620-\u06ff\u0900-\u0bff\u0e00-\u0eff\u1e00-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/gu;

/**
 * Converts a text to camel case, with only characters that are valid in an identifier after its first one.
 * @param text The text. Letters that older compilers reject are removed.
 */
export function identifierOf(text: string): string {
  return camelCase(text)
    .replace(OLD_BLOCKS, "")
    .replace(/[^\p{ID_Continue}]/gu, "");
}

/**
 * Converts a text to camel case. Everything but letters and digits is removed.
 * @param text The text.
 */
export function camelCase(text: string): string {
  const [first = "", ...others] = wordsOf(text);
  const start = /^\p{Lu}+$/u.test(first) ? first.toLowerCase() : first.charAt(0).toLowerCase() + first.slice(1);
  return [start, ...others.map(capitalized)].join("");
}

/** The longest name. A resource's name is part of its URN and of each line that Pulumi prints about it. */
const LONGEST = 60;

/**
 * Converts a text to lower case, with dashes between words. A long text is cut.
 * @param text The text.
 */
export function kebabCase(text: string): string {
  const name = Array.from(wordsOf(text).join("-").toLowerCase()).slice(0, LONGEST).join("");
  return name.replace(/-$/, "");
}

function wordsOf(text: string): string[] {
  const decomposed = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .normalize("NFC");
  // Unicode counts some invisible characters as letters.
  const plain = plainText(decomposed);
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}
