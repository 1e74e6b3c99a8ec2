import type { Behaviours } from "./behaviours";

/** Settings that a write may change one by one. */
type Settings = object;

/** Settings in a request: omitted, null or a value. */
export type Sent<S extends Settings> = { readonly [Name in keyof S]?: S[Name] | null };

/**
 * Applies one setting of a write by {@link Behaviours.settingsWrites} and {@link Behaviours.nulls}. `current` is the
 * stored value, undefined on the first write; `fallback` is the default.
 */
export function applySetting<Value>(
  sent: Value | null | undefined,
  current: Value | undefined,
  fallback: Value,
  behaviours: Behaviours,
): Value {
  const stored = current === undefined ? fallback : current;
  if (sent === undefined) return behaviours.settingsWrites === "merge" ? stored : fallback;
  if (sent === null) return behaviours.nulls === "keeps" ? stored : fallback;
  return sent;
}

/** The stored form of a free text, by {@link Behaviours.texts}. */
export function storedText<Text extends string | null | undefined>(
  sent: Text,
  { texts }: Pick<Behaviours, "texts">,
): Text | string {
  if (typeof sent !== "string" || texts === "kept") return sent;
  return sent
    .normalize("NFC")
    .replace(/\r\n|\r/g, "\n")
    .trim();
}

/** Applies each setting that has a default in `fallbacks`, as {@link applySetting} does. */
export function applySettings<S extends Settings>(
  sent: Sent<S>,
  current: S | undefined,
  fallbacks: S,
  behaviours: Behaviours,
): S {
  const stored = { ...fallbacks };
  for (const name of namesOf(fallbacks)) {
    stored[name] = applySetting<S[keyof S]>(sent[name], current?.[name], fallbacks[name], behaviours);
  }
  return stored;
}

/**
 * Applies the server-owned fields of a write by {@link Behaviours.serverFieldsOmitted}: those that are sent are stored,
 * those that are omitted stay or are set to `wiped`. `generated` contains the values of a first write.
 */
export function applyServerFields<S extends { readonly [Name in keyof S]: string | number | null }>(
  sent: Sent<S>,
  current: S | undefined,
  generated: S,
  wiped: S,
  behaviours: Behaviours,
): S {
  const stored = { ...(current ?? generated) };
  for (const name of namesOf(stored)) {
    const value = sent[name];
    const isWiped = value === undefined ? behaviours.serverFieldsOmitted === "wiped" : behaviours.nulls === "clears";
    if (value !== undefined && value !== null) stored[name] = value;
    else if (current && isWiped) stored[name] = wiped[name];
  }
  return stored;
}

/**
 * Applies a map of a write to the stored one by {@link Behaviours.mapWrites}, {@link Behaviours.settingsWrites} (map
 * omitted) and {@link Behaviours.nulls}. `apply` turns a sent entry into a stored one.
 */
export function applyMap<Entry, Stored>(
  sent: ReadonlyMap<string, Entry | null> | null | undefined,
  current: ReadonlyMap<string, Stored>,
  behaviours: Behaviours,
  apply: (entry: Entry, stored: Stored | undefined, key: string) => Stored,
): ReadonlyMap<string, Stored> {
  if (sent === undefined) return behaviours.settingsWrites === "merge" ? current : new Map();
  if (sent === null) return behaviours.nulls === "keeps" ? current : new Map();
  const result = new Map(behaviours.mapWrites === "merge" ? current : []);
  for (const [key, entry] of sent) {
    const stored = current.get(key);
    if (entry !== null) result.set(key, apply(entry, stored, key));
    else if (behaviours.nulls === "keeps" && stored !== undefined) result.set(key, stored);
    else result.delete(key);
  }
  return result;
}

/**
 * Splits a sent map of doors or places by {@link Behaviours.failedDoors}: `known` are the entries to write, `unknown` the keys
 * that the account at the badge vendor does not have.
 */
export function splitKnown<Entry>(
  sent: ReadonlyMap<string, Entry> | null | undefined,
  isKnown: (key: string) => boolean,
  behaviours: Behaviours,
): { known: ReadonlyMap<string, Entry> | null | undefined; unknown: string[] } {
  if (!sent || !behaviours.failedDoors) return { known: sent, unknown: [] };
  // Null removes an entry, which is allowed for keys that the account no longer has.
  const unknown = [...sent].flatMap(([key, entry]) => (entry === null || isKnown(key) ? [] : [key]));
  return { known: new Map([...sent].filter(([key]) => !unknown.includes(key))), unknown };
}

function namesOf<S extends Settings>(settings: S): (keyof S)[] {
  // Callers pass literals, which have no keys besides those of their type.
  return Object.keys(settings) as (keyof S)[];
}
