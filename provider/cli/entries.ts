import { type Field, type Fields, partOf } from "../core/schema/field";
import { memberOf } from "./pulumi/state";

/** An entry of a map or a member of a set in the values of a resource, such as a door. */
export interface Entry {
  /** The kind of entry, such as `door`. */
  readonly noun: string;
  /** The key in the map; the value itself for a member of a set. */
  readonly key: string;
  /** The name; `undefined` if it has none. */
  readonly name: string | undefined;
  /** The value. */
  readonly value: unknown;
  /** The field of the value. */
  readonly field: Field;
  /** The entry that contains it, such as the place of a door; `undefined` for an entry of the resource. */
  readonly outer: Entry | undefined;
}

/**
 * The entries in the values of a resource, at any depth. Two fields may have the same entry, such as a door; the first counts.
 * @param fields The fields of the resource.
 * @param values The values.
 * @param outer The entry whose values they are. Default: they are those of the resource.
 */
export function entriesIn(fields: Fields, values: unknown, outer?: Entry): Entry[] {
  const found = new Map<string, Entry[]>();
  for (const [field, { each, modifiers }] of Object.entries(fields)) {
    const { noun = "", name = "" } = modifiers.entry ?? {};
    if (each === undefined || noun === "") continue;
    for (const [key, value] of itemsIn(memberOf(values, field))) {
      const given = memberOf(value, name);
      const label = typeof given === "string" && given !== "" ? given : undefined;
      const entry = { noun, key, name: label, value, field: each, outer };
      const id = `${noun} ${key}`;
      if (!found.has(id)) found.set(id, [entry, ...entriesIn(each.properties ?? {}, value, entry)]);
    }
  }
  return [...found.values()].flat();
}

function itemsIn(value: unknown): [key: string, value: unknown][] {
  if (Array.isArray(value))
    return value.map((each: unknown) => [typeof each === "string" ? each : JSON.stringify(each), each]);
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return entries.filter(([, each]) => each !== null);
}

/**
 * The number of entries of each kind. A declared map without entries counts as 0.
 * @param fields The fields of the resource.
 * @param values The values.
 */
export function countsIn(fields: Fields, values: unknown): ReadonlyMap<string, number> {
  const declared = Object.entries(fields).filter(([name]) => memberOf(values, name) !== undefined);
  const nouns = declared.flatMap(([, field]) => nounsOf(field));
  const entries = entriesIn(fields, values);
  return new Map(nouns.map((noun) => [noun, entries.filter((each) => each.noun === noun).length]));
}

function nounsOf({ modifiers: { entry }, each }: Field): string[] {
  return entry === undefined ? [] : [entry.noun, ...Object.values(each?.properties ?? {}).flatMap(nounsOf)];
}

/**
 * True if entries are doors: if they can have cameras.
 * @param entry The field of an entry.
 */
export function isDoor({ each, properties = {} }: Field): boolean {
  return [each, ...Object.values(properties).map((property) => property.each)].some((field) => {
    return field?.modifiers.of === "camera";
  });
}

/** A reference to another object. */
export interface Reference {
  /** The kind of object, such as `camera`. */
  readonly of: string;
  /** The RUUID. */
  readonly uuid: string;
}

/**
 * The references in a value, at any depth.
 * @param field The field of the value; `undefined` for an unknown property.
 * @param value The value.
 */
export function referencesIn(field: Field | undefined, value: unknown): Reference[] {
  if (typeof value === "string") {
    const of = field?.modifiers.of;
    return of === undefined ? [] : [{ of, uuid: value }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => referencesIn(partOf(field, name), each));
}
