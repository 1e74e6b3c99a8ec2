import { selectedOne } from "./arguments";
import { defineLookup, type LookupForms, type Query } from "./defineLookup";
import type { LookupMissing } from "./lookupOptions";
import { type Search, select } from "./search";

/** The definition of a look-up of one object. */
interface LookupOfOne<Args, By extends string, Item> {
  /** The name of the function that programs call. */
  readonly name: string;
  /** The arguments that select the object. A call gives exactly one of them. */
  readonly by: readonly By[];
  /** The objects to search, compared by one of the arguments. */
  search(query: Query<Args>, by: By): Promise<Search<Item>>;
}

/**
 * Defines a look-up of one object: `undefined` if it is missing and `missing` is `"omit"`.
 * @param lookup The definition.
 */
export function defineOne<
  Args extends LookupMissing & { readonly [Name in By]?: string | undefined },
  const By extends string,
  Item,
>({ name, by: names, search }: LookupOfOne<Args, By, Item>): LookupForms<Args, Item | undefined> {
  return defineLookup({
    name,
    single: true,
    async find(query: Query<Args>) {
      const { by, wanted } = selectedOne(query.args, names);
      const [found] = await select(await search(query, by), [wanted], query);
      return found;
    },
  });
}
