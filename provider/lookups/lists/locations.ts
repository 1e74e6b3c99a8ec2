import type { Location } from "../../rhombus/api/schemas/directory";
import { type Search, theOne } from "../define/search";
import type { Directory } from "./directory";

/** A location. */
export interface GetLocationResult {
  /** Its RUUID: what `locationUuid` of doors and groups takes. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** Its name after those of the locations around it, such as `Headquarters / Server room`. */
  readonly path: string;
  /** The location right around it, as an RUUID. Absent where there is none. */
  readonly parentUuid?: string;
  /** Its street address. Absent where Rhombus has none. */
  readonly address1?: string;
  /** Its time zone, such as `America/Los_Angeles`. Absent where Rhombus has none. */
  readonly tz?: string;
}

/** A location where it stands among the others. */
export interface PlacedLocation {
  /** What a program sees of it. */
  readonly shown: GetLocationResult;
  /** The RUUIDs of the locations around it. */
  readonly around: readonly string[];
}

/**
 * All locations, those inside others too, each before those inside it.
 * @param directory What the organization has.
 */
export async function placedLocations(directory: Directory): Promise<PlacedLocation[]> {
  return (await directory.locations()).flatMap((location) => placed(location, undefined));
}

/**
 * The locations, to tell two things from each other; none where the key may not see them.
 * @param directory What the organization has.
 */
export function locationsToTell(directory: Directory): Promise<PlacedLocation[]> {
  return placedLocations(directory).catch(() => []);
}

/**
 * How to search locations by name.
 * @param directory What the organization has.
 * @param within The name of a location that they have to be inside of, if any.
 * @throws Unanswered when there is no such location around, or several.
 */
export async function locationSearch(
  directory: Directory,
  within: string | undefined,
): Promise<Search<PlacedLocation>> {
  const items = await placedLocations(directory);
  const anywhere: Search<PlacedLocation> = {
    nouns: ["location", "locations"],
    items,
    by: "name",
    of: ({ shown }) => shown.name,
    told: ({ shown }) => told(shown),
    narrower: "Name the one around it with within, or use the RUUID itself.",
  };
  if (within === undefined) return anywhere;
  const outer = (await theOne(anywhere, within, { directory, args: {} }))?.shown;
  return {
    ...anywhere,
    nouns: [`location inside ${JSON.stringify(within)}`, `locations inside ${JSON.stringify(within)}`],
    withheld: ({ shown, around }) =>
      around.includes(outer?.uuid ?? "") ? undefined : `${JSON.stringify(shown.path)} is elsewhere`,
  };
}

function placed(location: Location, outer: PlacedLocation | undefined): PlacedLocation[] {
  const { uuid, name, address1, tz, subLocations } = location;
  const shown: GetLocationResult = {
    uuid: uuid ?? "",
    name: name ?? "",
    path: [outer?.shown.path, name ?? ""].filter((part) => part !== undefined).join(" / "),
    ...(outer === undefined ? {} : { parentUuid: outer.shown.uuid }),
    ...(address1 ? { address1 } : {}),
    ...(tz ? { tz } : {}),
  };
  const self = { shown, around: outer === undefined ? [] : [...outer.around, outer.shown.uuid] };
  const inner = (subLocations ?? []).flatMap((each) => (each === null ? [] : placed(each, self)));
  return [...(shown.uuid === "" ? [] : [self]), ...inner];
}

function told({ path, address1, uuid }: GetLocationResult): string {
  return `${JSON.stringify(path)}${address1 === undefined ? "" : `, ${address1}`} (${uuid})`;
}
