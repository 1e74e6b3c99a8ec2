import type { CheckReport, Field, Mistyped, Modifiers, ThreeWay } from "./field";
import { mistypedAs } from "./mistyped";
import { containsUnknown, type Path, pathText, type Value, type Values } from "./values";

/** Options of a set. */
export interface SetOptions extends Modifiers {
  /** Tells from the inputs if others manage members of this set too. Theirs are never changed or shown. Default: never. */
  readonly sharedWhen?: (inputs: Values) => boolean;
  /** Members are removed when the set is no longer declared, instead of staying. For a set inside a map entry. Default: false. */
  readonly cleared?: boolean;
}

/**
 * A set of scalars: order and repetition do not matter. As a field of a resource it merges member by member; inside a map
 * entry, as a whole. No longer declared, the live members stay.
 * @param member The field of a member.
 * @param options The options.
 */
export function set<T, Written = T>(member: Field<T, Written>, options: SetOptions = {}): Field<T[], Written[]> {
  const isShared = (inputs: Values) => options.sharedWhen?.(inputs) ?? false;
  const membersOf = (value: Value | undefined): readonly Value[] => canonicalSet(member, value) ?? [];
  return {
    doc: `set of ${member.doc}`,
    modifiers: options,
    reset: options.cleared ? { to: [] } : "live",
    sharedIn: isShared,
    each: member,
    check: (value, path, report) => checkSet(member, value, path, report),
    mistyped: (value, path) => mistypedSet(member, value, path),
    canonical: (value) => canonicalSet(member, value),
    equal: (one, other) => areEqualSets(member, one, other),
    project(observed, declared, inputs) {
      if (declared === undefined) return undefined;
      const members = new Set(membersOf(observed));
      return isShared(inputs) ? membersOf(declared).filter((each) => members.has(each)) : [...members];
    },
    merge({ base, declared, live }, path, notes, inputs) {
      if (declared === undefined) return live;
      const sides = {
        base: base === undefined ? undefined : membersOf(base),
        declared: membersOf(declared),
        live: membersOf(live),
      };
      return mergeMembers(sides, (each, change) => {
        if (!isShared(inputs) || change === "was removed") notes.unplanned([...path, String(each)], change);
      });
    },
    differences(desired, observed, { base, declared }, path, inputs) {
      if (declared === undefined) return [];
      const managed = new Set([...membersOf(declared), ...membersOf(base)]);
      const different = differentMembers(membersOf(desired), membersOf(observed));
      const counted = isShared(inputs) ? different.filter((each) => managed.has(each)) : different;
      return counted.map((each) => [...path, String(each)]);
    },
  };
}

function canonicalSet(member: Field, value: Value | undefined): readonly Value[] | undefined {
  if (!Array.isArray(value)) return undefined;
  if (containsUnknown(value)) return value;
  const members = value.map((each: Value) => member.canonical(each)).filter((each) => each !== undefined);
  return [...new Set(members)].sort();
}

function checkSet(member: Field, value: Value, path: Path, report: CheckReport): Value {
  if (!Array.isArray(value)) {
    if (!containsUnknown(value)) report.fail(path, `${pathText(path)} must be a list of ${member.doc}s.`);
    return value;
  }
  const checked = value
    .map((each: Value, index) => member.check(each, [...path, index], report))
    .filter((each) => each !== undefined);
  return containsUnknown(checked) ? checked : (canonicalSet(member, checked) ?? checked);
}

function mistypedSet(member: Field, value: Value, path: Path): Mistyped[] {
  if (!Array.isArray(value)) return mistypedAs(value, path, `a list of ${member.doc}s`);
  // The API may answer null in place of a member.
  return value.flatMap((each: Value, index) => (each === null ? [] : member.mistyped(each, [...path, index])));
}

function areEqualSets(member: Field, one: Value | undefined, other: Value | undefined): boolean {
  if (areListedAlike(one, other)) return true;
  if (containsUnknown(one) || containsUnknown(other)) return false;
  const [left, right] = [canonicalSet(member, one) ?? [], canonicalSet(member, other) ?? []];
  return left.length === right.length && left.every((each, index) => each === right[index]);
}

/** A shortcut for equal lists in the same order: sorting dominates the time of a comparison. */
function areListedAlike(one: Value | undefined, other: Value | undefined): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((each: Value, at) => typeof each !== "object" && each === other[at]);
}

type Members = { readonly [Side in keyof ThreeWay]: readonly Value[] | undefined };

function mergeMembers(
  three: Members,
  unplanned: (member: Value, change: "was added" | "was removed") => void,
): readonly Value[] {
  const [base, declared, live] = [new Set(three.base), new Set(three.declared), new Set(three.live)];
  const desired: Value[] = [];
  for (const member of new Set([...declared, ...base, ...live])) {
    const [isDeclared, isLive] = [declared.has(member), live.has(member)];
    const isChangedByProgram = isDeclared !== base.has(member);
    if (!isChangedByProgram && isDeclared !== isLive) unplanned(member, isLive ? "was added" : "was removed");
    if (isChangedByProgram ? isDeclared : isLive) desired.push(member);
  }
  return desired.sort();
}

function differentMembers(one: readonly Value[], other: readonly Value[]): Value[] {
  const [left, right] = [new Set(one), new Set(other)];
  return [...new Set([...left, ...right])].filter((each) => left.has(each) !== right.has(each));
}
