import type { Group } from "../../rhombus/api/schemas/groups";
import type { LookupCall } from "../define/defineLookup";
import type { LookupMissing } from "../define/lookupOptions";
import type { Search } from "../define/search";
import { locationsIfVisible, pathOf } from "./locations";

/** An access control group. `AccessControlGroup.get` returns its members. */
export interface GetAccessControlGroupResult {
  /** The RUUID, the id that `AccessControlGroup.get` takes. */
  readonly uuid: string;
  /** The name. */
  readonly name: string;
  /** The description. Absent if Rhombus has none. */
  readonly description?: string;
  /** The RUUID of its location. Absent if it has none. */
  readonly locationUuid?: string;
}

/**
 * The search for access control groups by name.
 * @param call The call.
 */
export async function groupSearch(call: LookupCall<LookupMissing>): Promise<Search<GetAccessControlGroupResult>> {
  const { directory, fresh } = call;
  return {
    nouns: ["access control group", "access control groups"],
    items: (await directory.groups(fresh)).flatMap(resultOf),
    by: "name",
    textOf: ({ name }) => name,
    describe: async ({ name, locationUuid, uuid }) => {
      const at = pathOf(await locationsIfVisible(directory), locationUuid);
      return `${JSON.stringify(name)} ${at === undefined ? "without a location" : `of ${JSON.stringify(at)}`} (${uuid})`;
    },
    remedy: "Give them different names, or use the RUUID itself.",
  };
}

/** The listing may also contain groups of guest hosts (docs/rhombus-api.md#access-control-groups). */
function resultOf({ uuid, name, description, locationUuid, type }: Group): GetAccessControlGroupResult[] {
  if (!uuid || type === "GUEST_MANAGEMENT_HOST") return [];
  return [
    { uuid, name: name ?? "", ...(description ? { description } : {}), ...(locationUuid ? { locationUuid } : {}) },
  ];
}
