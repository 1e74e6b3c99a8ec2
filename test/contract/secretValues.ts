import { definitions } from "../../provider/definitions";
import type { Properties, TypeName } from "../resources/stack";

/** The secrets of a resource. */
export interface Secrets {
  /** The names of the inputs and outputs that are secrets and are there. */
  readonly names: readonly string[];
  /** Every text in them. */
  readonly values: readonly string[];
}

/**
 * The secrets in the state of a resource, or in its inputs.
 * @param type The resource.
 * @param properties Its properties in clear.
 */
export function secretsOf(type: TypeName, properties: Properties): Secrets {
  const { fields, outputs } = definitions[type];
  const secret = [
    ...Object.entries(fields).flatMap(([name, field]) => (field.modifiers.secret ? [name] : [])),
    ...Object.entries(outputs).flatMap(([name, kind]) => (kind === "secret" ? [name] : [])),
  ];
  const names = secret.filter((name) => properties[name] !== undefined);
  return { names, values: names.flatMap((name) => textsIn(properties[name])) };
}

/**
 * Every text in a value.
 * @param value Any value.
 */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
