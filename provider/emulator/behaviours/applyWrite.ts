import type { Behaviours } from "./behaviours";

/** A row of settings with no further structure: what a write may change one by one. */
type Settings = object;

/** The same settings as a request carries them: left out, null or a value. */
export type Sent<S extends Settings> = { readonly [Name in keyof S]?: S[Name] | null };

/**
 * What a setting is after a write, as {@link Behaviours.settingsWrites} and {@link Behaviours.nulls} say:
 * `current` is what was stored (undefined on the first write), `fallback` the default.
 */
export function landSetting<Value>(
  sent: Value | null | undefined,
  current: Value | undefined,
  fallback: Value,
  behaviours: Behaviours,
): Value {
  const kept = current === undefined ? fallback : current;
  if (sent === undefined) return behaviours.settingsWrites === "merge" ? kept : fallback;
  if (sent === null) return behaviours.nulls === "keeps" ? kept : fallback;
  return sent;
}

/** A free text as a write stores it, as {@link Behaviours.texts} says. */
export function landText<Text extends string | null | undefined>(
  sent: Text,
  { texts }: Pick<Behaviours, "texts">,
): Text | string {
  if (typeof sent !== "string" || texts === "kept") return sent;
  return sent
    .normalize("NFC")
    .replace(/\r\n|\r/g, "\n")
    .trim();
}

/** {@link landSetting} for each setting that has a default in `fallbacks`. */
export function landSettings<S extends Settings>(
  sent: Sent<S>,
  current: S | undefined,
  fallbacks: S,
  behaviours: Behaviours,
): S {
  const landed = { ...fallbacks };
  for (const name of namesOf(fallbacks)) {
    landed[name] = landSetting<S[keyof S]>(sent[name], current?.[name], fallbacks[name], behaviours);
  }
  return landed;
}

/**
 * What server-owned fields are after a write, as {@link Behaviours.serverFieldsOmitted} says: those sent are stored, those
 * left out stay or are wiped to null. `generated` holds what the first write makes.
 */
export function landServerFields<S extends { readonly [Name in keyof S]: string | number | null }>(
  sent: Sent<S>,
  current: S | undefined,
  generated: S,
  wiped: S,
  behaviours: Behaviours,
): S {
  const landed = { ...(current ?? generated) };
  for (const name of namesOf(landed)) {
    const value = sent[name];
    const isWiped = value === undefined ? behaviours.serverFieldsOmitted === "wiped" : behaviours.nulls === "clears";
    if (value !== undefined && value !== null) landed[name] = value;
    else if (current && isWiped) landed[name] = wiped[name];
  }
  return landed;
}

/**
 * What a map is after a write, as {@link Behaviours.mapWrites}, {@link Behaviours.settingsWrites} (left out) and
 * {@link Behaviours.nulls} say. `land` turns a sent entry into a stored one.
 */
export function landMap<Entry, Stored>(
  sent: ReadonlyMap<string, Entry | null> | null | undefined,
  current: ReadonlyMap<string, Stored>,
  behaviours: Behaviours,
  land: (entry: Entry, stored: Stored | undefined, key: string) => Stored,
): ReadonlyMap<string, Stored> {
  if (sent === undefined) return behaviours.settingsWrites === "merge" ? current : new Map();
  if (sent === null) return behaviours.nulls === "keeps" ? current : new Map();
  const landed = new Map(behaviours.mapWrites === "merge" ? current : []);
  for (const [key, entry] of sent) {
    const stored = current.get(key);
    if (entry !== null) landed.set(key, land(entry, stored, key));
    else if (behaviours.nulls === "keeps" && stored !== undefined) landed.set(key, stored);
    else landed.delete(key);
  }
  return landed;
}

function namesOf<S extends Settings>(settings: S): (keyof S)[] {
  // The tables passed here are closed literals: they have no keys besides those of their type.
  return Object.keys(settings) as (keyof S)[];
}
