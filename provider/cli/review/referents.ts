import type { Field, Fields } from "../../core/schema/field";
import { definitionOf, resourceTypes } from "../../resources/registry";

/** The kind of object that fields refer to, such as `camera`, by the name of the field. Fields of one name agree. */
export const referents: ReadonlyMap<string, string> = new Map(
  resourceTypes.flatMap((type) => referencesIn(definitionOf(type).fields)),
);

/**
 * The references of some fields, at any depth.
 * @param fields The fields.
 * @returns Pairs of a field's name and the kind of object that it refers to.
 */
export function referencesIn(fields: Fields): [name: string, of: string][] {
  return Object.entries(fields).flatMap(([name, field]) => referencesOf(name, field));
}

function referencesOf(name: string, { modifiers, each, properties = {} }: Field): [name: string, of: string][] {
  const own: [string, string][] = modifiers.of === undefined ? [] : [[name, modifiers.of]];
  return [...own, ...(each === undefined ? [] : referencesOf(name, each)), ...referencesIn(properties)];
}
