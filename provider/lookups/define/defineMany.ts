import { selectedMany } from "./arguments";
import { defineLookup, type LookupForms, type Query } from "./defineLookup";
import type { LookupMissing } from "./lookupOptions";
import { type Search, select } from "./search";

/** The definition of a look-up of several objects. */
interface LookupOfMany<Args, By extends string, Item, Result> {
  /** The name of the function that programs call. */
  readonly name: string;
  /** True if it looks at the organizations of a partner instead of at one organization. Default: false. */
  readonly ofPartner?: boolean;
  /** The properties that select objects, each by the argument of its plural: `names` for `name`. A call gives at most one. */
  readonly by: readonly [By, ...By[]];
  /** The objects to search, compared by one of the properties. */
  search(query: Query<Args>, by: By): Promise<Search<Item>>;
  /** The answer that a program gets for the objects found. */
  result(found: Item[]): Result;
}

/**
 * Defines a look-up of several objects: those that an argument lists, in its order, or all.
 * @param lookup The definition.
 */
export function defineMany<
  Args extends LookupMissing & { readonly [Name in `${By}s`]?: readonly string[] | undefined },
  const By extends string,
  Item,
  Result,
>({ by: properties, search, result, ...lookup }: LookupOfMany<Args, By, Item, Result>): LookupForms<Args, Result> {
  return defineLookup({
    ...lookup,
    async find(query: Query<Args>) {
      const { by, wanted } = selectedMany(query.args, properties);
      return result(await select(await search(query, by), wanted, query));
    },
  });
}
