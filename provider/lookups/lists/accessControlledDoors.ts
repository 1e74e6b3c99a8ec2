import type { AccessControlledDoor } from "../../rhombus/api/schemas/accessControlledDoors";
import type { LookupCall } from "../define/defineLookup";
import type { LookupPlace } from "../define/lookupOptions";
import type { Search } from "../define/search";
import { searchAt } from "./searchAt";

/** A door of Rhombus Access Control. */
export interface GetAccessControlledDoorResult {
  /** The RUUID, as `accessControlledDoorUuids` of an access grant takes it. */
  readonly uuid: string;
  /** The name. */
  readonly name: string;
  /** The RUUID of its location. Absent if Rhombus has none. */
  readonly locationUuid?: string;
  /** The maker of its lock: `RHOMBUS`, `APERIO`, or a value that Rhombus has added since. Absent if Rhombus shows none. */
  readonly subType?: string;
}

/**
 * The search for doors of Rhombus Access Control by name.
 * @param call The call.
 */
export async function doorSearch(call: LookupCall<LookupPlace>): Promise<Search<GetAccessControlledDoorResult>> {
  const { directory, args } = call;
  return searchAt(directory, args, {
    nouns: ["door of Rhombus Access Control", "doors of Rhombus Access Control"],
    items: (await directory.accessControlledDoors()).flatMap(resultOf),
    by: "name",
    textOf: ({ name }) => name,
    remedy: "Set location, or use the RUUID itself.",
  });
}

function resultOf({ uuid, name, locationUuid, type, subType }: AccessControlledDoor): GetAccessControlledDoorResult[] {
  if (!uuid || (type && type !== "AccessControlledDoor")) return [];
  return [{ uuid, name: name ?? "", ...(locationUuid ? { locationUuid } : {}), ...(subType ? { subType } : {}) }];
}
