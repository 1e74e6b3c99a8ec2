import type { Definition, Observed } from "../resource/definition";
import { type Field, fieldsOf } from "../schema/field";
import { isValueMap, type Value, type Values, withoutUndefined } from "../schema/values";

type Fielded = Pick<Definition, "fields">;

/**
 * What of an observed object belongs into the inputs of a program.
 * @param definition The resource.
 * @param seen The object.
 * @param declared What the program declares; `undefined` for one that declares all of it.
 */
export function projected({ fields }: Fielded, seen: Pick<Observed, "values">, declared: Values | undefined): Values {
  const entries = fieldsOf(fields).map(([name, field]): [string, Value | undefined] => {
    const live = field.canonical(seen.values[name]);
    return [name, field.project(live, declared === undefined ? live : declared[name], declared ?? {})];
  });
  return withoutUndefined(Object.fromEntries(entries));
}

/**
 * Inputs without what means the same when it is left out. An empty map stays, and an empty set of the resource itself:
 * declared, it says that there is nothing, so that what somebody adds shows as a change.
 * @param definition The resource.
 * @param inputs The inputs.
 */
export function withoutDefaults({ fields }: Fielded, inputs: Values): Values {
  const entries = fieldsOf(fields).flatMap(([name, field]): [string, Value][] => {
    const value = inputs[name];
    const { required, deprecated, default: otherwise } = field.modifiers;
    if (value === undefined) return [];
    if (deprecated === undefined && isEmpty(value) && isCollection(field)) return [[name, value]];
    const isDefault = !required && field.equal(value, otherwise);
    return isDefault ? [] : [[name, pruned(value, (one, other) => field.equal(one, other))]];
  });
  return Object.fromEntries(entries);
}

function isEmpty(value: Value): boolean {
  return Array.isArray(value) ? value.length === 0 : isValueMap(value) && Object.keys(value).length === 0;
}

/** A set, or a map: any name is an entry, where an object has only the names that it knows. */
function isCollection(field: Field): boolean {
  return !field.equal({ anything: {} }, undefined) || !field.equal(["anything"], undefined);
}

/** Each property is tried on its own, in the company of nothing but what it sits in. */
function pruned(value: Value, isSame: (one: Value, other: Value) => boolean): Value {
  if (!isValueMap(value)) return value;
  const kept = Object.entries(value).filter(([name, member]) => {
    const isEmptyMap = isValueMap(member) && isEmpty(member);
    return isEmptyMap || !isSame(only(name, member), {});
  });
  return Object.fromEntries(
    kept.map(([name, member]) => [name, pruned(member, (one, other) => isSame(only(name, one), only(name, other)))]),
  );
}

/** A name may be `__proto__`. */
function only(name: string, member: Value): Value {
  return Object.fromEntries([[name, member]]);
}
