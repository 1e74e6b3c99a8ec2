import type { RhombusApi } from "../rhombus/api/api";
import type { Camera, Location, User } from "../rhombus/api/schemas/directory";
import { RhombusError } from "../rhombus/errors/rhombusError";

/** The names of objects by RUUID. An object that is not in a list does not exist, or the key may not see it. */
export interface NamesByUuid {
  /** The organization; absent if the key may not read it. */
  readonly organization?: { readonly uuid: string; readonly name: string } | undefined;
  /** The cameras; absent if the key may not list them. */
  readonly cameras?: ReadonlyMap<string, string> | undefined;
  /** The locations; absent if the key may not list them. */
  readonly locations?: ReadonlyMap<string, string> | undefined;
  /** The users; absent if the key may not list them. */
  readonly users?: ReadonlyMap<string, string> | undefined;
}

/**
 * Reads the names of an organization's cameras, locations and users. Lists that the key may not read are absent.
 * @param api The Rhombus API.
 * @throws RhombusError when a list cannot be read for another reason.
 */
export async function readNames(api: RhombusApi): Promise<NamesByUuid> {
  const organization = await api.organization();
  const [cameras, locations, users] = await Promise.all([
    listed(() => api.listing("getMinimalCameraStateList").shared(), cameraNames),
    listed(() => api.listing("getLocations").shared(), locationNames),
    listed(() => api.listing("getUsersInOrg").shared(), userNames),
  ]);
  return {
    organization: organization && { uuid: organization.uuid, name: organization.name ?? "" },
    cameras,
    locations,
    users,
  };
}

type Entry = readonly [uuid: string, name: string];

async function listed<T>(
  read: () => Promise<readonly T[]>,
  entries: (items: readonly T[]) => Entry[],
): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    return new Map(distinct(entries(await read())));
  } catch (error) {
    if (error instanceof RhombusError && error.kind === "auth") return undefined;
    throw error;
  }
}

/** Adds the id to names that several objects share. */
function distinct(entries: readonly Entry[]): Entry[] {
  const counts = new Map<string, number>();
  for (const [, name] of entries) counts.set(name, (counts.get(name) ?? 0) + 1);
  return entries.map(([uuid, name]) => {
    if (name === "") return [uuid, uuid];
    return [uuid, counts.get(name) === 1 ? name : `${name} (${uuid})`];
  });
}

function cameraNames(cameras: readonly Camera[]): Entry[] {
  return cameras.map(({ uuid, name }) => [uuid ?? "", name ?? ""]);
}

function locationNames(locations: readonly Location[], around = ""): Entry[] {
  return locations.flatMap(({ uuid, name, subLocations }): Entry[] => {
    const path = `${around}${name ?? ""}`;
    const inner = (subLocations ?? []).filter((each) => each !== null);
    return [[uuid ?? "", path], ...locationNames(inner, `${path} / `)];
  });
}

function userNames(users: readonly User[]): Entry[] {
  return users.map(({ uuid, name, email, deleted, status }) => {
    const address = email ? ` <${email}>` : "";
    const remark = deleted === true ? ", who has been deleted" : status === "INACTIVE" ? ", who is disabled" : "";
    return [uuid ?? "", `${name ?? ""}${address}${remark}`.trim()];
  });
}
