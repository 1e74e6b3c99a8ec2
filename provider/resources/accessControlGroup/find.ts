import type { FindOptions, Observed, Query } from "../../core/resource/definition";
import { foldedName } from "../../core/schema/foldedName";
import { memoize } from "../../core/schema/memoize";
import { type Values, valueFrom, withoutUndefined } from "../../core/schema/values";
import { storedValue } from "../../core/state/metadata";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Listed } from "../../rhombus/api/listings";
import type { Group } from "../../rhombus/api/schemas/groups";
import { fields } from "./fields";
import { membersOf } from "./members";

/**
 * Finds groups in the listing of all groups, with their members where the options ask for them.
 * @param api The API.
 * @param query The groups to find.
 * @param options The options.
 * @throws RhombusError if the answers do not prove that a group which is not found does not exist.
 */
export async function find(api: RhombusApi, query: Query, options: FindOptions): Promise<Observed<Group>[]> {
  const listed = await api.listing("findAccessControlGroupsByOrg").read(options.fresh);
  const { silentError } = listed;
  const matches = matching(listed.items, query).filter((group) => isManageable(group, query, options));
  const isProved = silentError === undefined || (matches.length > 0 && query !== "all");
  const groups = isProved ? matches : await findByName(api, query, { ...options, silentError, listed });
  const found = groups.map((group) => withLocation(group, options.prior));
  if (query === "all" || !options.fields.has("userUuids")) return found.map((group) => observed(group));
  return Promise.all(found.map(async (group) => observed(group, await membersOf(api, group.uuid ?? ""))));
}

/**
 * Finds groups by name if the listing does not prove their absence. That no group has the name allows a creation, which
 * overwrites nothing, and confirms an answered delete. It never removes a group from the state.
 */
async function findByName(
  api: RhombusApi,
  query: Query,
  {
    prior,
    removed,
    silentError,
    listed,
  }: FindOptions & { readonly silentError: Error; readonly listed: Listed<Group> },
): Promise<readonly Group[]> {
  const removedName = removed && typeof prior.name === "string" ? prior.name : undefined;
  const name = query !== "all" && "key" in query ? query.key : removedName;
  if (name === undefined || !listed.mayBeEmpty) throw silentError;
  const named = await api.groupNamed(name);
  const found = matching(named.items, query);
  // A group of another name, or another group of that name, proves nothing about the requested one.
  if (named.silentError !== undefined || found.length < named.items.length) throw silentError;
  return found.filter(isAccessControl);
}

/** A group that is listed without a location has none, unless the state has one: an omitted property is not a removed one. */
function withLocation(group: Group, prior: Values): Group {
  if (group.locationUuid !== undefined) return group;
  const stored = storedValue({ fields }, prior, "locationUuid");
  return stored?.value === undefined ? { ...group, locationUuid: null } : group;
}

/** A group in the state counts whatever type Rhombus lists for it. */
function isManageable(group: Group, query: Query, { prior }: FindOptions): boolean {
  const isInState = query !== "all" && "id" in query && prior.name !== undefined;
  return isInState || isAccessControl(group);
}

/** The listing may also hold groups of guest management (docs/rhombus-api.md#access-control-groups). */
function isAccessControl({ type }: Group): boolean {
  return type !== "GUEST_MANAGEMENT_HOST";
}

function matching(groups: readonly Group[], query: Query): readonly Group[] {
  if (query === "all") return groups;
  if ("id" in query) return byId(groups).get(query.id) ?? [];
  return groups.filter((group) => foldedNameOf(group) === query.key);
}

/** Memoized, because a refresh looks up each of its groups in one listing. */
const byId = memoize((groups: readonly Group[]): ReadonlyMap<string, readonly Group[]> => {
  const listed = new Map<string, Group[]>();
  for (const group of groups) {
    const { uuid } = group;
    if (typeof uuid === "string") listed.set(uuid, [...(listed.get(uuid) ?? []), group]);
  }
  return listed;
});

/** Memoized, because each creation compares its name with all groups. */
const foldedNameOf = memoize(({ name }: Group) => foldedName(name ?? ""));

/**
 * Maps a group of the API to the fields and outputs of the resource.
 * @param group The group.
 * @param userUuids Its members; `undefined` if they were not read.
 */
export function observed(group: Group, userUuids?: readonly string[]): Observed<Group> {
  const { uuid, orgUuid, name, description, locationUuid, type, createdAtMillis, updatedAtMillis } = group;
  return {
    id: uuid ?? "",
    ...(orgUuid ? { orgUuid } : {}),
    values: {
      name: valueFrom(name),
      description: valueFrom(description),
      ...(locationUuid === undefined ? {} : { locationUuid: valueFrom(locationUuid) }),
      ...(userUuids === undefined ? {} : { userUuids: [...userUuids] }),
    },
    outputs: withoutUndefined({
      groupType: type ?? undefined,
      createdAtMillis: createdAtMillis ?? undefined,
      updatedAtMillis: updatedAtMillis ?? undefined,
    }),
    raw: group,
  };
}
