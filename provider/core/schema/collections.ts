import {
  type CheckReport,
  type Field,
  type Fields,
  type InputsOf,
  type MergeNotes,
  type Mistyped,
  type Modifiers,
  mergeWhole,
  type ThreeWay,
  wholeDifferences,
} from "./field";
import { nearestName } from "./suggestions";
import {
  containsUnknown,
  entryOf,
  isValueMap,
  kindOfValue,
  type Path,
  pathText,
  UNKNOWN,
  type Value,
  type ValueMap,
  type Values,
} from "./values";

/** What may be said about a set. */
export interface SetOptions extends Modifiers {
  /** When true, others have members here too: theirs are never touched and never shown. Default: never. */
  readonly sharedWhen?: (inputs: Values) => boolean;
  /** No longer declared, the members are removed instead of left alone. For a set inside a map entry. Default false. */
  readonly cleared?: boolean;
}

/**
 * A set of scalars: order and repetition do not matter. As a field of a resource it merges member by member, inside a
 * map entry as a whole. No longer declared, the live members stay.
 * @param member The kind of its members.
 * @param options What is said about it.
 */
export function set<T>(member: Field<T>, options: SetOptions = {}): Field<T[]> {
  const canonical = (value: Value | undefined) => {
    if (!Array.isArray(value)) return undefined;
    if (containsUnknown(value)) return value;
    const members = value.map((each: Value) => member.canonical(each)).filter((each) => each !== undefined);
    return [...new Set(members)].sort();
  };
  const membersOf = (value: Value | undefined): readonly Value[] => canonical(value) ?? [];
  const shared = (inputs: Values) => options.sharedWhen?.(inputs) ?? false;
  const field: Field<T[]> = {
    doc: `set of ${member.doc}`,
    modifiers: options,
    instruction: false,
    unread: false,
    nested: false,
    reset: options.cleared ? { to: [] } : "kept",
    sharedIn: shared,
    check(value, path, report) {
      if (!Array.isArray(value)) {
        if (!containsUnknown(value)) report.fail(path, `${pathText(path)} must be a list of ${member.doc}s.`);
        return value;
      }
      const checked = value
        .map((each: Value, index) => member.check(each, [...path, index], report))
        .filter((each) => each !== undefined);
      return containsUnknown(checked) ? checked : (canonical(checked) ?? checked);
    },
    mistyped(value, path) {
      if (!Array.isArray(value)) return wrongType(value, path, `a list of ${member.doc}s`);
      // The vendor may list nothing in the place of a member.
      return value.flatMap((each: Value, index) => (each === null ? [] : member.mistyped(each, [...path, index])));
    },
    canonical,
    equal(one, other) {
      if (areListedAlike(one, other)) return true;
      if (containsUnknown(one) || containsUnknown(other)) return false;
      const [left, right] = [membersOf(one), membersOf(other)];
      return left.length === right.length && left.every((each, index) => each === right[index]);
    },
    project(observed, declared, inputs) {
      if (declared === undefined) return undefined;
      const members = new Set(membersOf(observed));
      return shared(inputs) ? membersOf(declared).filter((each) => members.has(each)) : [...members];
    },
    merge(three, path, notes, inputs) {
      if (three.declared === undefined) return three.live;
      return mergeMembers(
        {
          base: three.base === undefined ? undefined : membersOf(three.base),
          declared: membersOf(three.declared),
          live: membersOf(three.live),
        },
        (each, what) => {
          if (!shared(inputs) || what === "was removed") notes.kept([...path, String(each)], what);
        },
      );
    },
    differences(desired, seen, three, path, inputs) {
      if (three.declared === undefined) return [];
      const ours = new Set([...membersOf(three.declared), ...membersOf(three.base)]);
      const [asked, got] = [new Set(membersOf(desired)), new Set(membersOf(seen))];
      const wrong = [...new Set([...asked, ...got])].filter((each) => asked.has(each) !== got.has(each));
      const counted = shared(inputs) ? wrong.filter((each) => ours.has(each)) : wrong;
      return counted.map((each) => [...path, String(each)]);
    },
  };
  return field;
}

function wrongType(value: Value, path: Path, expected: string): Mistyped[] {
  return value === UNKNOWN ? [] : [{ path, expected, actual: kindOfValue(value) }];
}

/** Sorting is what takes the time; two lists in one order need none. */
function areListedAlike(one: Value | undefined, other: Value | undefined): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((each: Value, at) => typeof each !== "object" && each === other[at]);
}

function mergeMembers(
  three: { base: readonly Value[] | undefined; declared: readonly Value[]; live: readonly Value[] },
  kept: (member: Value, what: string) => void,
): Value[] {
  const sides = { base: new Set(three.base), declared: new Set(three.declared), live: new Set(three.live) };
  const desired: Value[] = [];
  for (const member of new Set([...sides.declared, ...sides.base, ...sides.live])) {
    const declared = sides.declared.has(member);
    const live = sides.live.has(member);
    const programChanged = declared !== sides.base.has(member);
    if (!programChanged && declared !== live) kept(member, live ? "was added" : "was removed");
    if (programChanged ? declared : live) desired.push(member);
  }
  return desired.sort();
}

/** What may be said about a map. */
export interface MapOptions extends Modifiers {
  /** Says what is wrong with a key; `undefined` when nothing is. */
  readonly key?: (key: string) => string | undefined;
}

/**
 * A map from the vendor's keys to entries. It merges entry by entry. No longer declared, the live entries stay; only an
 * explicit `{}` removes what the state held.
 * @param entry The kind of its entries.
 * @param options What is said about it.
 */
export function map<T>(entry: Field<T>, options: MapOptions = {}): Field<Record<string, T>> {
  const canonical = (value: Value | undefined): ValueMap | undefined => {
    if (!isValueMap(value)) return undefined;
    const entries = Object.keys(value).map((key): [string, Value | undefined] => [
      key,
      entry.canonical(entryOf(value, key)),
    ]);
    return fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  };
  const keysOf = (...sides: (Value | undefined)[]) => [
    ...new Set(sides.flatMap((side) => (isValueMap(side) ? Object.keys(side) : []))),
  ];
  return {
    doc: `map to ${entry.doc}`,
    modifiers: options,
    instruction: false,
    unread: false,
    nested: true,
    reset: "kept",
    check(value, path, report) {
      if (!isValueMap(value)) {
        if (!containsUnknown(value)) report.fail(path, `${pathText(path)} must be an object with keys.`);
        return value;
      }
      return fromEntries(
        keysOf(value).map((key) => {
          const reason = options.key?.(key);
          if (reason !== undefined) report.fail([...path, key], `${pathText([...path, key])}: ${reason}`);
          const given = entryOf(value, key);
          return [key, given === undefined ? undefined : entry.check(given, [...path, key], report)];
        }),
      );
    },
    mistyped(value, path) {
      if (!isValueMap(value)) return wrongType(value, path, "an object with keys");
      return Object.entries(value).flatMap(([key, each]) => entry.mistyped(each, [...path, key]));
    },
    canonical,
    equal(one, other) {
      const [left, right] = [one, other].map((side) => (isValueMap(side) ? side : {}));
      const isMissing = (key: string) => entryOf(left, key) === undefined;
      const isEqual = (key: string) => {
        const [ours, theirs] = [entryOf(left, key), entryOf(right, key)];
        return ours !== undefined && theirs !== undefined && entry.equal(ours, theirs);
      };
      if (keysOf(right).some(isMissing) || !keysOf(left).every(isEqual)) return false;
      return !containsUnknown(one) && !containsUnknown(other);
    },
    project(observed, declared, inputs) {
      if (declared === undefined) return undefined;
      return fromEntries(
        keysOf(observed).map((key) => {
          const seen = entryOf(observed, key);
          return [key, entry.project(seen, entryOf(declared, key) ?? seen, inputs)];
        }),
      );
    },
    merge(three, path, notes, inputs) {
      if (three.declared === undefined) return three.live;
      const desired = keysOf(three.live, three.base, three.declared).map((key): [string, Value | undefined] => [
        key,
        mergeEntry(entry, { three, key, path: [...path, key], notes, inputs }),
      ]);
      return fromEntries(desired);
    },
    differences(desired, seen, three, path, inputs) {
      if (three.declared === undefined) return [];
      return keysOf(three.declared, three.base).flatMap((key) => {
        const [asked, got] = [entryOf(desired, key), entryOf(seen, key)];
        const at = [...path, key];
        if (asked === undefined || got === undefined) return asked === got ? [] : [at];
        return entry.differences(asked, got, sidesAt(three, key), at, inputs);
      });
    },
  };
}

interface EntryMerge {
  readonly three: ThreeWay;
  readonly key: string;
  readonly path: Path;
  readonly notes: MergeNotes;
  readonly inputs: Values;
}

function mergeEntry(entry: Field, { three, key, path, notes, inputs }: EntryMerge): Value | undefined {
  const sides = sidesAt(three, key);
  const { base, declared, live } = sides;
  const managed = three.base !== undefined;
  if (declared !== undefined && base !== undefined) {
    if (live !== undefined) return entry.merge(sides, path, notes, inputs);
    const unchanged = entry.equal(base, declared);
    if (unchanged) notes.kept(path, "was removed");
    else notes.conflict(path);
    return unchanged ? undefined : declared;
  }
  if (declared !== undefined) {
    const taken = live !== undefined && !entry.equal(entry.project(live, declared, inputs), declared);
    if (managed && taken) notes.conflict(path);
    return live === undefined ? declared : entry.merge(sides, path, notes, inputs);
  }
  if (base === undefined) {
    if (live !== undefined) notes.kept(path, "was added");
    return live;
  }
  if (live !== undefined && !entry.equal(entry.project(live, base, inputs), base)) notes.conflict(path);
  return undefined;
}

function sidesAt(three: ThreeWay, key: string): ThreeWay {
  return { base: entryOf(three.base, key), declared: entryOf(three.declared, key), live: entryOf(three.live, key) };
}

/**
 * An object with named fields, all optional. Properties the vendor adds and we do not know are kept as they are.
 * @param fields Its fields.
 * @param modifiers What is said about it.
 */
export function object<F extends Fields>(fields: F, modifiers: Modifiers = {}): Field<InputsOf<F>> {
  const named: readonly (readonly [string, Field])[] = Object.entries(fields);
  const known = (name: string) => Object.hasOwn(fields, name);
  const fromNamed = (valueAt: (name: string, field: Field) => Value | undefined): ValueMap => {
    const values: Record<string, Value> = {};
    for (const [name, field] of named) {
      const value = valueAt(name, field);
      if (value !== undefined) values[name] = value;
    }
    return values;
  };
  const unknownOf = (value: Value | undefined): ValueMap => {
    if (!isValueMap(value) || Object.keys(value).every(known)) return {};
    return fromEntries(Object.entries(value).filter(([name]) => !known(name)));
  };
  return {
    doc: "object",
    modifiers,
    instruction: false,
    unread: false,
    nested: true,
    reset: "kept",
    check(value, path, report) {
      if (!isValueMap(value)) {
        if (!containsUnknown(value)) report.fail(path, `${pathText(path)} must be an object.`);
        return value;
      }
      for (const name of Object.keys(value))
        if (!known(name)) reportUnknownName(name, Object.keys(fields), path, report);
      return fromNamed((name, field) => {
        const given = entryOf(value, name);
        return given === undefined || given === null ? undefined : field.check(given, [...path, name], report);
      });
    },
    mistyped(value, path) {
      if (!isValueMap(value)) return wrongType(value, path, "an object");
      return named.flatMap(([name, field]) => {
        const given = entryOf(value, name);
        return given === undefined ? [] : field.mistyped(given, [...path, name]);
      });
    },
    canonical(value) {
      if (!isValueMap(value)) return undefined;
      return { ...unknownOf(value), ...fromNamed((name, field) => field.canonical(entryOf(value, name))) };
    },
    equal(one, other) {
      if (one === UNKNOWN || other === UNKNOWN) return false;
      return named.every(([name, field]) => field.equal(entryOf(one, name), entryOf(other, name)));
    },
    project(observed, declared, inputs) {
      if (declared === undefined) return undefined;
      return fromNamed((name, field) => field.project(entryOf(observed, name), entryOf(declared, name), inputs));
    },
    merge(three, path, notes, inputs) {
      if (three.declared === undefined) return three.live;
      const merged = fromNamed((name, field) => {
        const sides = sidesAt(three, name);
        const at = [...path, name];
        return field.nested ? field.merge(sides, at, notes, inputs) : mergeWhole(field, sides, at, notes);
      });
      return { ...unknownOf(three.live), ...merged };
    },
    differences(desired, seen, three, path, inputs) {
      if (three.declared === undefined) return [];
      return named.flatMap(([name, field]) => {
        const [asked, got, sides] = [entryOf(desired, name), entryOf(seen, name), sidesAt(three, name)];
        const at = [...path, name];
        if (field.nested) return field.differences(asked, got, sides, at, inputs);
        return wholeDifferences(field, asked, got, sides, at);
      });
    },
  };
}

/**
 * Reports a property that a resource or an entry does not have, with the nearest name that it has.
 * @param name The property.
 * @param names The names that exist.
 * @param path Where it was written.
 * @param report Where to say it.
 */
export function reportUnknownName(name: string, names: readonly string[], path: Path, report: CheckReport): void {
  const at = pathText([...path, name]);
  const nearest = nearestName(name, names);
  const remedy = nearest === undefined ? `The properties are ${names.join(", ")}.` : `Did you mean "${nearest}"?`;
  report.fail([...path, name], `${at} is not a property here. ${remedy}`);
}

function fromEntries(entries: readonly (readonly [string, Value | undefined])[]): ValueMap {
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => entry[1] !== undefined));
}
