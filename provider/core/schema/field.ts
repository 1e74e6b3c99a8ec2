import { memoize } from "./memoize";
import type { Path, Value, Values } from "./values";

/** Where `check` says what is wrong. Every mistake of a resource is reported, not only the first. */
export interface CheckReport {
  /**
   * Reports a mistake.
   * @param path Where it is.
   * @param reason What is wrong and what to write instead. It must not quote a secret.
   */
  fail(path: Path, reason: string): void;
}

/** The three sides of a merge, each canonical, each `undefined` where it says nothing. */
export interface ThreeWay {
  /** What the state last knew; `undefined` where the program had not declared it. */
  readonly base: Value | undefined;
  /** What the program declares now. */
  readonly declared: Value | undefined;
  /** What Rhombus has at this moment. */
  readonly live: Value | undefined;
}

/** What a merge found that a person should hear of. */
export interface MergeNotes {
  /** Something live differs from what the program last knew; it stays, because no plan has shown it. */
  kept(path: Path, what: string): void;
  /** The program and somebody else both changed it, differently. */
  conflict(path: Path): void;
}

/** What may be said about any field. */
export interface Modifiers {
  /** A program has to declare it. Default false. */
  readonly required?: boolean;
  /** What is sent on create when it is not declared, and restored when it is no longer declared. */
  readonly default?: Value;
  /** It is a secret: marked in the state, never shown in a message. Default false. */
  readonly secret?: boolean;
  /** A change of it replaces the resource. Default false. */
  readonly replaces?: boolean;
  /** It is not a property of the remote object but steers how we treat it. Default false. */
  readonly local?: boolean;
  /** Why it is deprecated, and what to use instead. */
  readonly deprecated?: string;
}

/** A value that is not of the type that its field has. */
export interface Mistyped {
  /** Where it is. */
  readonly path: Path;
  /** What has to be there, such as "a text". */
  readonly expected: string;
  /** What is there instead, such as "a number". It never quotes the value. */
  readonly actual: string;
}

/** `"kept"`: no longer declared, the live value stays. Otherwise the value that takes its place. */
export type Reset = "kept" | { readonly to: Value | undefined };

/**
 * A kind of field, and all that depends on the kind. Nothing else in the code knows how a kind checks, compares or
 * merges.
 */
export interface Field<T = unknown> {
  /** What kind of field it is, in words, for the documentation. */
  readonly doc: string;
  /** What was said about this field. */
  readonly modifiers: Modifiers;
  /** An instruction to the provider, such as `adopt`: never a difference, never in the state. */
  readonly instruction: boolean;
  /** A vendor's key: sent when it changed, never compared with what is read. */
  readonly unread: boolean;
  /** Its entries merge one by one, also where the field sits inside another one. */
  readonly nested: boolean;
  /** What happens when it is no longer declared. */
  readonly reset: Reset;
  /** Whether, with these inputs, others have members here too, who are neither touched nor shown. Absent: never. */
  readonly sharedIn?: (inputs: Values) => boolean;
  /**
   * Reports mistakes and gives the canonical form, `undefined` for a value that counts as not declared. It never looks
   * through something unknown.
   */
  check(value: Value, path: Path, report: CheckReport): Value | undefined;
  /** What in a stored value is not of the type that it must have. Rules beyond the type do not count. */
  mistyped(value: Value, path: Path): Mistyped[];
  /** The canonical form of an observed value; `undefined` where there is none. */
  canonical(observed: Value | undefined): Value | undefined;
  /** Whether two canonical values mean the same. Nothing equals the kind's empty value. Unknown equals nothing. */
  equal(one: Value | undefined, other: Value | undefined): boolean;
  /** What of the observed value belongs into inputs that declare `declared`. */
  project(observed: Value | undefined, declared: Value | undefined, inputs: Values): Value | undefined;
  /** The value to have: the program's change where it made one, else what is live. */
  merge(three: ThreeWay, path: Path, notes: MergeNotes, inputs: Values): Value | undefined;
  /** The declared or no longer declared paths at which what was seen is not what was wished for. */
  differences(desired: Value | undefined, seen: Value | undefined, three: ThreeWay, path: Path, inputs: Values): Path[];
  /** Carries the type of the program's value; never set. */
  readonly typeOfValue?: T;
}

/** The inputs of a resource by name. */
export type Fields = Readonly<Record<string, Field>>;

/** The fields of a definition that have a remote value or steer one, by name. Every operation on every resource asks for them. */
export const fieldsOf = memoize((fields: Fields): readonly (readonly [string, Field])[] =>
  Object.entries(fields).filter(([, field]) => !field.instruction),
);

/** The type of a field's value. */
export type ValueOf<F> = F extends Field<infer T> ? T : never;

/** What a program's checked inputs look like to a definition. */
export type InputsOf<F extends Fields> = { readonly [K in keyof F]?: ValueOf<F[K]> };

/**
 * The three-way merge of a value that is taken or left as a whole.
 * @param field Its kind.
 * @param three The three sides.
 * @param path Where it is.
 * @param notes Where to say what was kept, and what conflicts.
 */
export function mergeWhole(field: Field, three: ThreeWay, path: Path, notes: MergeNotes): Value | undefined {
  const { base, live } = three;
  const target = targetOf(field, three);
  if (target === "live") return live;
  const unchanged = base !== undefined && field.equal(base, target.to);
  if (unchanged && !field.equal(live, target.to)) notes.kept(path, "was changed");
  if (unchanged) return live;
  const changedElsewhere = base !== undefined && !field.equal(live, base) && !field.equal(live, target.to);
  if (changedElsewhere) notes.conflict(path);
  return target.to;
}

/**
 * Whether a value that is taken as a whole became what was wished for; paths nobody declares are not looked at.
 * @param field Its kind.
 * @param desired What it should be.
 * @param seen What it is.
 * @param three The sides of the merge that led to the wish.
 * @param path Where it is.
 */
export function wholeDifferences(
  field: Field,
  desired: Value | undefined,
  seen: Value | undefined,
  three: ThreeWay,
  path: Path,
): Path[] {
  return targetOf(field, three) === "live" || field.equal(desired, seen) ? [] : [path];
}

function targetOf(field: Field, { base, declared }: ThreeWay): "live" | { to: Value | undefined } {
  if (declared !== undefined) return { to: declared };
  if (base === undefined || field.reset === "kept") return "live";
  return field.reset;
}
