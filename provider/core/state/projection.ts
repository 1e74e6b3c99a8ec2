import type { Definition, Observed } from "../resource/definition";
import { type Field, fieldsOf, partOf } from "../schema/field";
import { isEmpty, isValueMap, type Value, type Values, withoutUndefined } from "../schema/values";

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
    const isManaged = field.each !== undefined || (isValueMap(member) && isEmpty(member));
    if (part === undefined || (!isManaged && part.equal(member, undefined))) return [];
    return [[name, pruned(part, member)]];
  });
  return Object.fromEntries(entries);
}
