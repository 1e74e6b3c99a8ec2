import type { RhombusApi } from "../rhombus/api/api";
import type { Camera, Location, User } from "../rhombus/api/schemas/directory";
import { RhombusError } from "../rhombus/errors/rhombusError";

/** What things are called by people, by RUUID. A thing that is not in a list does not exist, as far as the key may see. */
export interface NameBook {
  /** The organization; absent where the key may not ask. */
  readonly organization?: { readonly uuid: string; readonly name: string };
  /** The cameras; absent where they cannot be listed. */
  readonly cameras?: ReadonlyMap<string, string>;
  /** The locations; absent where they cannot be listed. */
  readonly locations?: ReadonlyMap<string, string>;
  /** The users; absent where they cannot be listed. */
  readonly users?: ReadonlyMap<string, string>;
}

/**
 * Reads what an organization calls its cameras, locations and users. What the key may not list is left out.
 * @param api Rhombus.
 * @throws RhombusError when Rhombus cannot be reached, or does not let the key in at all.
 */
export async function readNames(api: RhombusApi): Promise<NameBook> {
  const organization = await api.organization();
  const [cameras, locations, users] = await Promise.all([
    listed(() => api.cameras.shared(), cameraNames),
    listed(() => api.locations.shared(), locationNames),
    listed(() => api.users.shared(), userNames),
  ]);
  return {
    ...(organization === undefined ? {} : { organization: { uuid: organization.uuid, name: organization.name ?? "" } }),
    ...(cameras && { cameras }),
    ...(locations && { locations }),
    ...(users && { users }),
  };
}

type Entry = readonly [uuid: string, name: string];

async function listed<T>(
  read: () => Promise<readonly T[]>,
  entries: (items: readonly T[]) => Entry[],
): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    return new Map(told(entries(await read())));
  } catch (error) {
    if (error instanceof RhombusError && error.kind === "auth") return undefined;
    throw error;
  }
}

/** Things of one name are told from each other by their ids. */
function told(entries: readonly Entry[]): Entry[] {
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
