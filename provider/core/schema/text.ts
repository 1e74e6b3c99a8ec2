import type { Field, RequiredField } from "./field";
import { normalized } from "./normalizedText";
import { type ScalarKind, type ServerDefaultOptions, scalar } from "./scalar";
import { pathText, type Value } from "./values";

/** Options of a text. */
export interface TextOptions extends ServerDefaultOptions {
  /** The maximum length in characters. Default: no limit. */
  readonly max?: number;
  /** Surrounding whitespace is removed. Default: false. */
  readonly trimmed?: boolean;
  /** Checks the format of a text. Returns the mistake as the rest of a sentence, `undefined` for a correct text. Default: any format. */
  readonly format?: (text: string) => string | undefined;
  /** The empty text counts as not declared, because the API refuses it. Default: false. */
  readonly dropsEmpty?: boolean;
  /** The empty text is sent when the field is no longer declared, because the API may keep a value that is left out. Default: false. */
  readonly cleared?: boolean;
  /** The empty text is a mistake. Default: false; always so for a required text. */
  readonly nonEmpty?: boolean;
  /** The noun for messages and documentation. Default: `text`. */
  readonly noun?: string;
}

/**
 * A text. `undefined` equals the empty text. Texts that differ only in what an API may normalize are equal; the declared
 * form stays. A required text must not be empty.
 * @param options The options.
 */
export function text(options: TextOptions & { readonly required: true }): RequiredField<string>;
export function text(options?: TextOptions): Field<string>;
export function text(options: TextOptions = {}): Field<string> {
  const reset = options.serverDefault ? "live" : { to: options.default ?? (options.cleared ? "" : undefined) };
  return scalar<string>({ ...textKind(options), meaning: normalizedText }, options, { reset });
}

function normalizedText(value: Value): Value {
  return typeof value === "string" ? normalized(value) : value;
}

/**
 * The scalar kind of a text with these options.
 * @param options The options.
 */
export function textKind(options: TextOptions): ScalarKind {
  const { noun = "text", dropsEmpty = false } = options;
  return {
    doc: noun,
    empty: "",
    dropsEmpty,
    expected: withArticle(noun),
    read: (value) => (typeof value === "string" ? (options.trimmed ? value.trim() : value) : undefined),
    refuse(value, path) {
      if (typeof value !== "string") return undefined;
      const mistake = mistakeIn(value, options);
      return mistake === undefined ? undefined : `${pathText(path)} ${mistake}`;
    },
  };
}

function mistakeIn(value: string, { required, nonEmpty, max, format }: TextOptions): string | undefined {
  if ((required || nonEmpty) && value.trim() === "") return "must not be empty.";
  if (max !== undefined && value.length > max) return `has ${value.length} characters; at most ${max} are allowed.`;
  return value === "" ? undefined : format?.(value);
}

function withArticle(noun: string): string {
  return `${/^(?:[aeiou]|RU)/.test(noun) ? "an" : "a"} ${noun}`;
}
