import type { Camera } from "../../rhombus/api/schemas/directory";
import { isRuuid, ruuidFromUuid } from "../../rhombus/ids/ruuid";
import { isUuid } from "../../rhombus/ids/uuid";
import type { LookupCall } from "../define/defineLookup";
import { SearchError } from "../define/lookupError";
import type { LookupMissing } from "../define/lookupOptions";
import { type Search, selectOne } from "../define/search";
import type { Directory } from "./directory";
import { locationSearch, locationsIfVisible, type PlacedLocation, pathOf, placedLocations } from "./locations";

/** The place of cameras. At most one of `location` and `locationUuid` is allowed. */
export interface CameraPlace extends LookupMissing {
  /** The name of a location. Cameras at it and at the locations inside it are found. Default: anywhere. */
  location?: string;
  /** The RUUID of a location, instead of its name. */
  locationUuid?: string;
}

/** A camera. */
export interface GetCameraResult {
  /** The RUUID, as `assignedCameraList` of a door takes it. */
  readonly uuid: string;
  /** The name. */
  readonly name: string;
  /** The RUUID of its location. Absent if Rhombus has none. */
  readonly locationUuid?: string;
  /** The serial number. Absent if Rhombus has none. */
  readonly serialNumber?: string;
}

/**
 * The search for cameras.
 * @param call The call.
 * @param by The property that is compared.
 * @throws SearchError if the arguments name a location that does not exist, or several.
 */
export async function cameraSearch(
  { directory, args }: LookupCall<CameraPlace>,
  by: "name" | "serialNumber",
): Promise<Search<GetCameraResult>> {
  const area = await areaOf(directory, args);
  const anywhere: Search<GetCameraResult> = {
    nouns: ["camera", "cameras"],
    items: (await directory.api.listing("getMinimalCameraStateList").shared()).flatMap(resultOf),
    by: by === "name" ? "name" : "serial number",
    textOf: (camera) => camera[by] ?? "",
    describe: async (camera) => described(camera, await locationsIfVisible(directory)),
    remedy: "Set location, or look it up by serialNumber.",
  };
  if (area === undefined) return anywhere;
  const { label, uuids, locations } = area;
  return {
    ...anywhere,
    nouns: [`camera at ${label}`, `cameras at ${label}`],
    exclusion: (camera) =>
      uuids.has(camera.locationUuid ?? "") ? undefined : `there is ${described(camera, locations)}`,
  };
}

/** The location at which cameras must be. */
interface Area {
  /** Its name or RUUID, for messages. */
  readonly label: string;
  /** Its RUUID and those of the locations inside it. */
  readonly uuids: ReadonlySet<string>;
  /** All locations. */
  readonly locations: readonly PlacedLocation[];
}

async function areaOf(directory: Directory, { location, locationUuid }: CameraPlace): Promise<Area | undefined> {
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

function resultOf({ uuid, name, locationUuid, serialNumber }: Camera): GetCameraResult[] {
  if (!uuid) return [];
  const optional = { ...(locationUuid ? { locationUuid } : {}), ...(serialNumber ? { serialNumber } : {}) };
  return [{ uuid, name: name ?? "", ...optional }];
}

function described(camera: GetCameraResult, locations: readonly PlacedLocation[]): string {
  const { name, locationUuid, serialNumber, uuid } = camera;
  const at = pathOf(locations, locationUuid);
  const where = at === undefined ? "without a location" : `at ${JSON.stringify(at)}`;
  const serial = serialNumber === undefined ? "" : `serial number ${serialNumber}, `;
  return `${JSON.stringify(name)} ${where} (${serial}${uuid})`;
}
