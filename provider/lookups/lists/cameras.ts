import type { Camera } from "../../rhombus/api/schemas/directory";
import { mistake, refuseOtherIds } from "../define/arguments";
import type { LookupMissing } from "../define/defineLookup";
import { type Search, theOne } from "../define/search";
import type { Directory } from "./directory";
import { locationSearch, locationsToTell, type PlacedLocation, placedLocations } from "./locations";

/** Where cameras have to be. */
export interface CameraPlace extends LookupMissing {
  /** The name of the location that they have to be at, or inside of. Default: anywhere. */
  location?: string;
  /** The same by the location's RUUID. */
  locationUuid?: string;
}

/** A camera. */
export interface GetCameraResult {
  /** Its RUUID: what `assignedCameraList` of a door takes. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** The location it is at, as an RUUID. Absent where Rhombus has none. */
  readonly locationUuid?: string;
  /** Its serial number. Absent where Rhombus has none. */
  readonly serialNumber?: string;
}

/**
 * How to search cameras.
 * @param directory What the organization has.
 * @param by By what.
 * @param place Where they have to be.
 * @throws Unanswered when there is no such location, or several.
 */
export async function cameraSearch(
  directory: Directory,
  by: "name" | "serialNumber",
  place: CameraPlace,
): Promise<Search<GetCameraResult>> {
  const asked = await locationAsked(directory, place);
  const items = (await directory.cameras()).flatMap(shown);
  const anywhere: Search<GetCameraResult> = {
    nouns: ["camera", "cameras"],
    items,
    by: by === "name" ? "name" : "serial number",
    of: (camera) => camera[by] ?? "",
    told: async (camera) => told(camera, await locationsToTell(directory)),
    narrower: "Say where it is with location, or look it up by serialNumber.",
  };
  if (asked === undefined) return anywhere;
  const { said, inside, locations } = asked;
  return {
    ...anywhere,
    nouns: [`camera at ${said}`, `cameras at ${said}`],
    withheld: (camera) => (inside.has(camera.locationUuid ?? "") ? undefined : `there is ${told(camera, locations)}`),
  };
}

/** A location that cameras have to be at. */
interface Asked {
  readonly said: string;
  /** Its RUUID and those of the locations inside it. */
  readonly inside: ReadonlySet<string>;
  readonly locations: readonly PlacedLocation[];
}

async function locationAsked(
  directory: Directory,
  { location, locationUuid }: CameraPlace,
): Promise<Asked | undefined> {
  if (location !== undefined && locationUuid !== undefined) throw mistake("give either location or locationUuid.");
  if (location === undefined && locationUuid === undefined) return undefined;
  if (locationUuid !== undefined) refuseOtherIds("locationUuid", locationUuid);
  const locations = await placedLocations(directory);
  const uuid = locationUuid ?? (await uuidOf(directory, location ?? ""));
  const name = location ?? locations.find(({ shown: each }) => each.uuid === uuid)?.shown.path;
  const inner = locations.filter(({ around }) => around.includes(uuid)).map(({ shown: each }) => each.uuid);
  return { said: name === undefined ? uuid : JSON.stringify(name), inside: new Set([uuid, ...inner]), locations };
}

async function uuidOf(directory: Directory, location: string): Promise<string> {
  const search = await locationSearch(directory, undefined);
  const narrower = "Say which one with locationUuid; getLocation takes within.";
  return (await theOne({ ...search, narrower }, location, { directory, args: {} }))?.shown.uuid ?? "";
}

function shown(camera: Camera): GetCameraResult[] {
  const { uuid, name, locationUuid, serialNumber } = camera;
  if (!uuid) return [];
  return [
    {
      uuid,
      name: name ?? "",
      ...(locationUuid ? { locationUuid } : {}),
      ...(serialNumber ? { serialNumber } : {}),
    },
  ];
}

function told(
  { name, locationUuid, serialNumber, uuid }: GetCameraResult,
  locations: readonly PlacedLocation[],
): string {
  const at = locations.find(({ shown: location }) => location.uuid === locationUuid)?.shown.path ?? locationUuid;
  const where = at === undefined ? "without a location" : `at ${JSON.stringify(at)}`;
  const serial = serialNumber === undefined ? "" : `serial number ${serialNumber}, `;
  return `${JSON.stringify(name)} ${where} (${serial}${uuid})`;
}
