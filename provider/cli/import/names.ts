import { plainText } from "../../rhombus/redaction/plainText";

/** Words that a program cannot give to a constant, or that mean something else in the one that is written. */
const RESERVED = new Set(
  `abstract any arguments as async await boolean break case catch class config const continue debugger declare default
  delete do else enum eval export exports extends false finally for from function get global globalThis if implements
  import in infinity instanceof interface keyof let module namespace never new null number object of options package
  private process protected provider public pulumi readonly require return rhombus set static string super switch symbol
  this throw true try type typeof undefined unknown using var void while with yield`.split(/\s+/),
);

/** Gives out names, each of them once. */
export class Names {
  readonly #taken: Set<string>;

  /**
   * Starts with names that are taken.
   * @param taken The names.
   */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /**
   * A name that nobody has: the first of some that is free, else the last one with a number.
   * @param candidates The names to try, the best first.
   * @param join How the number is put to the name. Default: without anything between.
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

/** The names of constants in a program. */
export class Identifiers {
  readonly #names = new Names(RESERVED);

  /**
   * A constant's name that no other has, readable, and no word of the language.
   * @param text What it is called by people, such as `Ada Okafor`.
   * @param kind What it is, in one word, for where the text alone will not do.
   */
  take(text: string, kind: string): string {
    const plain = identifierOf(text);
    const isUsable = /^[\p{ID_Start}_$]/u.test(plain);
    const withKind = `${plain}${capitalized(kind)}`;
    return this.#names.take(isUsable ? [plain, withKind] : [`${kind}${plain}`]);
  }
}

/** Compilers know the letters of the Unicode version that they were made with. These blocks are complete since long. */
const OLD_BLOCKS =
  /[^ -\u052f\u0590-\u05ff\u0620-\u06ff\u0900-\u0bff\u0e00-\u0eff\u1e00-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/gu;

/**
 * A text in camel case, with what of it may stand in the name of a constant behind the first letter.
 * @param text The text. Letters that compilers may not know are left out.
 */
export function identifierOf(text: string): string {
  return camelCase(text)
    .replace(OLD_BLOCKS, "")
    .replace(/[^\p{ID_Continue}]/gu, "");
}

/**
 * A text in camel case, with the letters and digits that it has.
 * @param text The text.
 */
export function camelCase(text: string): string {
  const [first = "", ...others] = wordsOf(text);
  const start = /^\p{Lu}+$/u.test(first) ? first.toLowerCase() : first.charAt(0).toLowerCase() + first.slice(1);
  return [start, ...others.map(capitalized)].join("");
}

/** A name of a resource goes into its URN, and into every line that Pulumi prints of it. */
const LONGEST = 60;

/**
 * A text in small letters with dashes between its words, as resources are named.
 * @param text The text. Of a long one the beginning.
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
  // Some letters do not show.
  const plain = plainText(decomposed);
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
