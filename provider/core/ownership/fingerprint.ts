import type { Definition } from "../resource/definition";
import { isValueMap, type Value, type Values } from "../schema/values";

/**
 * The secrets that Rhombus has made for one object, by where they stand. Where an id is the same for every object, such as
 * that of the only Genea integration, they tell an object from its successor.
 */
export type Fingerprint = ReadonlyMap<string, string>;

/**
 * What only this object has.
 * @param definition The resource.
 * @param outputs Its outputs, as the state holds them or as they were observed.
 */
export function fingerprintOf(definition: Pick<Definition, "outputs">, outputs: Values): Fingerprint {
  const secrets = Object.keys(definition.outputs).filter((name) => definition.outputs[name]?.modifiers.secret);
  return new Map(secrets.flatMap((name) => textsAt(name, outputs[name])));
}

function textsAt(path: string, value: Value | undefined): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (!isValueMap(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => textsAt(`${path}.${key}`, each));
}

/**
 * Whether two objects are certainly not the same one.
 * @param one What the one has.
 * @param other What the other has.
 */
export function areDifferent(one: Fingerprint, other: Fingerprint): boolean {
  const shared = [...one].filter(([path]) => other.has(path));
  return shared.length > 0 && shared.every(([path, text]) => other.get(path) !== text);
}

/**
 * Whether nothing tells if two objects are the same one.
 * @param one What the one has.
 * @param other What the other has.
 */
export function areIncomparable(one: Fingerprint, other: Fingerprint): boolean {
  return ![...one.keys()].some((path) => other.has(path));
}
