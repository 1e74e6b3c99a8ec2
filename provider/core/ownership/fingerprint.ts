import type { Definition } from "../resource/definition";
import { isValueMap, type Value, type Values } from "../schema/values";

/**
 * The secrets that Rhombus generated for one object, by their paths. They tell an object from its successor with the same
 * id, such as a recreated Genea integration.
 */
export type Fingerprint = ReadonlyMap<string, string>;

/**
 * The fingerprint of an object.
 * @param definition The resource.
 * @param outputs Its outputs, from the state or as observed.
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
 * Compares two fingerprints. They prove two different objects if they have secrets at the same paths, and all of these differ.
 * @param one A fingerprint.
 * @param other Another one.
 * @returns `undefined` if they have no path in common, so that they prove nothing.
 */
export function areDifferent(one: Fingerprint, other: Fingerprint): boolean | undefined {
  const shared = [...one].filter(([path]) => other.has(path));
  return shared.length === 0 ? undefined : shared.every(([path, text]) => other.get(path) !== text);
}
