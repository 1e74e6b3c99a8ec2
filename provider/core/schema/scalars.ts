import { type Field, type Modifiers, mistypedAs, type RequiredField, type Reset } from "./field";
import { mergeWhole, wholeDifferences } from "./merge";
import { containsUnknown, kindOfValue, pathText, UNKNOWN, type Value } from "./values";

/** The properties by which scalar kinds differ. */
interface ScalarKind {
  /** The kind as text, such as `text`. */
  readonly doc: string;
  /** The expected type as text. Default: the kind with its article. */
  readonly expected?: string;
  /** The empty value, which `undefined` equals. Absent if no value is empty. */
  readonly empty?: Value;
  /** Declaring the empty value is the same as declaring nothing. Default: false. */
  readonly dropsEmpty?: boolean;
  /** See {@link Field.instruction}. Default: false. */
  readonly instruction?: boolean;
  /** See {@link Field.writeOnly}. Default: false. */
  readonly writeOnly?: boolean;
  /** The effect of no longer declaring the field. Default: the field's default, otherwise the empty value. */
  readonly reset?: Reset;
  /** The canonical form of a value; `undefined` for a value of a wrong type. */
  read(value: Value): Value | undefined;
  /** The part of a canonical value that comparisons use. Default: the whole value. */
  meaning?(value: Value): Value;
  /** The mistake in a canonical value, as the rest of a sentence; `undefined` for a correct value. */
  refuse?(value: Value): string | undefined;
}

/** Options of a scalar whose value Rhombus may choose itself. */
interface ServerDefaultOptions extends Modifiers {
  /** Rhombus chooses a value if none is sent, so the value in Rhombus stays if the field is no longer declared. Default: false. */
  readonly serverDefault?: boolean;
}

/** A field that holds one value. */
function scalar<T>(kind: ScalarKind, modifiers: Modifiers): Field<T> {
  const { doc, empty, expected = withArticle(doc), instruction = false, writeOnly = false } = kind;
  const isCompared = !modifiers.local && !writeOnly;
  const canonical = (value: Value | undefined) => {
    if (value === undefined || value === null) return undefined;
    return value === UNKNOWN ? UNKNOWN : kind.read(value);
  };
  const meaning = (value: Value | undefined) => {
    const read = canonical(value) ?? empty;
    return read === undefined ? undefined : (kind.meaning?.(read) ?? read);
  };
  const field: Field<T> = {
    doc,
    modifiers,
    instruction,
    writeOnly,
    // A property that cannot be changed cannot be reset either.
    reset: modifiers.replaces && !modifiers.local ? "keep" : (kind.reset ?? { to: modifiers.default ?? kind.empty }),
    check(value, path, report) {
      if (containsUnknown(value)) return value;
      const read = kind.read(value);
      if (read === undefined) {
        report.fail(path, `${pathText(path)} must be ${expected}, not ${kindOfValue(value)}.`);
        return value;
      }
      const mistake = kind.refuse?.(read);
      if (mistake !== undefined) report.fail(path, `${pathText(path)} ${mistake}`);
      return kind.dropsEmpty && read === empty ? undefined : read;
    },
    mistyped: (value, path) => (canonical(value) === undefined ? mistypedAs(value, path, expected) : []),
    canonical,
    equal: (one, other) => one !== UNKNOWN && other !== UNKNOWN && (one === other || meaning(one) === meaning(other)),
    project(observed, declared) {
      if (declared === undefined) return undefined;
      return !isCompared || field.equal(observed, declared) ? declared : (canonical(observed) ?? empty);
    },
    merge: (three, path, notes) =>
      isCompared ? mergeWhole(field, three, path, notes) : (three.declared ?? three.observed),
    differences: (desired, observed, three, path) =>
      isCompared ? wholeDifferences(field, desired, observed, three, path) : [],
  };
  return field;
}

function withArticle(noun: string): string {
  return `${/^(?:[aeiou]|RU)/.test(noun) ? "an" : "a"} ${noun}`;
}

/**
 * True or false. `undefined` equals false.
 * @param modifiers The options.
 */
export function flag(modifiers: Modifiers = {}): Field<boolean> {
  const read = (value: Value) => (typeof value === "boolean" ? value : undefined);
  return scalar<boolean>({ doc: "boolean", expected: "true or false", empty: false, read }, modifiers);
}

/**
 * One of several texts. `undefined` equals the first one.
 * @param values The texts, the default first.
 * @param modifiers The options.
 */
export function oneOf<T extends string>(values: readonly [T, ...T[]], modifiers: Modifiers = {}): Field<T> {
  const doc = `one of ${values.map((value) => `"${value}"`).join(", ")}`;
  const kind: ScalarKind = {
    doc,
    expected: doc,
    empty: values[0],
    read: (value) => (typeof value === "string" ? value : undefined),
    refuse(value) {
      const isAllowed = values.some((allowed) => allowed === value);
      return isAllowed ? undefined : `is ${JSON.stringify(value)}; it must be ${doc}.`;
    },
  };
  return scalar<T>(kind, modifiers);
}

/** Options of an integer. */
export interface IntegerOptions extends ServerDefaultOptions {
  /** The minimum. Default: the smallest 32-bit integer. */
  readonly min?: number;
  /** The unit, such as `seconds`. Default: none. */
  readonly unit?: string;
  /** The number that `undefined` equals. Default: none. */
  readonly empty?: number;
}

/** The largest 32-bit integer. */
export const INT32_MAX = 2 ** 31 - 1;

/**
 * A 32-bit integer.
 * @param options The options.
 */
export function integer(options: IntegerOptions = {}): Field<number> {
  const { min = -(2 ** 31), unit, empty, serverDefault } = options;
  const doc = unit === undefined ? "whole number" : `whole number of ${unit}`;
  const kind: ScalarKind = {
    doc,
    ...(empty === undefined ? {} : { empty }),
    ...(serverDefault ? { reset: "keep" } : {}),
    read: (value) => (typeof value === "number" && Number.isInteger(value) ? value : undefined),
    refuse(value) {
      if (typeof value !== "number" || (value >= min && value <= INT32_MAX)) return undefined;
      return `is ${value}; it must be a ${doc} from ${min} to ${INT32_MAX}.`;
    },
  };
  return scalar<number>(kind, options);
}

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
  const reset: Reset = options.serverDefault ? "keep" : { to: options.default ?? (options.cleared ? "" : undefined) };
  return scalar<string>({ ...textKind(options), meaning: normalized, reset }, options);
}

/** A text as an API may normalize it when it stores the text: trimmed, with `\n` for line ends, in Unicode NFC. */
function normalized(value: Value): Value {
  return typeof value === "string" ? value.normalize("NFC").replace(/\r\n?/g, "\n").trim() : value;
}

function textKind(options: TextOptions): ScalarKind {
  const { noun = "text", dropsEmpty = false, trimmed } = options;
  return {
    doc: noun,
    empty: "",
    dropsEmpty,
    read: (value) => (typeof value === "string" ? (trimmed ? value.trim() : value) : undefined),
    refuse: (value) => (typeof value === "string" ? mistakeIn(value, options) : undefined),
  };
}

function mistakeIn(value: string, { required, nonEmpty, max, format }: TextOptions): string | undefined {
  if ((required || nonEmpty) && value.trim() === "") return "must not be empty.";
  if (max !== undefined && value.length > max) return `has ${value.length} characters; at most ${max} are allowed.`;
  return value === "" ? undefined : format?.(value);
}

/**
 * The key with which Rhombus accesses the system of a badge vendor. A secret. It is sent when the program changed it, and never
 * compared with what is read, because reads may mask it. If it is no longer declared, the stored key stays.
 * @param options The options.
 */
export function vendorKey(options: TextOptions = {}): Field<string> {
  const kind = textKind({ ...options, trimmed: true, nonEmpty: true, noun: "vendor key" });
  return scalar<string>({ ...kind, writeOnly: true, reset: "keep" }, { ...options, secret: true });
}

/**
 * An instruction to the provider that applies once, such as `adopt`: never a difference, never in the state.
 * @param refuse Checks a value. Returns the mistake as the rest of a sentence, `undefined` for a correct value.
 * @param modifiers The options.
 */
export function instruction<T extends boolean | string>(
  refuse: (value: Value) => string | undefined,
  modifiers: Modifiers = {},
): Field<T> {
  const read = (value: Value) => value;
  return scalar<T>({ doc: "instruction", instruction: true, writeOnly: true, reset: "keep", read, refuse }, modifiers);
}
