import { type Field, type Modifiers, mergeWhole, type Reset, wholeDifferences } from "./field";
import { tidied } from "./tidiedText";
import { containsUnknown, kindOfValue, type Path, pathText, UNKNOWN, type Value } from "./values";

/** What tells one scalar kind from another. */
interface ScalarKind {
  readonly doc: string;
  /** What nothing is equal to. */
  readonly empty: Value | undefined;
  /** Whether declaring the empty value is the same as declaring nothing. Default false. */
  readonly dropsEmpty?: boolean;
  /** The canonical form of a well-typed value, else `undefined`. */
  read(value: Value): Value | undefined;
  /** What two canonical values are compared by. Default: all of it. */
  meaning?(value: Value): Value;
  /** What is wrong with a canonical value, if anything. */
  refuse?(value: Value, path: Path): string | undefined;
  /** What to say of an ill-typed value. */
  readonly expected: string;
}

interface ScalarTraits {
  readonly instruction?: boolean;
  readonly unread?: boolean;
  readonly reset?: Reset;
}

function scalar<T>(kind: ScalarKind, modifiers: Modifiers, fingerprint: ScalarTraits = {}): Field<T> {
  const canonical = (value: Value | undefined) =>
    value === undefined || value === null ? undefined : value === UNKNOWN ? UNKNOWN : kind.read(value);
  const meaningOf = (value: Value | undefined) => {
    const read = canonical(value) ?? kind.empty;
    return read === undefined ? undefined : (kind.meaning?.(read) ?? read);
  };
  const field: Field<T> = {
    doc: kind.doc,
    modifiers,
    instruction: fingerprint.instruction ?? false,
    unread: fingerprint.unread ?? false,
    nested: false,
    // What cannot be changed cannot be taken away either.
    reset:
      modifiers.replaces && !modifiers.local ? "kept" : (fingerprint.reset ?? { to: modifiers.default ?? kind.empty }),
    check(value, path, report) {
      if (containsUnknown(value)) return value;
      const read = kind.read(value);
      if (read === undefined) {
        report.fail(path, `${pathText(path)} must be ${kind.expected}, not ${kindOfValue(value)}.`);
        return value;
      }
      const reason = kind.refuse?.(read, path);
      if (reason !== undefined) report.fail(path, reason);
      return kind.dropsEmpty && read === kind.empty ? undefined : read;
    },
    mistyped(value, path) {
      const isRight = value === UNKNOWN || (value !== null && kind.read(value) !== undefined);
      return isRight ? [] : [{ path, expected: kind.expected, actual: kindOfValue(value) }];
    },
    canonical,
    equal: (one, other) => {
      if (one === UNKNOWN || other === UNKNOWN) return false;
      if (one === other) return true;
      return meaningOf(one) === meaningOf(other);
    },
    project(observed, declared) {
      if (declared === undefined) return undefined;
      if (field.unread || modifiers.local || field.equal(observed, declared)) return declared;
      return canonical(observed) ?? kind.empty;
    },
    merge(three, path, notes) {
      if (modifiers.local || field.unread) return three.declared ?? three.live;
      return mergeWhole(field, three, path, notes);
    },
    differences(desired, seen, three, path) {
      return modifiers.local || field.unread ? [] : wholeDifferences(field, desired, seen, three, path);
    },
  };
  return field;
}

/** What may be said about a value that the vendor fills in where none is sent. */
interface FilledInOptions extends Modifiers {
  /** No longer declared, the live value stays, because the vendor fills it in anyway. Default false. */
  readonly kept?: boolean;
}

function resetOf({ kept = false }: FilledInOptions, to: Value | undefined): Reset {
  return kept ? "kept" : { to };
}

/** What may be said about a text. */
export interface TextOptions extends FilledInOptions {
  /** The longest it may be, in characters. Default: no limit. */
  readonly max?: number;
  /** Spaces around it do not count. Default false. */
  readonly trimmed?: boolean;
  /** Says what is wrong with a text that has not the form it should have; `undefined` when nothing is. */
  readonly form?: (text: string) => string | undefined;
  /** The empty text counts as not declared, because the API refuses it where it stands for nothing. Default false. */
  readonly dropsEmpty?: boolean;
  /** No longer declared, the empty text takes its place, because an API may keep what is left out. Default false. */
  readonly cleared?: boolean;
  /** The empty text is a mistake. Default false; a required text is never empty. */
  readonly filled?: boolean;
  /** How the documentation calls it. Default "text". */
  readonly called?: string;
}

/**
 * A text. Nothing equals the empty text, and texts that differ only in what an API may tidy are equal: the declared form
 * stays. A required one must not be empty.
 * @param options What is said about it.
 */
export function text(options: TextOptions & { required: true }): Field<string>;
export function text(options?: TextOptions): Field<string>;
export function text(options: TextOptions = {}): Field<string> {
  const nothing = options.cleared ? "" : undefined;
  const kind = { ...textKind(options), meaning: tidiedText };
  return scalar<string>(kind, options, { reset: resetOf(options, options.default ?? nothing) });
}

function tidiedText(value: Value): Value {
  return typeof value === "string" ? tidied(value) : value;
}

function textKind(options: TextOptions): ScalarKind {
  return {
    doc: options.called ?? "text",
    empty: "",
    dropsEmpty: options.dropsEmpty ?? false,
    expected: withArticle(options.called ?? "text"),
    read: (value) => (typeof value === "string" ? (options.trimmed ? value.trim() : value) : undefined),
    refuse(value, path) {
      if (typeof value !== "string") return undefined;
      if ((options.required || options.filled) && value.trim() === "") return `${pathText(path)} must not be empty.`;
      if (options.max !== undefined && value.length > options.max) {
        return `${pathText(path)} has ${value.length} characters; at most ${options.max} are allowed.`;
      }
      const reason = value === "" ? undefined : options.form?.(value);
      return reason === undefined ? undefined : `${pathText(path)} ${reason}`;
    },
  };
}

function withArticle(noun: string): string {
  return `${/^(?:[aeiou]|RU)/.test(noun) ? "an" : "a"} ${noun}`;
}

/**
 * Yes or no. Nothing equals no.
 * @param modifiers What is said about it.
 */
export function flag(modifiers: Modifiers = {}): Field<boolean> {
  return scalar<boolean>(
    {
      doc: "boolean",
      empty: false,
      expected: "true or false",
      read: (value) => (typeof value === "boolean" ? value : undefined),
    },
    modifiers,
  );
}

/** What may be said about a whole number. */
export interface IntegerOptions extends FilledInOptions {
  /** The smallest it may be. Default: the smallest 32-bit integer. */
  readonly min?: number;
  /** What it counts, such as "seconds". */
  readonly unit?: string;
  /** What nothing is equal to. Default: no number is. */
  readonly empty?: number;
}

/** The largest whole number of 32 bits. */
export const INT32_MAX = 2 ** 31 - 1;

/**
 * A whole number of 32 bits.
 * @param options What is said about it.
 */
export function integer(options: IntegerOptions = {}): Field<number> {
  const min = options.min ?? -(2 ** 31);
  const unit = options.unit === undefined ? "" : ` of ${options.unit}`;
  return scalar<number>(
    {
      doc: `whole number${unit}`,
      empty: options.empty,
      expected: `a whole number${unit}`,
      read: (value) => (typeof value === "number" && Number.isInteger(value) ? value : undefined),
      refuse(value, path) {
        if (typeof value !== "number" || (value >= min && value <= INT32_MAX)) return undefined;
        return `${pathText(path)} is ${value}; it must be a whole number${unit} from ${min} to ${INT32_MAX}.`;
      },
    },
    options,
    { reset: resetOf(options, options.default ?? options.empty) },
  );
}

/**
 * One of a few texts. Nothing equals the first one.
 * @param values The texts; the first one stands for nothing.
 * @param modifiers What is said about it.
 */
export function oneOf<T extends string>(values: readonly [T, ...T[]], modifiers: Modifiers = {}): Field<T> {
  const listed = values.map((value) => `"${value}"`).join(", ");
  return scalar<T>(
    {
      doc: `one of ${listed}`,
      empty: values[0],
      expected: `one of ${listed}`,
      read: (value) => (typeof value === "string" ? value : undefined),
      refuse(value, path) {
        if (values.some((allowed) => allowed === value)) return undefined;
        return `${pathText(path)} is ${JSON.stringify(value)}; it must be one of ${listed}.`;
      },
    },
    modifiers,
  );
}

/**
 * The key with which Rhombus enters another vendor's system. A secret, sent when the program changed it, never compared
 * with what is read, because reads may mask it. No longer declared, the stored one stays.
 * @param options What is said about it.
 */
export function vendorKey(options: TextOptions = {}): Field<string> {
  const modifiers = { ...options, secret: true };
  const kind = textKind({ ...options, trimmed: true, filled: true, called: "vendor key" });
  return scalar<string>(kind, modifiers, { unread: true, reset: "kept" });
}

/**
 * Tells the provider how to do something once; never a difference, never in the state.
 * @param accepts Says what is wrong with a value; `undefined` when nothing is.
 * @param modifiers What is said about it.
 */
export function instruction<T extends boolean | string>(
  accepts: (value: Value) => string | undefined,
  modifiers: Modifiers = {},
): Field<T> {
  return scalar<T>(
    {
      doc: "instruction",
      empty: undefined,
      expected: "an instruction",
      read: (value) => value,
      refuse: (value, path) => {
        const reason = accepts(value);
        return reason === undefined ? undefined : `${pathText(path)} ${reason}`;
      },
    },
    modifiers,
    { instruction: true, unread: true, reset: "kept" },
  );
}
