import { memoize } from "../core/schema/memoize";
import type { IdFormat } from "./ids";

/** The part of a definition that a resource class uses. */
export interface DeclaredResource extends IdFormat {
  /** The inputs. */
  readonly fields: DeclaredFields;
  /** The outputs. */
  readonly outputs: DeclaredFields;
  /** The field that holds the object's name, if any. It defaults to the resource's name. */
  readonly display: { readonly name?: string };
}

type DeclaredFields = Readonly<Record<string, { readonly modifiers: { readonly secret?: boolean } }>>;

function secretIn(fields: DeclaredFields): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.modifiers.secret);
}

/** The names of the inputs and outputs that are secrets. */
export const secretNames = memoize(({ fields, outputs }: Pick<DeclaredResource, "fields" | "outputs">) => ({
  inputs: secretIn(fields),
  outputs: secretIn(outputs),
}));
