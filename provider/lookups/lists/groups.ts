import type { Group } from "../../rhombus/api/schemas/groups";
import type { Query } from "../define/defineLookup";
import type { LookupMissing } from "../define/lookupOptions";
import type { Search } from "../define/search";
import { locationsIfVisible, pathOf } from "./locations";

/** An access control group. Its members are an output of `AccessControlGroup.get`. */
export interface GetAccessControlGroupResult {
  /** Its RUUID: the id that `AccessControlGroup.get` takes. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** What it is for. Absent where Rhombus has no description. */
  readonly description?: string;
  /** The location it belongs to, as an RUUID. Absent where it belongs to none. */
  readonly locationUuid?: string;
}

/**
 * The search for access control groups by name.
 * @param query The call.
 */
export async function groupSearch(query: Query<LookupMissing>): Promise<Search<GetAccessControlGroupResult>> {
  const { directory, fresh } = query;
  return {
    nouns: ["access control group", "access control groups"],
    items: (await directory.groups.items(fresh)).flatMap(resultOf),
    by: "name",
    textOf: ({ name }) => name,
    describe: async ({ name, locationUuid, uuid }) => {
      const at = pathOf(await locationsIfVisible(directory), locationUuid);
      return `${JSON.stringify(name)} ${at === undefined ? "of no location" : `of ${JSON.stringify(at)}`} (${uuid})`;
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
