import type { Definition, Observed } from "../resource/definition";
import { type Field, fieldsOf } from "../schema/field";
import { isValueMap, type Value, type Values, withoutUndefined } from "../schema/values";

type WithFields = Pick<Definition, "fields">;

/**
 * The inputs among some values, without instructions.
 * @param definition The resource.
 * @param values Inputs or a state.
 */
export function declaredIn({ fields }: WithFields, values: Values): Values {
  return withoutUndefined(Object.fromEntries(fieldsOf(fields).map(([name]) => [name, values[name]])));
}

/**
 * The names of all declared fields.
 * @param sides Inputs, such as those in the state and those of the program.
 */
export function declaredNames(...sides: Values[]): ReadonlySet<string> {
  return new Set(sides.flatMap((side) => Object.keys(side).filter((name) => side[name] !== undefined)));
}

/**
 * The inputs that describe an observed object.
 * @param definition The resource.
 * @param observed The object.
 * @param declared The inputs that the program declares: only these are projected. `undefined`: every input.
 */
export function projected(
  { fields }: WithFields,
  observed: Pick<Observed, "values">,
  declared: Values | undefined,
): Values {
  const entries = fieldsOf(fields).map(([name, field]): [string, Value | undefined] => {
    const live = field.canonical(observed.values[name]);
    return [name, field.project(live, declared === undefined ? live : declared[name], declared ?? {})];
  });
  return withoutUndefined(Object.fromEntries(entries));
}

/**
 * Inputs without the values that mean the same when they are left out. Empty maps stay, and so do empty sets at the top
 * level: an empty collection that is declared is managed, so that an entry added elsewhere is a change.
 * @param definition The resource.
 * @param inputs The inputs.
 */
export function withoutDefaults({ fields }: WithFields, inputs: Values): Values {
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

/** Sets and maps take any member or key; an object takes only its own properties. */
function isCollection(field: Field): boolean {
  return !field.equal({ anything: {} }, undefined) || !field.equal(["anything"], undefined);
}

/** Compares each property on its own, inside otherwise empty parents. */
function pruned(value: Value, isSame: (one: Value, other: Value) => boolean): Value {
  if (!isValueMap(value)) return value;
  const properties = Object.entries(value).filter(([name, member]) => {
    const isEmptyMap = isValueMap(member) && isEmpty(member);
    return isEmptyMap || !isSame(only(name, member), {});
  });
  return Object.fromEntries(
    properties.map(([name, member]) => [
      name,
      pruned(member, (one, other) => isSame(only(name, one), only(name, other))),
    ]),
  );
}

/** `Object.fromEntries`, because the name may be `__proto__`. */
function only(name: string, member: Value): Value {
  return Object.fromEntries([[name, member]]);
}
