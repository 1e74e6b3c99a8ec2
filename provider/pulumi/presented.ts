import { keptFor } from "../core/kept";
import type { Identified } from "./ids";

/** How a resource class presents its definition to Pulumi. */
export interface Presented extends Identified {
  /** The fields, of which only the secret ones matter to a class. */
  readonly fields: Readonly<Record<string, { readonly modifiers: { readonly secret?: boolean } }>>;
  /** The outputs, and which of them are secrets. */
  readonly outputs: Readonly<Record<string, "plain" | "secret">>;
}

/** The names of a resource's inputs, and of its outputs, that are secrets. */
export const secretNames = keptFor(({ fields, outputs }: Pick<Presented, "fields" | "outputs">) => ({
  inputs: Object.keys(fields).filter((name) => fields[name]?.modifiers.secret),
  outputs: Object.keys(outputs).filter((name) => outputs[name] === "secret"),
}));
