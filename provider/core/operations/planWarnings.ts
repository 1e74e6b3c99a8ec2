import { type Definition, keyOf } from "../resource/definition";
import { type Field, fieldsOf } from "../schema/field";
import { isValueMap, type Value, type Values } from "../schema/values";

/**
 * A warning of what a replacement loses: collections that the program does not declare, and members that others added to
 * shared ones.
 * @param definition The resource.
 * @param newInputs The inputs that the program declares.
 * @param replaces The inputs whose change replaces the object.
 * @returns `undefined` when nothing can be lost.
 */
export function lossWarning(
  definition: Pick<Definition, "fields" | "key">,
  newInputs: Values,
  replaces: readonly string[],
): string | undefined {
  const lost = fieldsOf(definition.fields).flatMap(([name, field]) => {
    const { deprecated, local } = field.modifiers;
    if (field.reset !== "live" || field.writeOnly || local) return [];
    if (newInputs[name] === undefined) return deprecated === undefined ? [name] : [];
    return field.sharedIn?.(newInputs) ? [`what others added to ${name}`] : [];
  });
  if (lost.length === 0) return undefined;
  return (
    `${keyOf(definition, newInputs).label} will be replaced because of ${replaces.join(", ")}: the old one is ` +
    `deleted, and with it what the program does not declare: ${lost.join(", ")}.`
  );
}

/**
 * A warning that a collection or a vendor key stays as it is although the program no longer declares it.
 * @param name The input.
 * @param field Its kind.
 * @param before Its value in the state. If that is empty, the warning does not say how to remove it.
 */
export function unmanagedWarning(name: string, field: Field, before: Value | undefined): string {
  const what = field.writeOnly ? "the stored key stays in use" : "the current value in Rhombus stays";
  const isRemovable = isClearable(field) && !field.equal(before, undefined);
  return `${name} is no longer declared: ${what}.${isRemovable ? ` To remove it, declare it as empty first.` : ""}`;
}

function isClearable(field: Field): boolean {
  return !field.writeOnly && (field.nested || isValueMap(field.canonical({})) || field.canonical([]) !== undefined);
}
