import { foldedName } from "../../core/schema/foldedName";
import { nearestNames } from "../../core/schema/suggestions";
import type { Directory } from "../lists/directory";
import { mistake } from "./arguments";
import type { LookupMissing } from "./defineLookup";
import { Unanswered } from "./lookupError";

const MOST_NEAR = 3;
const MOST_NAMED = 5;
const MOST_CANDIDATES = 10;

/** What things are looked for, and by what. */
export interface Search<Item> {
  /** What they are called: one, and several. */
  readonly nouns: readonly [one: string, several: string];
  /** All there are. */
  readonly items: readonly Item[];
  /** What they are looked for by, such as `name`. */
  readonly by: string;
  /** What a thing has of it. */
  of(item: Item): string;
  /** Tells a thing from others that have the same of it. */
  told(item: Item): string | Promise<string>;
  /** How to say which one is meant, where several fit. */
  readonly narrower: string;
  /** Why a thing does not count, as part of a sentence. Absent: all of them count. */
  withheld?(item: Item): string | undefined;
}

/** What the call says about missing things, and the directory that knows whether their absence can be believed. */
export interface Leniency {
  /** The directory. */
  readonly directory: Pick<Directory, "refuseUnknownAbsence">;
  /** The arguments of the look-up. */
  readonly args: LookupMissing;
}

/**
 * The one thing that fits.
 * @param search What to look for, and by what.
 * @param wanted What it has to have.
 * @param leniency What to do where it is missing.
 * @returns The thing; `undefined` where it is missing and may be.
 * @throws Unanswered when nothing fits, unless it may be missing, and when several things fit.
 */
export async function theOne<Item>(
  search: Search<Item>,
  wanted: string,
  leniency: Leniency,
): Promise<Item | undefined> {
  return (await all(search, [wanted], leniency))[0];
}

/**
 * The things that fit, in the order in which they are asked for and each only once; all that count when nobody asks.
 * @param search What to look for, and by what.
 * @param wanted What they have to have.
 * @param leniency What to do where something is missing.
 * @throws Unanswered when something is missing that may not be, and when several things fit where one is meant.
 */
export async function all<Item>(
  search: Search<Item>,
  wanted: readonly string[] | undefined,
  { directory, args: { missing = "error" } }: Leniency,
): Promise<Item[]> {
  if (missing !== "error" && missing !== "omit") throw mistake('missing must be "error" or "omit".');
  if (wanted === undefined) return search.items.filter((item) => search.withheld?.(item) === undefined);
  const found = new Set<Item>();
  const absences: string[] = [];
  const byText = indexed(search);
  for (const each of wanted) {
    const match = await matchOf(search, each, byText.get(foldedName(each)) ?? []);
    if ("absent" in match) absences.push(match.absent);
    else found.add(match.item);
  }
  if (absences.length > 0) {
    if (missing === "error") throw new Unanswered("notFound", absences.join(" "));
    await directory.refuseUnknownAbsence();
  }
  return [...found];
}

/**
 * The things that a text finds for certain: those that count, and with which no other thing shares it.
 * @param search What to look for, and by what.
 * @returns Each of them with its text.
 */
export function findable<Item>(search: Search<Item>): ReadonlyMap<Item, string> {
  const alone = [...indexed(search)].flatMap(([text, [item, ...others]]): [Item, string][] => {
    if (text === "" || item === undefined || others.length > 0) return [];
    return search.withheld?.(item) === undefined ? [[item, search.of(item).trim()]] : [];
  });
  return new Map(alone);
}

async function matchOf<Item>(
  search: Search<Item>,
  wanted: string,
  fitting: readonly Item[],
): Promise<{ item: Item } | { absent: string }> {
  const counting = fitting.filter((item) => search.withheld?.(item) === undefined);
  const exact = counting.filter((item) => search.of(item).trim() === wanted.trim());
  const [item, ...others] = exact.length > 0 ? exact : counting;
  if (item === undefined) return { absent: absence(search, wanted, fitting) };
  if (others.length > 0) throw await ambiguity(search, wanted, [item, ...others]);
  return { item };
}

function indexed<Item>(search: Search<Item>): ReadonlyMap<string, Item[]> {
  const byText = new Map<string, Item[]>();
  for (const item of search.items) {
    const text = foldedName(search.of(item));
    const others = byText.get(text);
    if (others === undefined) byText.set(text, [item]);
    else others.push(item);
  }
  return byText;
}

function absence<Item>(search: Search<Item>, wanted: string, fitting: readonly Item[]): string {
  const said = `No ${search.nouns[0]} has the ${search.by} ${JSON.stringify(wanted)}`;
  const reasons = fitting.flatMap((item) => search.withheld?.(item) ?? []);
  if (reasons.length > 0) return `${said}: ${listed(reasons, MOST_CANDIDATES)}.`;
  const counting = search.items.filter((item) => search.withheld?.(item) === undefined);
  const names = [...new Set(counting.map((item) => search.of(item)))];
  const near = nearestNames(wanted, names, MOST_NEAR);
  if (near.length > 0) return `${said}. Did you mean ${either(near.map(quoted))}?`;
  if (names.length === 0) return `${said}: there are no ${search.nouns[1]} that this key may see.`;
  return `${said}. There are ${listed(names.map(quoted), MOST_NAMED)}.`;
}

async function ambiguity<Item>(search: Search<Item>, wanted: string, items: readonly Item[]): Promise<Unanswered> {
  const candidates = await Promise.all(items.map((item) => search.told(item)));
  const what = `${items.length} ${search.nouns[1]} have the ${search.by} ${JSON.stringify(wanted)}`;
  return new Unanswered("ambiguous", `${what}: ${listed(candidates.sort(), MOST_CANDIDATES)}. ${search.narrower}`);
}

function quoted(name: string): string {
  return JSON.stringify(name);
}

function either(names: readonly string[]): string {
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter((part) => part !== "").join(" or ");
}

function listed(texts: readonly string[], most: number): string {
  const shown = texts.slice(0, most).join(", ");
  return texts.length > most ? `${shown} and ${texts.length - most} more` : shown;
}
