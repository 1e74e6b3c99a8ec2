import { type Field, type MergeNotes, type Modifiers, mistypedAs, type ThreeWay } from "./field";
import { sidesAt } from "./merge";
import {
  containsUnknown,
  definedEntries,
  entryOf,
  isValueMap,
  type Path,
  pathText,
  type Value,
  type Values,
} from "./values";

/** Options of a map. */
export interface MapOptions extends Modifiers {
  /** Checks a key. Returns the mistake as the rest of a sentence, `undefined` for a correct key. Default: any key is correct. */
  readonly key?: (key: string) => string | undefined;
}

/**
 * A map from the badge vendor's keys to entries. It merges entry by entry. If it is no longer declared, the entries in Rhombus stay; only an
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
    reset: "keep",
    each: entry,
    check(value, path, report) {
      if (!isValueMap(value)) {
        if (!containsUnknown(value)) report.fail(path, `${pathText(path)} must be an object with keys.`);
        return value;
      }
      return forEach([value], (key) => {
        const at = [...path, key];
        const mistake = options.key?.(key);
        if (mistake !== undefined) report.fail(at, `${pathText(at)}: ${mistake}`);
        const given = entryOf(value, key);
        return given === undefined ? undefined : entry.check(given, at, report);
      });
    },
    mistyped(value, path) {
      if (!isValueMap(value)) return mistypedAs(value, path, "an object with keys");
      return Object.entries(value).flatMap(([key, each]) => entry.mistyped(each, [...path, key]));
    },
    canonical(value) {
      if (!isValueMap(value)) return undefined;
      const keys = Object.keys(value).sort((one, other) => (one < other ? -1 : 1));
      return definedEntries(keys.map((key) => [key, entry.canonical(entryOf(value, key))]));
    },
    equal(one, other) {
      const areEqual = keysOf(one, other).every((key) => {
        const [left, right] = [entryOf(one, key), entryOf(other, key)];
        return left !== undefined && right !== undefined && entry.equal(left, right);
      });
      return areEqual && !containsUnknown(one) && !containsUnknown(other);
    },
    project(observed, declared, inputs) {
      if (declared === undefined) return undefined;
      return forEach([observed], (key) => {
        const current = entryOf(observed, key);
        return entry.project(current, entryOf(declared, key) ?? current, inputs);
      });
    },
    merge(three, path, notes, inputs) {
      if (three.declared === undefined) return three.observed;
      const isMapInState = three.prior !== undefined;
      return forEach([three.observed, three.prior, three.declared], (key) =>
        mergeEntry(entry, sidesAt(three, key), { path: [...path, key], notes, inputs, isMapInState }),
      );
    },
    differences(desired, observed, three, path, inputs) {
      if (three.declared === undefined) return [];
      return keysOf(three.declared, three.prior).flatMap((key) => {
        const [desiredEntry, observedEntry, at] = [entryOf(desired, key), entryOf(observed, key), [...path, key]];
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

function forEach(sides: readonly (Value | undefined)[], toEntry: (key: string) => Value | undefined) {
  return definedEntries(keysOf(...sides).map((key) => [key, toEntry(key)]));
}

/** The surroundings of an entry. */
interface EntryContext {
  readonly path: Path;
  readonly notes: MergeNotes;
  readonly inputs: Values;
  /** The state has the map, so each observed entry that it lacks was added outside Pulumi. */
  readonly isMapInState: boolean;
}

function mergeEntry(
  entry: Field,
  sides: ThreeWay,
  { path, notes, inputs, isMapInState }: EntryContext,
): Value | undefined {
  const { prior, declared, observed } = sides;
  if (declared === undefined) {
    if (observed === undefined) return undefined;
    if (prior === undefined) notes.unplanned(path, "was added");
    else if (!entry.equal(entry.project(observed, prior, inputs), prior)) notes.conflict(path);
    return prior === undefined ? observed : undefined;
  }
  if (observed === undefined) {
    if (prior === undefined) return declared;
    if (!entry.equal(prior, declared)) notes.conflict(path);
    else notes.unplanned(path, "was removed");
    return entry.equal(prior, declared) ? undefined : declared;
  }
  const isAddedTwice = prior === undefined && isMapInState;
  if (isAddedTwice && !entry.equal(entry.project(observed, declared, inputs), declared)) notes.conflict(path);
  return entry.merge(sides, path, notes, inputs);
}
