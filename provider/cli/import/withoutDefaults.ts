import type { Definition } from "../../core/resource/definition";
import { type Field, fieldsOf, partOf } from "../../core/schema/field";
import { isEmpty, isValueMap, type Value, type Values } from "../../core/schema/values";

/**
 * Inputs without the values that mean the same when they are left out. Empty maps stay, and so do empty sets at the top
 * level: an empty collection that is declared is managed, so that an entry added outside Pulumi is a change.
 * @param definition The resource.
 * @param inputs The inputs.
 */
export function withoutDefaults({ fields }: Pick<Definition, "fields">, inputs: Values): Values {
  const entries = fieldsOf(fields).flatMap(([name, field]): [string, Value][] => {
    const value = inputs[name];
    const { required, deprecated, default: otherwise } = field.modifiers;
    if (value === undefined) return [];
    if (deprecated === undefined && isEmpty(value) && field.each !== undefined) return [[name, value]];
    return !required && field.equal(value, otherwise) ? [] : [[name, pruned(field, value)]];
  });
  return Object.fromEntries(entries);
}

/** Leaves out each property of an object that has its default, also inside other objects and maps. */
function pruned(field: Field, value: Value): Value {
  if (!isValueMap(value)) return value;
  const entries = Object.entries(value).flatMap(([name, member]): [string, Value][] => {
    const part = partOf(field, name);
    const isManagedCollection = field.each !== undefined || (isValueMap(member) && isEmpty(member));
    if (part === undefined || (!isManagedCollection && part.equal(member, undefined))) return [];
    return [[name, pruned(part, member)]];
  });
  return Object.fromEntries(entries);
}
