import type { Definition, Observed } from "../resource/definition";
import { fieldsOf } from "../schema/field";
import { type Value, type Values, withoutUndefined } from "../schema/values";

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
    const value = field.canonical(observed.values[name]);
    return [name, field.project(value, declared === undefined ? value : declared[name], declared ?? {})];
  });
  return withoutUndefined(Object.fromEntries(entries));
}
