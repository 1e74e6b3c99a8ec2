import { memoize } from "../core/schema/memoize";
import type { Identified } from "./ids";

/** How a resource class presents its definition to Pulumi. */
export interface Presented extends Identified {
  /** The fields, of which only the secret ones matter to a class. */
  readonly fields: PresentedFields;
  /** The outputs, of which the same holds. */
  readonly outputs: PresentedFields;
  /** The field that holds the object's name, if it has one: it defaults to the resource's name. */
  readonly display: { readonly name?: string };
}

type PresentedFields = Readonly<Record<string, { readonly modifiers: { readonly secret?: boolean } }>>;

function secretIn(fields: PresentedFields): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.modifiers.secret);
}

/** The names of a resource's inputs, and of its outputs, that are secrets. */
export const secretNames = memoize(({ fields, outputs }: Pick<Presented, "fields" | "outputs">) => ({
  inputs: secretIn(fields),
  outputs: secretIn(outputs),
}));
