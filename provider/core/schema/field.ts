import { memoize } from "./memoize";
import { kindOfValue, type Path, UNKNOWN, type Value, type Values } from "./values";

/** Collects the mistakes that `check` finds in the inputs of a resource. All of them are reported, not only the first. */
export interface CheckReport {
  /**
   * Reports a mistake.
   * @param path The property.
   * @param reason The mistake and its correction, as a sentence. It must not quote a secret.
   */
  fail(path: Path, reason: string): void;
}

/** The three sides of a merge, each in canonical form. `undefined`: not declared, or not set in Rhombus. */
export interface ThreeWay {
  /** The value that the state held. `undefined` if the program did not declare the field. */
  readonly prior: Value | undefined;
  /** The value that the program declares now. */
  readonly declared: Value | undefined;
  /** The value that a read showed. */
  readonly observed: Value | undefined;
}

/** Receives the findings of a merge that the user must learn of. */
export interface MergeNotes {
  /**
   * Reports that the observed value differs from the prior one. The observed value stays, because no plan showed the difference.
   * @param path The property.
   * @param change The difference, such as `was added`.
   */
  unplanned(path: Path, change: string): void;
  /**
   * Reports that a value was changed differently by the program and outside Pulumi.
   * @param path The property.
   */
  conflict(path: Path): void;
}

/** The terms for an entry of a map or a member of a set. */
export interface EntryDisplay {
  /** The noun, such as `door`. */
  readonly noun: string;
  /** The property that holds the entry's name. Absent: an entry has no name. */
  readonly name?: string;
  /** The property that repeats the key of the entry. Absent: none does. */
  readonly key?: string;
}

/** Options that every kind of field has. */
export interface Modifiers {
  /** The program must declare the field. Default: false. */
  readonly required?: boolean;
  /** The value that is sent if the field is not declared, on creation and when it is no longer declared. */
  readonly default?: Value;
  /** The value as which a field counts that the program leaves out, so that a change outside Pulumi is shown. Absent: such a field is not managed. */
  readonly whenUndeclared?: Value;
  /** The value is a secret: encrypted in the state, never part of a message. Default: false. */
  readonly secret?: boolean;
  /** A change replaces the resource. Default: false. */
  readonly replaces?: boolean;
  /** The field is not a property of the remote object; it controls how the provider treats the object. Default: false. */
  readonly local?: boolean;
  /** The reason for a deprecation, and the replacement. Absent: the field is not deprecated. */
  readonly deprecated?: string;
  /** The kind of object that the value identifies, such as `camera`. Absent: the value is not a reference. */
  readonly of?: string;
  /** The terms for an entry of the map or a member of the set in the output of commands. Absent: the field has no entries. */
  readonly entry?: EntryDisplay;
  /** The values from the least to the most protective. A change to an earlier one reduces monitoring. Absent: no value matters. */
  readonly protection?: readonly Value[];
}

/** A value whose type is not the type of its field. */
export interface Mistyped {
  /** The property. */
  readonly path: Path;
  /** The expected type as text, such as `a text`. */
  readonly expected: string;
  /** The actual type as text, such as `a number`. It never quotes the value. */
  readonly actual: string;
}

/** The effect of no longer declaring a field: `"keep"` leaves the value in Rhombus as it is, otherwise `to` replaces it. */
export type Reset = "keep" | { readonly to: Value | undefined };

/**
 * One kind of field. It alone knows how values of the kind are checked, compared, projected and merged.
 *
 * `T` is the type of a checked value, `Written` the type in which a program writes it, without Pulumi's `Input`.
 */
export interface Field<T = unknown, Written = T> {
  /** The kind as text, such as `set of RUUID`, for messages and documentation. */
  readonly doc: string;
  /** The options of this field. */
  readonly modifiers: Modifiers;
  /** An instruction to the provider, such as `adopt`: never a difference, never in the state. Default: false. */
  readonly instruction?: boolean;
  /** The value is sent when it changed and never compared with what is read, such as the key of a badge vendor. Default: false. */
  readonly writeOnly?: boolean;
  /** Its entries merge one by one, also inside another field. Default: false. */
  readonly nested?: boolean;
  /** The effect of no longer declaring the field. */
  readonly reset: Reset;
  /** True if members of this set are also managed outside Pulumi. Those are never changed or shown. Absent: never. */
  readonly sharedIn?: (inputs: Values) => boolean;
  /** The field of the members of a set, or of the entries of a map. Absent for other kinds. */
  readonly each?: Field;
  /** The fields of an object by name. Absent for other kinds. */
  readonly properties?: Fields;
  /** Reports mistakes and returns the canonical form; `undefined` for a value that counts as not declared. An unknown value passes unchecked. */
  check(value: Value, path: Path, report: CheckReport): Value | undefined;
  /** The parts of a stored value that have a wrong type. Other rules are not applied. */
  mistyped(value: Value, path: Path): Mistyped[];
  /** The canonical form of an observed value; `undefined` if there is none. */
  canonical(observed: Value | undefined): Value | undefined;
  /** Compares two canonical values. `undefined` equals the empty value of the kind. An unknown value equals nothing. */
  equal(one: Value | undefined, other: Value | undefined): boolean;
  /** The part of the observed value that belongs in inputs which declare `declared`. */
  project(observed: Value | undefined, declared: Value | undefined, inputs: Values): Value | undefined;
  /** The desired value: the program's change if there is one, otherwise the observed value. */
  merge(three: ThreeWay, path: Path, notes: MergeNotes, inputs: Values): Value | undefined;
  /** The paths, declared now or before, at which the observed value is not the desired one. */
  differences(
    desired: Value | undefined,
    observed: Value | undefined,
    three: ThreeWay,
    path: Path,
    inputs: Values,
  ): Path[];
  /** Carries the type of a checked value; never set. */
  readonly typeOfValue?: T;
  /** Carries the type of a written value; never set. */
  readonly typeOfWritten?: Written;
}

/** A field that the program must declare. */
export type RequiredField<T, Written = T> = Field<T, Written> & { readonly modifiers: { readonly required: true } };

/** The inputs of a resource by name. */
export type Fields = Readonly<Record<string, Field>>;

/** The fields without instructions, as entries. Memoized, because every operation needs them. */
export const fieldsOf = memoize((fields: Fields): readonly (readonly [string, Field])[] =>
  Object.entries(fields).filter(([, field]) => !field.instruction),
);

/**
 * The field of a part of a value: a member, an entry or a property.
 * @param field The field of the whole; `undefined` for an unknown one.
 * @param name The key of the entry, or the name of the property.
 * @returns `undefined` for a scalar, and for an unknown property.
 */
export function partOf(field: Field | undefined, name: string): Field | undefined {
  const { each, properties = {} } = field ?? {};
  return each ?? (Object.hasOwn(properties, name) ? properties[name] : undefined);
}

/**
 * The report of a wrong type. An unknown value has no wrong type.
 * @param value The value.
 * @param path The property.
 * @param expected The expected type as text.
 */
export function mistypedAs(value: Value, path: Path, expected: string): Mistyped[] {
  return value === UNKNOWN ? [] : [{ path, expected, actual: kindOfValue(value) }];
}

/** The type of a checked value of a field. */
export type ValueOf<F> = F extends Field<infer T, unknown> ? T : never;

/** The type of the checked inputs, as a definition receives them. */
export type InputsOf<F extends Fields> = { readonly [K in keyof F]?: ValueOf<F[K]> };
