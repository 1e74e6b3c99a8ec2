import type { Connection, Definition } from "../../../provider/core/resource/definition";
import { definitions } from "../../../provider/resources/registry";
import type { Properties, TypeName } from "../../drivers/stack";

/** The secrets in the state of a resource, or in its inputs. */
export function secretsOf(type: TypeName, properties: Properties): { names: string[]; values: string[] } {
  const names = secretNamesOf(definitions[type]).filter((name) => properties[name] !== undefined);
  return { names, values: names.flatMap((name) => textsIn(properties[name])) };
}

/** The names of the inputs and outputs of a resource that are secrets. */
export function secretNamesOf({ fields, outputs }: Pick<Definition<Connection>, "fields" | "outputs">): string[] {
  const secret = [
    ...Object.entries(fields).flatMap(([name, field]) => (field.modifiers.secret ? [name] : [])),
    ...Object.entries(outputs).flatMap(([name, output]) => (output.modifiers.secret ? [name] : [])),
  ];
  return [...new Set(secret)];
}

/** Every text in a value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
