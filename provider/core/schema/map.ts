import type { CheckReport, Field, MergeNotes, Mistyped, Modifiers, ThreeWay } from "./field";
import { sidesAt } from "./merge";
import { mistypedAs } from "./mistyped";
import {
  containsUnknown,
  definedEntries,
  entryOf,
  isValueMap,
  type Path,
  pathText,
  type Value,
  type ValueMap,
  type Values,
} from "./values";

/** Options of a map. */
export interface MapOptions extends Modifiers {
  /** Checks a key. Returns the mistake as the rest of a sentence, `undefined` for a correct key. Default: any key is correct. */
  readonly key?: (key: string) => string | undefined;
}

/**
 * A map from the vendor's keys to entries. It merges entry by entry. No longer declared, the live entries stay; only an
 * explicit `{}` removes the entries that the state held.
 * @param entry The field of an entry.
 * @param options The options.
 */
export function map<T, Written = T>(
  entry: Field<T, Written>,
  options: MapOptions = {},
): Field<Record<string, T>, Record<string, Written>> {
  return {
    doc: `map to ${entry.doc}`,
    modifiers: options,
    nested: true,
    reset: "live",
    each: entry,
    check: (value, path, report) => checkMap(entry, options.key, value, path, report),
    mistyped: (value, path) => mistypedMap(entry, value, path),
    canonical: (value) => canonicalMap(entry, value),
    equal: (one, other) => areEqualMaps(entry, one, other),
    project(observed, declared, inputs) {
      if (declared === undefined) return undefined;
      const entries = keysOf(observed).map((key) => {
        const current = entryOf(observed, key);
        return [key, entry.project(current, entryOf(declared, key) ?? current, inputs)] as const;
      });
      return definedEntries(entries);
    },
    merge(three, path, notes, inputs) {
      if (three.declared === undefined) return three.live;
      const isManaged = three.base !== undefined;
      const entries = keysOf(three.live, three.base, three.declared).map((key) => {
        const sides = sidesAt(three, key);
        return [key, mergeEntry(entry, { ...sides, path: [...path, key], notes, inputs, isManaged })] as const;
      });
      return definedEntries(entries);
    },
    differences(desired, observed, three, path, inputs) {
      if (three.declared === undefined) return [];
      return keysOf(three.declared, three.base).flatMap((key) => {
        const [desiredEntry, observedEntry] = [entryOf(desired, key), entryOf(observed, key)];
        const at = [...path, key];
        if (desiredEntry === undefined || observedEntry === undefined)
          return desiredEntry === observedEntry ? [] : [at];
        return entry.differences(desiredEntry, observedEntry, sidesAt(three, key), at, inputs);
      });
    },
  };
}

function keysOf(...sides: (Value | undefined)[]): string[] {
  return [...new Set(sides.flatMap((side) => (isValueMap(side) ? Object.keys(side) : [])))];
}

function checkMap(entry: Field, checkKey: MapOptions["key"], value: Value, path: Path, report: CheckReport): Value {
  if (!isValueMap(value)) {
    if (!containsUnknown(value)) report.fail(path, `${pathText(path)} must be an object with keys.`);
    return value;
  }
  const entries = keysOf(value).map((key) => {
    const at = [...path, key];
    const mistake = checkKey?.(key);
    if (mistake !== undefined) report.fail(at, `${pathText(at)}: ${mistake}`);
    const given = entryOf(value, key);
    return [key, given === undefined ? undefined : entry.check(given, at, report)] as const;
  });
  return definedEntries(entries);
}

function mistypedMap(entry: Field, value: Value, path: Path): Mistyped[] {
  if (!isValueMap(value)) return mistypedAs(value, path, "an object with keys");
  return Object.entries(value).flatMap(([key, each]) => entry.mistyped(each, [...path, key]));
}

function canonicalMap(entry: Field, value: Value | undefined): ValueMap | undefined {
  if (!isValueMap(value)) return undefined;
  const keys = Object.keys(value).sort((one, other) => (one < other ? -1 : 1));
  return definedEntries(keys.map((key) => [key, entry.canonical(entryOf(value, key))]));
}

function areEqualMaps(entry: Field, one: Value | undefined, other: Value | undefined): boolean {
  const [left, right] = [one, other].map((side) => (isValueMap(side) ? side : {}));
  const isMissing = (key: string) => entryOf(left, key) === undefined;
  const isEqual = (key: string) => {
    const [ours, theirs] = [entryOf(left, key), entryOf(right, key)];
    return ours !== undefined && theirs !== undefined && entry.equal(ours, theirs);
  };
  if (keysOf(right).some(isMissing) || !keysOf(left).every(isEqual)) return false;
  return !containsUnknown(one) && !containsUnknown(other);
}

/** The merge of one entry: its three sides, and the whole that it belongs to. */
interface EntryMerge extends ThreeWay {
  readonly path: Path;
  readonly notes: MergeNotes;
  readonly inputs: Values;
  /** The state has the map, so each live entry that it lacks was added elsewhere. */
  readonly isManaged: boolean;
}

function mergeEntry(entry: Field, sides: EntryMerge): Value | undefined {
  if (sides.declared === undefined) {
    return sides.base === undefined ? undeclaredEntry(sides) : removedEntry(entry, sides);
  }
  return sides.base === undefined
    ? addedEntry(entry, sides, sides.declared)
    : declaredEntry(entry, sides, sides.declared, sides.base);
}

/** The program declares the entry, as before. */
function declaredEntry(entry: Field, sides: EntryMerge, declared: Value, base: Value): Value | undefined {
  const { live, path, notes, inputs } = sides;
  if (live !== undefined) return entry.merge(sides, path, notes, inputs);
  if (entry.equal(base, declared)) {
    notes.unplanned(path, "was removed");
    return undefined;
  }
  notes.conflict(path);
  return declared;
}

/** The program declares the entry for the first time. */
function addedEntry(entry: Field, sides: EntryMerge, declared: Value): Value | undefined {
  const { live, path, notes, inputs, isManaged } = sides;
  if (live === undefined) return declared;
  const isOther = !entry.equal(entry.project(live, declared, inputs), declared);
  if (isManaged && isOther) notes.conflict(path);
  return entry.merge(sides, path, notes, inputs);
}

/** The program no longer declares the entry. */
function removedEntry(entry: Field, { base, live, path, notes, inputs }: EntryMerge): undefined {
  if (live !== undefined && !entry.equal(entry.project(live, base, inputs), base)) notes.conflict(path);
}

/** The program has never declared the entry. */
function undeclaredEntry({ live, path, notes }: EntryMerge): Value | undefined {
  if (live !== undefined) notes.unplanned(path, "was added");
  return live;
}
