import type * as pulumi from "@pulumi/pulumi";
import { defineLookup, type Lookup, type LookupCall } from "./defineLookup";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./lookupOptions";
import { type Search, select } from "./search";
import { refuseBlank, SearchError } from "./searchError";

/** The definition of a look-up that searches a listing. */
interface SearchLookup<Args extends object, By extends string, Item>
  extends Pick<Lookup<Args, Item>, "name" | "ofPartner" | "vendorKey"> {
  /** The properties that select objects. A call gives at most one of them. */
  readonly by: readonly [By, ...By[]];
  /** The names of its other arguments, besides `missing` and the vendor's key. Default: none. */
  readonly alsoTakes?: readonly string[];
  /** The objects to search, compared by one of the properties. */
  search(call: LookupCall<Args>, by: By): Promise<Search<Item>>;
}

/** Both forms of a look-up of one object. */
interface OneForms<Args, Item> {
  /**
   * Looks up at once.
   * @param args The arguments.
   * @param options The provider to use.
   * @returns The object; `undefined` if there is none and `missing` is `"omit"`.
   * @throws LookupError if no object matches, unless `missing` is `"omit"`, or if several match.
   */
  promise(args: Args & { missing?: "error" }, options?: LookupOptions): Promise<Item>;
  promise(args: Args, options?: LookupOptions): Promise<Item | undefined>;
  /**
   * Looks up as soon as the arguments, the settings and the dependencies are known.
   * @param args The arguments, as values or outputs.
   * @param options The provider to use, and dependencies.
   */
  output(args: LookupOutputArgs<Args> & { missing?: "error" }, options?: LookupOutputOptions): pulumi.Output<Item>;
  output(args: LookupOutputArgs<Args>, options?: LookupOutputOptions): pulumi.Output<Item | undefined>;
}

/**
 * Both forms of a look-up of several objects, without docstrings: they would take the place of those of each function in the
 * reference pages.
 */
interface ManyForms<Args extends object, Result> {
  promise(args?: Args, options?: LookupOptions): Promise<Result>;
  output(args?: LookupOutputArgs<Args>, options?: LookupOutputOptions): pulumi.Output<Result>;
}

/**
 * Defines a look-up of one object. The object may be missing if `missing` is `"omit"`.
 * @param lookup The definition. The argument of a property has its name.
 */
export function defineOne<
  Args extends LookupMissing & { readonly [Name in By]?: string | undefined },
  const By extends string,
  Item,
>({ by: properties, alsoTakes, search, ...lookup }: SearchLookup<Args, By, Item>): OneForms<Args, Item> {
  return defineLookup<Args, Item>({
    ...lookup,
    takes: argumentsOf(properties, alsoTakes, lookup),
    single: true,
    async find(call) {
      const { by, wanted } = selectedOne(call.args, properties);
      const [found] = await select(await search(call, by), [wanted], call);
      // It is missing only if `missing` is `"omit"`: the overloads of the forms state that.
      return found as Item;
    },
  });
}

/**
 * Defines a look-up of several objects: those that an argument lists, in its order, or all.
 * @param lookup The definition, and the answer for the objects found. The argument of a property is its plural, such as
 * `names` for `name`.
 */
export function defineMany<
  Args extends LookupMissing & { readonly [Name in `${By}s`]?: readonly string[] | undefined },
  const By extends string,
  Item,
  Result,
>({
  by: properties,
  alsoTakes,
  search,
  result,
  ...lookup
}: SearchLookup<Args, By, Item> & { result(found: Item[]): Result }): ManyForms<Args, Result> {
  const lists = properties.map((by) => `${by}s`);
  return defineLookup<Args, Result>({
    ...lookup,
    takes: argumentsOf(lists, alsoTakes, lookup),
    async find(call) {
      const { by, wanted } = selectedMany(call.args, properties);
      return result(await select(await search(call, by), wanted, call));
    },
  });
}

function argumentsOf(
  by: readonly string[],
  others: readonly string[] = [],
  { vendorKey }: { readonly vendorKey?: string },
): readonly string[] {
  return [...by, ...others, ...(vendorKey === undefined ? [] : [vendorKey]), "missing"];
}

function selectedOne<By extends string>(
  args: { readonly [Name in By]?: string | undefined },
  names: readonly By[],
): { by: By; wanted: string } {
  const given = names.flatMap((by) => (args[by] === undefined ? [] : [{ by, wanted: args[by] }]));
  const [one, another] = given;
  if (one === undefined || another !== undefined) throw new SearchError("mistake", `give ${eitherOf(names)}.`);
  refuseBlank(one.by, one.wanted);
  return one;
}

/** No list if no argument is given, which means all objects. */
function selectedMany<By extends string>(
  args: { readonly [Name in `${By}s`]?: readonly string[] | undefined },
  properties: readonly [By, ...By[]],
): { by: By; wanted: readonly string[] | undefined } {
  const lists = properties.map((by) => ({ by, name: `${by}s`, wanted: args[`${by}s`] }));
  const [one, another] = lists.filter(({ wanted }) => wanted !== undefined);
  if (one === undefined) return { by: properties[0], wanted: undefined };
  if (another !== undefined) {
    const names = eitherOf(lists.map(({ name }) => name));
    throw new SearchError("mistake", `give ${names}, or none of them for all.`);
  }
  if (!Array.isArray(one.wanted)) throw new SearchError("mistake", `${one.name} must be a list of strings.`);
  for (const text of one.wanted) refuseBlank(one.name, text);
  return one;
}

function eitherOf(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `either ${names.join(" or ")}`;
}
