import { foldedName } from "../../core/schema/foldedName";
import { nearestNames } from "../../core/schema/suggestions";
import { isValueMap, type Value } from "../../core/schema/values";
import { firstNames } from "../../rhombus/api/answers";
import type { ItemOf } from "../../rhombus/api/operations";

/** A door or a place in the list of a badge vendor. */
export interface VendorItem {
  /** The id, as the key in a map of doors or places. */
  readonly id: string;
  /** The name; empty if there is none. */
  readonly name: string;
}

/** The doors that Kisi lists, by number or name of the place; the documentation does not state which (docs/rhombus-api.md#kisi). */
export type DoorsByPlace = ReadonlyMap<string, readonly VendorItem[]>;

/** A declared door or place that the badge vendor does not list. */
export interface MissingItem {
  /** The item as text, such as `the door "gd-1"`. */
  readonly label: string;
  /** The nearest listed items in words; `undefined` if there are none. */
  readonly suggestion: string | undefined;
}

/** The maximum number of items in a warning, and of suggestions for each. */
const MOST_NAMED = 5;
const MOST_NEAR = 3;

/**
 * The items of a badge vendor's list.
 * @param items The complete list.
 * @returns `undefined` if the list is empty: it does not prove that an item is missing.
 */
export function listedIn(
  items: readonly { id?: string | number | null; name?: string | null }[],
): readonly VendorItem[] | undefined {
  return items.length === 0 ? undefined : items.map(({ id, name }) => ({ id: String(id ?? ""), name: name ?? "" }));
}

/**
 * The doors at Kisi by place.
 * @param places The complete list of `getKisiDoors`.
 * @returns `undefined` if no place has doors: the list does not prove that a door is missing.
 */
export function kisiDoorsIn(places: readonly ItemOf<"getKisiDoors">[]): DoorsByPlace | undefined {
  const doors = places.map(([place, listed]) => [place, listedIn(listed) ?? []] as const);
  return doors.every(([, listed]) => listed.length === 0) ? undefined : new Map(doors);
}

/**
 * The keys that a declared map adds to the prior one.
 * @param declared The declared map; `undefined` if there is none.
 * @param prior The prior map.
 */
export function addedKeys(declared: Value | undefined, prior: Value | undefined): string[] {
  if (!isValueMap(declared)) return [];
  return Object.keys(declared).filter((key) => !isValueMap(prior) || !Object.hasOwn(prior, key));
}

/**
 * The ids that a badge vendor does not list.
 * @param what The noun for an id: `door` or `place`.
 * @param ids The ids.
 * @param listed The list; `undefined` if it proves nothing, then no id counts as missing.
 */
export function missingItems(
  what: string,
  ids: readonly string[],
  listed: readonly VendorItem[] | undefined,
): MissingItem[] {
  if (listed === undefined) return [];
  const existing = new Set(listed.map(({ id }) => id));
  return ids.flatMap((id) => (existing.has(id) ? [] : [missingItem(`the ${what} ${JSON.stringify(id)}`, id, listed)]));
}

/**
 * The doors that Kisi does not list at their place.
 * @param ids The doors.
 * @param place The number of the place; `undefined` for any place.
 * @param doors The list; `undefined` if it proves nothing.
 */
export function missingDoors(
  ids: readonly string[],
  place: string | undefined,
  doors: DoorsByPlace | undefined,
): MissingItem[] {
  if (doors === undefined) return [];
  const own = place === undefined ? undefined : doors.get(place);
  const at = place === undefined ? "" : ` of the place ${JSON.stringify(place)}`;
  return ids.flatMap((id): MissingItem[] => {
    const [found] = missingItems("door", [id], own ?? [...doors.values()].flat());
    if (found === undefined) return [];
    const elsewhere = [...doors].filter(([, list]) => list.some((door) => door.id === id)).map(([other]) => other);
    const suggestion = elsewhere.length === 0 ? found.suggestion : `the place ${eitherOf(elsewhere)}`;
    return [{ label: `${found.label}${at}`, suggestion }];
  });
}

function eitherOf(ids: readonly string[]): string {
  return ids.map((each) => JSON.stringify(each)).join(" or ");
}

function missingItem(label: string, id: string, listed: readonly VendorItem[]): MissingItem {
  const sameName = listed
    .filter(({ name }) => name !== "" && foldedName(name) === foldedName(id))
    .map((each) => each.id);
  const ids = listed.map((each) => each.id);
  const near = [...new Set([...sameName, ...nearestNames(id, ids, MOST_NEAR)])].slice(0, MOST_NEAR);
  return { label, suggestion: near.length === 0 ? undefined : eitherOf(near) };
}

/**
 * The warning about items that the badge vendor does not list.
 * @param label The integration as text.
 * @param vendor The badge vendor's name.
 * @param all The items.
 * @returns `undefined` if there are none.
 */
export function missingItemsWarning(label: string, vendor: string, all: readonly MissingItem[]): string | undefined {
  if (all.length === 0) return undefined;
  const named = firstNames(all.map(missingItemText), MOST_NAMED);
  return (
    `${label}: ${vendor} does not list ${named}. No badge event can arrive from there: correct the program where an id ` +
    "is mistyped."
  );
}

/**
 * A missing item as text, with the suggestion.
 * @param item The item.
 */
export function missingItemText({ label, suggestion }: MissingItem): string {
  return suggestion === undefined ? label : `${label} (did you mean ${suggestion}?)`;
}
