import { foldedName } from "../../core/schema/foldedName";
import { nearestNames } from "../../core/schema/suggestions";
import { firstNames } from "../../rhombus/api/answers";
import type { LookupCall } from "./defineLookup";
import type { LookupMissing } from "./lookupOptions";
import { SearchError } from "./searchError";

const MOST_SUGGESTIONS = 3;
const MOST_NAMES = 5;
const MOST_CANDIDATES = 10;

/** Listed objects, and the property by which they are searched. */
export interface Search<Item> {
  /** The noun for one object and the noun for several. */
  readonly nouns: readonly [singular: string, plural: string];
  /** All listed objects, including those that are excluded. */
  readonly items: readonly Item[];
  /** The property as text, such as `serial number`. */
  readonly by: string;
  /** The property's value. */
  textOf(item: Item): string;
  /** Describes an object, in a message that several objects have the same value. */
  describe(item: Item): string | Promise<string>;
  /** The remedy if several objects have the same value, as a sentence. */
  readonly remedy: string;
  /** The reason why an object is excluded, as a clause; `undefined` if it is not. Absent: none is excluded. */
  exclusion?(item: Item): string | undefined;
}

/**
 * Finds the objects with the given values.
 * @param search The objects and the property.
 * @param wanted The values. Absent: all objects.
 * @param call The call, whose argument `missing` decides about values that no object has.
 * @returns The objects in the order of the values, each once; all of them in the order of the listing.
 * @throws SearchError if no object has a value and `missing` is not `"omit"`, or several objects have it.
 */
export async function select<Item>(
  search: Search<Item>,
  wanted: readonly string[] | undefined,
  { directory, args: { missing = "error" } }: LookupCall<LookupMissing>,
): Promise<Item[]> {
  if (missing !== "error" && missing !== "omit") {
    throw new SearchError("mistake", 'missing must be "error" or "omit".');
  }
  if (wanted === undefined) return included(search, search.items);
  const { found, absences } = await matches(search, wanted);
  if (absences.length > 0) {
    if (missing === "error") throw new SearchError("notFound", absences.join(" "));
    await directory.refuseUnknownAbsence();
  }
  return found;
}

/**
 * Finds the object with the given value.
 * @param search The objects and the property.
 * @param wanted The value.
 * @throws SearchError if no object has it, or several do.
 */
export async function selectOne<Item>(search: Search<Item>, wanted: string): Promise<Item> {
  const { found, absences } = await matches(search, [wanted]);
  const [item] = found;
  if (item === undefined) throw new SearchError("notFound", absences.join(" "));
  return item;
}

/**
 * The objects that a search for one value finds: those that are not excluded and share the value with no other.
 * @param search The objects and the property.
 * @returns The value of each such object.
 */
export function findable<Item>(search: Search<Item>): ReadonlyMap<Item, string> {
  const unique = [...byValue(search)].flatMap(([value, items]) => (value === "" || items.length > 1 ? [] : items));
  return new Map(included(search, unique).map((item) => [item, search.textOf(item).trim()]));
}

async function matches<Item>(
  search: Search<Item>,
  wanted: readonly string[],
): Promise<{ found: Item[]; absences: string[] }> {
  const found = new Set<Item>();
  const absences: string[] = [];
  const items = byValue(search);
  for (const value of wanted) {
    const equal = items.get(foldedName(value)) ?? [];
    const candidates = included(search, equal);
    // Values that differ in case only are told apart by a search for the exact value.
    const exact = candidates.filter((item) => search.textOf(item).trim() === value.trim());
    const [item, ...others] = exact.length > 0 ? exact : candidates;
    if (item === undefined) absences.push(absence(search, value, equal));
    else if (others.length > 0) throw await ambiguity(search, value, [item, ...others]);
    else found.add(item);
  }
  return { found: [...found], absences };
}

function included<Item>(search: Search<Item>, items: readonly Item[]): Item[] {
  return items.filter((item) => search.exclusion?.(item) === undefined);
}

function byValue<Item>(search: Search<Item>): ReadonlyMap<string, Item[]> {
  const items = new Map<string, Item[]>();
  for (const item of search.items) {
    const value = foldedName(search.textOf(item));
    const others = items.get(value);
    if (others === undefined) items.set(value, [item]);
    else others.push(item);
  }
  return items;
}

function absence<Item>(search: Search<Item>, wanted: string, excluded: readonly Item[]): string {
  const [singular, plural] = search.nouns;
  const sentence = `No ${singular} has the ${search.by} ${JSON.stringify(wanted)}`;
  const reasons = excluded.flatMap((item) => search.exclusion?.(item) ?? []);
  if (reasons.length > 0) return `${sentence}: ${firstNames(reasons, MOST_CANDIDATES)}.`;
  const names = [...new Set(included(search, search.items).map((item) => search.textOf(item)))];
  const near = nearestNames(wanted, names, MOST_SUGGESTIONS);
  const either = new Intl.ListFormat("en-GB", { type: "disjunction" });
  if (near.length > 0) return `${sentence}. Did you mean ${either.format(near.map(quoted))}?`;
  if (names.length === 0) return `${sentence}: there are no ${plural} that this key may see.`;
  return `${sentence}. There are ${firstNames(names.map(quoted), MOST_NAMES)}.`;
}

async function ambiguity<Item>(search: Search<Item>, wanted: string, items: readonly Item[]): Promise<SearchError> {
  const candidates = await Promise.all(items.map((item) => search.describe(item)));
  const sentence = `${items.length} ${search.nouns[1]} have the ${search.by} ${JSON.stringify(wanted)}`;
  return new SearchError(
    "ambiguous",
    `${sentence}: ${firstNames(candidates.sort(), MOST_CANDIDATES)}. ${search.remedy}`,
  );
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
