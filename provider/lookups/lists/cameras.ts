import type { Camera } from "../../rhombus/api/schemas/directory";
import type { LookupCall } from "../define/defineLookup";
import type { LookupMissing } from "../define/lookupOptions";
import type { Search } from "../define/search";
import { searchAt } from "./searchAt";

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
  return searchAt(directory, args, {
    nouns: ["camera", "cameras"],
    items: (await directory.api.listing("getMinimalCameraStateList").shared()).flatMap(resultOf),
    by: by === "name" ? "name" : "serial number",
    textOf: (camera) => camera[by] ?? "",
    detail: ({ serialNumber }) => (serialNumber === undefined ? "" : `serial number ${serialNumber}, `),
    remedy: "Set location, or look it up by serialNumber.",
  });
}

function resultOf({ uuid, name, locationUuid, serialNumber }: Camera): GetCameraResult[] {
  if (!uuid) return [];
  const optional = { ...(locationUuid ? { locationUuid } : {}), ...(serialNumber ? { serialNumber } : {}) };
  return [{ uuid, name: name ?? "", ...optional }];
}
