import { type Field, type Modifiers, mistypedAs } from "./field";
import { containsUnknown, pathText, type Value, type Values } from "./values";

/** Options of a set. */
export interface SetOptions extends Modifiers {
  /** True if members of this set are also managed outside Pulumi. Those are never changed or shown. Default: never. */
  readonly sharedWhen?: (inputs: Values) => boolean;
  /** Members are removed when the set is no longer declared, instead of staying. For a set inside a map entry. Default: false. */
  readonly cleared?: boolean;
}

/**
 * A set of scalars: order and repetition do not matter. As a field of a resource it merges member by member; inside a map
 * entry, as a whole. If it is no longer declared, the members in Rhombus stay.
 * @param member The field of a member.
 * @param options The options.
 */
export function set<T, Written = T>(member: Field<T, Written>, options: SetOptions = {}): Field<T[], Written[]> {
  const isShared = (inputs: Values) => options.sharedWhen?.(inputs) ?? false;
  const canonical = (value: Value | undefined) => canonicalSet(member, value);
  const membersOf = (value: Value | undefined) => new Set(canonical(value));
  return {
    doc: `set of ${member.doc}`,
    modifiers: options,
    reset: options.cleared ? { to: [] } : "keep",
    sharedIn: isShared,
    each: member,
    check(value, path, report) {
      if (!Array.isArray(value)) {
        if (!containsUnknown(value)) report.fail(path, `${pathText(path)} must be a list of ${member.doc}s.`);
        return value;
      }
      const checked = value
        .map((each: Value, index) => member.check(each, [...path, index], report))
        .filter((each) => each !== undefined);
      return canonical(checked);
    },
    mistyped(value, path) {
      if (!Array.isArray(value)) return mistypedAs(value, path, `a list of ${member.doc}s`);
      // The API may answer null in place of a member.
      return value.flatMap((each: Value, index) => (each === null ? [] : member.mistyped(each, [...path, index])));
    },
    canonical,
    equal(one, other) {
      if (areListedAlike(one, other)) return true;
      if (containsUnknown(one) || containsUnknown(other)) return false;
      return differentMembers(membersOf(one), membersOf(other)).length === 0;
    },
    project(observed, declared, inputs) {
      if (declared === undefined) return undefined;
      const members = membersOf(observed);
      return isShared(inputs) ? [...membersOf(declared)].filter((each) => members.has(each)) : [...members];
    },
    merge(three, path, notes, inputs) {
      if (three.declared === undefined) return three.observed;
      const [prior, declared, observed] = [
        membersOf(three.prior),
        membersOf(three.declared),
        membersOf(three.observed),
      ];
      const desired = [...new Set([...declared, ...prior, ...observed])].filter((each) => {
        const [isDeclared, isObserved] = [declared.has(each), observed.has(each)];
        if (isDeclared !== prior.has(each)) return isDeclared;
        const isOthers = isObserved && isShared(inputs);
        if (isDeclared !== isObserved && !isOthers)
          notes.unplanned([...path, String(each)], isObserved ? "was added" : "was removed");
        return isObserved;
      });
      return desired.sort();
    },
    differences(desired, observed, { prior, declared }, path, inputs) {
      if (declared === undefined) return [];
      const managed = new Set([...membersOf(declared), ...membersOf(prior)]);
      return differentMembers(membersOf(desired), membersOf(observed))
        .filter((each) => managed.has(each) || !isShared(inputs))
        .map((each) => [...path, String(each)]);
    },
  };
}

function canonicalSet(member: Field, value: Value | undefined): readonly Value[] | undefined {
  if (!Array.isArray(value)) return undefined;
  if (containsUnknown(value)) return value;
  const members = value.map((each: Value) => member.canonical(each)).filter((each) => each !== undefined);
  return [...new Set(members)].sort();
}

/** A shortcut for equal lists in the same order: sorting dominates the time of a comparison. */
function areListedAlike(one: Value | undefined, other: Value | undefined): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((each: Value, at) => typeof each !== "object" && each === other[at]);
}

function differentMembers(left: ReadonlySet<Value>, right: ReadonlySet<Value>): Value[] {
  return [...new Set([...left, ...right])].filter((each) => left.has(each) !== right.has(each));
}
