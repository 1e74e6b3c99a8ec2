import type { Organization } from "../core/resource/definition";
import type { RhombusApi } from "../rhombus/api/api";
import type { Location, User } from "../rhombus/api/schemas/directory";
import { RhombusError } from "../rhombus/errors/rhombusError";

/** The names of objects by RUUID. */
export interface NamesByUuid {
  /** The organization; absent if the key may not read it. */
  readonly organization?: Organization | undefined;
  /**
   * The names by kind of object, such as `camera`. A kind that the key may not list is absent. An object that is not in a list
   * does not exist, or the key may not see it.
   */
  readonly byKind?: Readonly<Record<string, ReadonlyMap<string, string> | undefined>>;
}

/**
 * Reads the names of an organization's cameras, locations and users. Lists that the key may not read are absent.
 * @param api The Rhombus API.
 * @throws RhombusError if a list cannot be read for another reason.
 */
export async function readNamesByUuid(api: RhombusApi): Promise<NamesByUuid> {
  const organization = await api.organization();
  const [camera, location, user] = await Promise.all([
    api.listing("getMinimalCameraStateList").shared().then(distinctNames).catch(undefinedIfForbidden),
    api.listing("getLocations").shared().then(withPaths).then(distinctNames).catch(undefinedIfForbidden),
    api.listing("getUsersInOrg").shared().then(withDetails).then(distinctNames).catch(undefinedIfForbidden),
  ]);
  return { organization, byKind: { camera, location, user } };
}

function undefinedIfForbidden(error: unknown): undefined {
  if (!(error instanceof RhombusError) || error.kind !== "auth") throw error;
}

interface NamedObject {
  readonly uuid?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/**
 * The names of objects by RUUID, with the id added to names that several objects share.
 * @param objects The objects.
 */
export function distinctNames(objects: readonly NamedObject[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { name } of objects) counts.set(name ?? "", (counts.get(name ?? "") ?? 0) + 1);
  const entries = objects.map(({ uuid, name }): [string, string] => {
    const id = uuid ?? "";
    if (!name) return [id, id];
    return [id, counts.get(name) === 1 ? name : `${name} (${id})`];
  });
  return new Map(entries);
}

function withPaths(locations: readonly Location[], start = ""): NamedObject[] {
  return locations.flatMap(({ uuid, name, subLocations }): NamedObject[] => {
    const path = `${start}${name ?? ""}`;
    const inner = (subLocations ?? []).filter((each) => each !== null);
    return [{ uuid, name: path }, ...withPaths(inner, `${path} / `)];
  });
}

function withDetails(users: readonly User[]): NamedObject[] {
  return users.map(({ uuid, name, email, deleted, status }) => {
    const address = email ? ` <${email}>` : "";
    const remark = deleted === true ? ", who has been deleted" : status === "INACTIVE" ? ", who is disabled" : "";
    return { uuid, name: `${name ?? ""}${address}${remark}`.trim() };
  });
}
