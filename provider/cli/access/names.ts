import type { Directory } from "../../lookups/lists/directory";
import { type PlacedLocation, pathOf, placedLocations } from "../../lookups/lists/locations";
import type { GetUserResult } from "../../lookups/lists/users";
import { userSearch } from "../../lookups/lists/users";
import type { AccessControlledDoor } from "../../rhombus/api/schemas/accessControlledDoors";
import type { Group } from "../../rhombus/api/schemas/groups";
import { plainText, UNNAMED } from "../output/plainText";
import type { Attempt } from "../unread";

/** The list of locations, if it could not be read. */
export const LOCATIONS = "locations";

/** The users, groups, doors and locations of an organization. Each list is `undefined` if it could not be read. */
export class AccessNames {
  readonly #users: ReadonlyMap<string, GetUserResult>;
  readonly #groups: ReadonlyMap<string, Group>;
  readonly #doors: ReadonlyMap<string, AccessControlledDoor>;

  /** Takes the lists. */
  constructor(
    /** The users, deleted ones included. */
    readonly users: readonly GetUserResult[] | undefined,
    /** The groups. */
    readonly groups: readonly Group[] | undefined,
    /** The doors, and the elevator landings that are listed among them. */
    readonly doors: readonly AccessControlledDoor[] | undefined,
    /** The locations. */
    readonly locations: readonly PlacedLocation[] | undefined,
  ) {
    this.#users = byUuid(users);
    this.#groups = byUuid(groups);
    this.#doors = byUuid(doors);
  }

  /**
   * A user's name and e-mail address, and the state of a user who is deleted or disabled; else the RUUID.
   * @param uuid The user.
   */
  user(uuid: string): string {
    const user = this.#users.get(uuid);
    if (user === undefined) return uuid;
    const address = user.email === "" ? "" : ` <${user.email}>`;
    const state = user.deleted ? " (deleted)" : user.status === "INACTIVE" ? " (disabled)" : "";
    return plainText(`${user.name}${address}${state}`.trim());
  }

  /**
   * The name of a group; else its RUUID.
   * @param uuid The group.
   */
  group(uuid: string): string {
    return nameIn(this.#groups.get(uuid), uuid);
  }

  /**
   * The name of a door; else its RUUID.
   * @param uuid The door.
   */
  door(uuid: string): string {
    return nameIn(this.#doors.get(uuid), uuid);
  }

  /**
   * The path of the location of a door; `undefined` if it is not known.
   * @param uuid The door.
   */
  locationOfDoor(uuid: string): string | undefined {
    const path = pathOf(this.locations ?? [], this.#doors.get(uuid)?.locationUuid ?? undefined);
    return path === undefined ? undefined : plainText(path);
  }
}

/**
 * Reads the users, groups, doors and locations.
 * @param directory The listings of the organization.
 * @param attempt Reads a list.
 */
export async function readNames(directory: Directory, attempt: Attempt): Promise<AccessNames> {
  const [users, groups, doors, locations] = await Promise.all([
    attempt("users", userSearch({ directory, args: {}, fresh: false }, "name")),
    attempt("groups", directory.groups(false)),
    attempt("doors of Rhombus Access Control", directory.accessControlledDoors()),
    attempt(LOCATIONS, placedLocations(directory)),
  ]);
  return new AccessNames(users?.items, groups, doors, locations);
}

function byUuid<T extends { readonly uuid?: string | null | undefined }>(
  items: readonly T[] = [],
): ReadonlyMap<string, T> {
  return new Map(items.flatMap((each) => (each.uuid ? [[each.uuid, each] as const] : [])));
}

function nameIn(object: { readonly name?: string | null | undefined } | undefined, uuid: string): string {
  return object === undefined ? uuid : object.name || UNNAMED;
}
