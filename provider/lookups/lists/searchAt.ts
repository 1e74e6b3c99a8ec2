import { isRuuid, ruuidFromUuid } from "../../rhombus/ids/ruuid";
import { isUuid } from "../../rhombus/ids/uuid";
import type { LookupPlace } from "../define/lookupOptions";
import { type Search, selectOne } from "../define/search";
import { SearchError } from "../define/searchError";
import type { Directory } from "./directory";
import { locationSearch, locationsIfVisible, type PlacedLocation, pathOf, placedLocations } from "./locations";

/** An object that may have a location. */
interface PlacedObject {
  readonly uuid: string;
  readonly name: string;
  readonly locationUuid?: string;
}

/** A search for objects that may have locations. */
interface PlacedSearch<Item> extends Pick<Search<Item>, "nouns" | "items" | "by" | "textOf" | "remedy"> {
  /** Describes an object besides its name, location and RUUID, as the beginning of a list. Absent: nothing. */
  detail?(item: Item): string;
}

/**
 * The search for objects at a place.
 * @param directory The listings of the organization.
 * @param place The place.
 * @param anywhere The search without a place.
 * @throws SearchError if the place is a location that does not exist, or several.
 */
export async function searchAt<Item extends PlacedObject>(
  directory: Directory,
  place: LookupPlace,
  { detail = () => "", ...anywhere }: PlacedSearch<Item>,
): Promise<Search<Item>> {
  const area = await areaOf(directory, place);
  const described = (item: Item, locations: readonly PlacedLocation[]) => {
    const at = pathOf(locations, item.locationUuid);
    const where = at === undefined ? "without a location" : `at ${JSON.stringify(at)}`;
    return `${JSON.stringify(item.name)} ${where} (${detail(item)}${item.uuid})`;
  };
  const search: Search<Item> = {
    ...anywhere,
    describe: async (item) => described(item, await locationsIfVisible(directory)),
  };
  if (area === undefined) return search;
  const { label, uuids, locations } = area;
  const [singular, plural] = anywhere.nouns;
  return {
    ...search,
    nouns: [`${singular} at ${label}`, `${plural} at ${label}`],
    exclusion: (item) => (uuids.has(item.locationUuid ?? "") ? undefined : `there is ${described(item, locations)}`),
  };
}

/** The location at which objects must be. */
interface Area {
  /** Its name or RUUID, for messages. */
  readonly label: string;
  /** Its RUUID and those of the locations inside it. */
  readonly uuids: ReadonlySet<string>;
  /** All locations. */
  readonly locations: readonly PlacedLocation[];
}

async function areaOf(directory: Directory, { location, locationUuid }: LookupPlace): Promise<Area | undefined> {
  if (location !== undefined && locationUuid !== undefined) {
    throw new SearchError("mistake", "give either location or locationUuid.");
  }
  if (locationUuid !== undefined) refuseOtherIds(locationUuid);
  const uuid = location === undefined ? locationUuid : await uuidOf(directory, location);
  if (uuid === undefined) return undefined;
  const locations = await placedLocations(directory);
  const inside = locations.filter(({ ancestors }) => ancestors.includes(uuid)).map((each) => each.location.uuid);
  const name = location ?? locations.find((each) => each.location.uuid === uuid)?.location.path;
  return { label: name === undefined ? uuid : JSON.stringify(name), uuids: new Set([uuid, ...inside]), locations };
}

function refuseOtherIds(id: string): void {
  if (isRuuid(id)) return;
  const remedy = isUuid(id) ? `; Rhombus writes it in 22 characters: "${ruuidFromUuid(id)}"` : "";
  throw new SearchError("mistake", `locationUuid ${JSON.stringify(id)} is not a valid RUUID${remedy}.`);
}

async function uuidOf(directory: Directory, location: string): Promise<string> {
  const search = await locationSearch({ directory, args: {}, fresh: false });
  const remedy = "Set locationUuid instead; getLocation finds it with within.";
  return (await selectOne({ ...search, remedy }, location)).uuid;
}
