import { foldedName } from "../../core/schema/foldedName";
import { nearestNames } from "../../core/schema/suggestions";
import { isValueMap, type Value } from "../../core/schema/values";
import type { ItemOf } from "../../rhombus/api/operations";

/** A door or a place as the other vendor lists it. */
export interface Listed {
  /** Its id as the key in a map of doors or places. */
  readonly id: string;
  /** Its name; empty when it has none. */
  readonly name: string;
}

/**
 * The doors that Kisi lists, by the number or the name of their place: the vendor does not say which
 * (docs/rhombus-api.md#kisi).
 */
export type DoorsByPlace = ReadonlyMap<string, readonly Listed[]>;

/** A door or a place that the other vendor does not list. */
export interface MissingItem {
  /** It in words, such as `the door "gd-1"`. */
  readonly label: string;
  /** What may be meant instead, in words; `undefined` when nothing is near. */
  readonly instead: string | undefined;
}

/** How many doors and places one warning names, and how many ids it suggests for each. */
const MOST_NAMED = 5;
const MOST_NEAR = 3;

/**
 * The doors or places in a complete list; `undefined` if it is empty: it proves nothing then.
 * @param items The list.
 */
export function listedIn(
  items: readonly { id?: string | number | null; name?: string | null }[],
): readonly Listed[] | undefined {
  return items.length === 0 ? undefined : items.map(({ id, name }) => ({ id: String(id ?? ""), name: name ?? "" }));
}

/**
 * The doors at Kisi by place; `undefined` if there are none: the list proves nothing then.
 * @param places The list of `getKisiDoors`.
 */
export function kisiDoorsIn(places: readonly ItemOf<"getKisiDoors">[]): DoorsByPlace | undefined {
  const doors = places.map(([place, listed]) => [place, listedIn(listed) ?? []] as const);
  return doors.every(([, listed]) => listed.length === 0) ? undefined : new Map(doors);
}

/**
 * The keys of a map that are not among those that the state had.
 * @param declared The map that the program declares, if it does.
 * @param base The map in the state.
 */
export function addedKeys(declared: Value | undefined, base: Value | undefined): string[] {
  if (!isValueMap(declared)) return [];
  return Object.keys(declared).filter((key) => !isValueMap(base) || !Object.hasOwn(base, key));
}

/**
 * Those of some ids that a vendor does not list.
 * @param what What they are: `door` or `place`.
 * @param ids The ids.
 * @param listed What it lists; `undefined` when it says nothing, and so proves nothing.
 */
export function missingItems(
  what: string,
  ids: readonly string[],
  listed: readonly Listed[] | undefined,
): MissingItem[] {
  if (listed === undefined) return [];
  const prior = new Set(listed.map(({ id }) => id));
  return ids.flatMap((id) => (prior.has(id) ? [] : [unlisted(`the ${what} ${JSON.stringify(id)}`, id, listed)]));
}

/**
 * Those of some doors that Kisi does not list at their place.
 * @param ids The doors.
 * @param place The place by number; `undefined` for doors of any place.
 * @param doors What Kisi lists; `undefined` when it says nothing.
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
    const instead = elsewhere.length === 0 ? found.instead : `the place ${eitherOf(elsewhere)}`;
    return [{ label: `${found.label}${at}`, instead }];
  });
}

function eitherOf(ids: readonly string[]): string {
  return ids.map((each) => JSON.stringify(each)).join(" or ");
}

function unlisted(label: string, id: string, listed: readonly Listed[]): MissingItem {
  const called = listed.filter(({ name }) => name !== "" && foldedName(name) === foldedName(id)).map((each) => each.id);
  const ids = listed.map((each) => each.id);
  const near = [...new Set([...called, ...nearestNames(id, ids, MOST_NEAR)])].slice(0, MOST_NEAR);
  return { label, instead: near.length === 0 ? undefined : eitherOf(near) };
}

/**
 * What to say of doors and places that the other vendor does not list.
 * @param label The integration, for people.
 * @param vendor The vendor.
 * @param all The doors and places.
 * @returns `undefined` when there are none.
 */
export function missingItemsWarning(label: string, vendor: string, all: readonly MissingItem[]): string | undefined {
  if (all.length === 0) return undefined;
  const named = all.slice(0, MOST_NAMED).map(missingItemText).join(", ");
  const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : "";
  return (
    `${label}: ${vendor} does not list ${named}${more}. No badge event can arrive from there: correct the program where an id ` +
    "is mistyped."
  );
}

/**
 * One door or place in words, with what may be meant.
 * @param one The door or place.
 */
export function missingItemText({ label, instead }: MissingItem): string {
  return instead === undefined ? label : `${label} (did you mean ${instead}?)`;
}
