import type { Group } from "../../rhombus/api/schemas/groups";
import type { Search } from "../define/search";
import type { Directory } from "./directory";
import { locationsToTell, type PlacedLocation } from "./locations";

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
 * How to search access control groups by name.
 * @param directory What the organization has.
 * @param fresh Whether only what is read from now on counts.
 */
export async function groupSearch(directory: Directory, fresh: boolean): Promise<Search<GetAccessControlGroupResult>> {
  return {
    nouns: ["access control group", "access control groups"],
    items: (await directory.groups(fresh)).flatMap(shown),
    by: "name",
    of: ({ name }) => name,
    told: async (group) => told(group, await locationsToTell(directory)),
    narrower: "Give them different names, or use the RUUID itself.",
  };
}

/**
 * The listing may also hold groups of guest hosts, which are not access control groups
 * (docs/rhombus-api.md#access-control-groups).
 */
function shown({ uuid, name, description, locationUuid, type }: Group): GetAccessControlGroupResult[] {
  if (!uuid || type === "GUEST_MANAGEMENT_HOST") return [];
  return [
    { uuid, name: name ?? "", ...(description ? { description } : {}), ...(locationUuid ? { locationUuid } : {}) },
  ];
}

function told({ name, locationUuid, uuid }: GetAccessControlGroupResult, locations: readonly PlacedLocation[]): string {
  const at = locations.find(({ shown: location }) => location.uuid === locationUuid)?.shown.path ?? locationUuid;
  return `${JSON.stringify(name)} ${at === undefined ? "of no location" : `of ${JSON.stringify(at)}`} (${uuid})`;
}
