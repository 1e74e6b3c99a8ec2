import type { Definition } from "../core/resource/definition";
import type { Fields } from "../core/schema/field";
import { memoize } from "../core/schema/memoize";

/** The part of a definition that a resource class uses. */
export type DeclaredResource = Pick<
  Definition,
  "type" | "idSource" | "isId" | "fields" | "outputs" | "display" | "createsReplacementFirst"
>;

/** The names of the inputs and outputs that are secrets. */
export const secretNames = memoize(({ fields, outputs }: Pick<DeclaredResource, "fields" | "outputs">) => ({
  inputs: secretIn(fields),
  outputs: secretIn(outputs),
}));

function secretIn(fields: Fields): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.modifiers.secret);
}
