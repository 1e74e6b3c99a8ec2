import type { Connection, Definition } from "../../../provider/core/resource/definition";
import { definitions } from "../../../provider/resources/registry";
import type { Properties, TypeName } from "../../drivers/stack";

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
  const names = secretNamesOf(definitions[type]).filter((name) => properties[name] !== undefined);
  return { names, values: names.flatMap((name) => textsIn(properties[name])) };
}

/**
 * The names of the inputs and outputs of a resource that are secrets.
 * @param definition What the resource is.
 */
export function secretNamesOf({ fields, outputs }: Pick<Definition<Connection>, "fields" | "outputs">): string[] {
  const secret = [
    ...Object.entries(fields).flatMap(([name, field]) => (field.modifiers.secret ? [name] : [])),
    ...Object.entries(outputs).flatMap(([name, output]) => (output.modifiers.secret ? [name] : [])),
  ];
  return [...new Set(secret)];
}

/**
 * Every text in a value.
 * @param value Any value.
 */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
