import type { CheckReport, Field, Modifiers, Reset } from "./field";
import { mergeWhole, wholeDifferences } from "./merge";
import { mistypedAs } from "./mistyped";
import { containsUnknown, kindOfValue, type Path, pathText, UNKNOWN, type Value } from "./values";

/** The properties by which scalar kinds differ. */
export interface ScalarKind {
  /** The kind in words, for the documentation. */
  readonly doc: string;
  /** The empty value, which `undefined` equals; `undefined` if no value is empty. */
  readonly empty: Value | undefined;
  /** Declaring the empty value is the same as declaring nothing. Default: false. */
  readonly dropsEmpty?: boolean;
  /** The expected type in words, for messages, such as `a text`. */
  readonly expected: string;
  /** The canonical form of a value; `undefined` for a value of a wrong type. */
  read(value: Value): Value | undefined;
  /** The part of a canonical value that comparisons use. Default: the whole value. */
  meaning?(value: Value): Value;
  /** The mistake in a canonical value, as a sentence; `undefined` for a correct value. */
  refuse?(value: Value, path: Path): string | undefined;
}

/** Options that only some scalar kinds set. */
interface ScalarOptions {
  /** See {@link Field.instruction}. Default: false. */
  readonly instruction?: boolean;
  /** See {@link Field.writeOnly}. Default: false. */
  readonly writeOnly?: boolean;
  /** The effect of no longer declaring the field. Default: the field's default, otherwise the empty value. */
  readonly reset?: Reset;
}

/** Options of a scalar whose value Rhombus may choose itself. */
export interface ServerDefaultOptions extends Modifiers {
  /** Rhombus chooses a value if none is sent, so the live value stays when the field is no longer declared. Default: false. */
  readonly serverDefault?: boolean;
}

/**
 * A field that holds one value.
 * @param kind The kind.
 * @param modifiers The options of the field.
 * @param options The options of the kind.
 */
export function scalar<T>(kind: ScalarKind, modifiers: Modifiers, options: ScalarOptions = {}): Field<T> {
  const { instruction = false, writeOnly = false } = options;
  const isCompared = !modifiers.local && !writeOnly;
  const field: Field<T> = {
    doc: kind.doc,
    modifiers,
    instruction,
    writeOnly,
    reset: resetOf(kind, modifiers, options.reset),
    check: (value, path, report) => checkScalar(kind, value, path, report),
    mistyped(value, path) {
      const isRight = value !== null && (value === UNKNOWN || kind.read(value) !== undefined);
      return isRight ? [] : mistypedAs(value, path, kind.expected);
    },
    canonical: (value) => canonicalScalar(kind, value),
    equal: (one, other) => areEqualScalars(kind, one, other),
    project(observed, declared) {
      if (declared === undefined) return undefined;
      if (!isCompared || field.equal(observed, declared)) return declared;
      return field.canonical(observed) ?? kind.empty;
    },
    merge(three, path, notes) {
      return isCompared ? mergeWhole(field, three, path, notes) : (three.declared ?? three.live);
    },
    differences(desired, observed, three, path) {
      return isCompared ? wholeDifferences(field, desired, observed, three, path) : [];
    },
  };
  return field;
}

function resetOf(kind: ScalarKind, modifiers: Modifiers, reset: Reset | undefined): Reset {
  // A property that cannot be changed cannot be reset either.
  if (modifiers.replaces && !modifiers.local) return "live";
  return reset ?? { to: modifiers.default ?? kind.empty };
}

function checkScalar(kind: ScalarKind, value: Value, path: Path, report: CheckReport): Value | undefined {
  if (containsUnknown(value)) return value;
  const read = kind.read(value);
  if (read === undefined) {
    report.fail(path, `${pathText(path)} must be ${kind.expected}, not ${kindOfValue(value)}.`);
    return value;
  }
  const mistake = kind.refuse?.(read, path);
  if (mistake !== undefined) report.fail(path, mistake);
  return kind.dropsEmpty && read === kind.empty ? undefined : read;
}

function canonicalScalar(kind: ScalarKind, value: Value | undefined): Value | undefined {
  if (value === undefined || value === null) return undefined;
  return value === UNKNOWN ? UNKNOWN : kind.read(value);
}

function areEqualScalars(kind: ScalarKind, one: Value | undefined, other: Value | undefined): boolean {
  if (one === UNKNOWN || other === UNKNOWN) return false;
  return one === other || meaningOf(kind, one) === meaningOf(kind, other);
}

function meaningOf(kind: ScalarKind, value: Value | undefined): Value | undefined {
  const read = canonicalScalar(kind, value) ?? kind.empty;
  return read === undefined ? undefined : (kind.meaning?.(read) ?? read);
}
