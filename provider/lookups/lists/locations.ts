import type { Location } from "../../rhombus/api/schemas/directory";
import type { LookupCall } from "../define/defineLookup";
import { type Search, selectOne } from "../define/search";
import type { Directory } from "./directory";

/** A location. */
export interface GetLocationResult {
  /** The RUUID, as `locationUuid` of doors and groups takes it. */
  readonly uuid: string;
  /** The name. */
  readonly name: string;
  /** The names of the locations that contain it and its own, such as `Headquarters / Server room`. */
  readonly path: string;
  /** The RUUID of the location that directly contains it. Absent if there is none. */
  readonly parentUuid?: string;
  /** The street address. Absent if Rhombus has none. */
  readonly address1?: string;
  /** The time zone, such as `America/Los_Angeles`. Absent if Rhombus has none. */
  readonly tz?: string;
}

/** A location and the locations that contain it. */
export interface PlacedLocation {
  /** The location as programs get it. */
  readonly location: GetLocationResult;
  /** The RUUIDs of the locations that contain it, the outermost first. */
  readonly ancestors: readonly string[];
}

/**
 * All locations, each before those inside it.
 * @param directory The listings of the organization.
 */
export async function placedLocations(directory: Directory): Promise<PlacedLocation[]> {
  return (await directory.api.listing("getLocations").shared()).flatMap((location) => placed(location, undefined));
}

/**
 * All locations, for a description of objects at them; none if the key may not read locations.
 * @param directory The listings of the organization.
 */
export function locationsIfVisible(directory: Directory): Promise<PlacedLocation[]> {
  return placedLocations(directory).catch(() => []);
}

/**
 * The path of a location.
 * @param locations The locations.
 * @param uuid The location's RUUID.
 * @returns The path; the RUUID itself if no location has it.
 */
export function pathOf(locations: readonly PlacedLocation[], uuid: string | undefined): string | undefined {
  return locations.find(({ location }) => location.uuid === uuid)?.location.path ?? uuid;
}

/**
 * The search for locations by name.
 * @param call The call. Its argument `within` names a location that contains them.
 * @throws SearchError if no location or several have that name.
 */
export async function locationSearch(call: LookupCall<{ within?: string }>): Promise<Search<GetLocationResult>> {
  const { directory, args } = call;
  const { within } = args;
  const locations = await placedLocations(directory);
  const anywhere: Search<GetLocationResult> = {
    nouns: ["location", "locations"],
    items: locations.map(({ location }) => location),
    by: "name",
    textOf: ({ name }) => name,
    describe: ({ path, address1, uuid }) => {
      return `${JSON.stringify(path)}${address1 === undefined ? "" : `, ${address1}`} (${uuid})`;
    },
    remedy: "Set within to a location that contains it, or use the RUUID itself.",
  };
  if (within === undefined) return anywhere;
  const outer = await selectOne(anywhere, within);
  const inside = new Set(
    locations.filter(({ ancestors }) => ancestors.includes(outer.uuid)).map(({ location }) => location),
  );
  return {
    ...anywhere,
    nouns: [`location inside ${JSON.stringify(within)}`, `locations inside ${JSON.stringify(within)}`],
    exclusion: (location) => (inside.has(location) ? undefined : `${JSON.stringify(location.path)} is elsewhere`),
  };
}

function placed(listed: Location, outer: PlacedLocation | undefined): PlacedLocation[] {
  const { uuid, name, address1, tz, subLocations } = listed;
  const location: GetLocationResult = {
    uuid: uuid ?? "",
    name: name ?? "",
    path: [outer?.location.path, name ?? ""].filter((part) => part !== undefined).join(" / "),
    ...(outer === undefined ? {} : { parentUuid: outer.location.uuid }),
    ...(address1 ? { address1 } : {}),
    ...(tz ? { tz } : {}),
  };
  const self = { location, ancestors: outer === undefined ? [] : [...outer.ancestors, outer.location.uuid] };
  const inner = (subLocations ?? []).flatMap((each) => (each === null ? [] : placed(each, self)));
  return [...(location.uuid === "" ? [] : [self]), ...inner];
}
