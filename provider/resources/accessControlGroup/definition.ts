import {
  defineResource,
  type FindOptions,
  inputsOf,
  type Making,
  type Observed,
  type Query,
  type Writing,
} from "../../core/resource/definition";
import { LifecycleError } from "../../core/resource/lifecycleError";
import { type InputsOf, integer, oneOf, set, text } from "../../core/schema/fields";
import { foldedName } from "../../core/schema/foldedName";
import { memoize } from "../../core/schema/memoize";
import { type Values, valueFrom, withoutUndefined } from "../../core/schema/values";
import { storedValue } from "../../core/state/metadata";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Listed } from "../../rhombus/api/listings";
import type { Group, GroupMember } from "../../rhombus/api/schemas/groups";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { isRuuid } from "../../rhombus/ids/ruuid";
import { adoptFlag } from "../fields/adopt";
import { objectName } from "../fields/objectName";
import { ruuid } from "../fields/ruuid";

/** The inputs of an access control group. */
export const fields = {
  /** The group's name, at most 255 characters, unique in the organization without regard to case. Default: the resource's name. */
  name: objectName(),
  /** The description of the group, at most 4000 characters. No longer declared, it is cleared. */
  description: text({ max: 4000 }),
  /**
   * The location of the group, as an RUUID. Forces replacement if the group has another location or none, because the API
   * cannot move a group. No longer declared, the group keeps its location.
   */
  locationUuid: ruuid({ of: "location", replaces: true }),
  /**
   * The members, as RUUIDs of users; a set: order and repetition do not matter. Managed only when given; no longer declared,
   * the members stay; `[]` removes them. A user that Rhombus does not add is a partial failure that names the user.
   */
  userUuids: set(ruuid({ of: "user", required: true }), { sharedWhen: ({ membership }) => membership === "additive" }),
  /**
   * The management of members. `"exclusive"`: the program manages all members, so a member added elsewhere is a change.
   * `"additive"`: the program manages only the members that it declares; others are never changed or shown.
   * Default: `"exclusive"`.
   */
  membership: oneOf(["exclusive", "additive"], { local: true }),
  /**
   * `true` takes over the existing group of this name, and creates one if there is none. It applies on creation only and is
   * never a change. Default: an existing group of this name is an error.
   */
  adopt: adoptFlag(),
};

type GroupInputs = InputsOf<typeof fields>;

/**
 * What an access control group is, and how Rhombus keeps it. Vendor page: createAccessControlGroup;
 * docs/rhombus-api.md#access-control-groups.
 */
export const accessControlGroup = defineResource<RhombusApi, typeof fields, Group>({
  shape: "collection",
  type: "AccessControlGroup",
  fields,
  outputs: { orgUuid: text(), groupType: text(), createdAtMillis: integer(), updatedAtMillis: integer() },
  display: { noun: "group", name: "name" },
  idSource:
    "The id is the group's uuid: getAccessControlGroup finds it by name, and findAccessControlGroupsByOrg lists it.",
  isId: isRuuid,
  advice: {
    userUuids: "Users must belong to this organization and must not be deleted.",
  },
  key: ({ name = "" }) => ({ value: foldedName(name), label: `the access control group "${name}"` }),
  listing: (api) => api.groups,
  find,
  make,
  write,
  async remove(api, { id }) {
    await api.call("deleteAccessControlGroup", { groupUuid: id });
  },
  lock: (id) => (id === undefined ? undefined : `group ${id}`),
});

async function find(api: RhombusApi, query: Query, options: FindOptions): Promise<Observed<Group>[]> {
  const listed = await api.groups.read(options.fresh);
  const { silence } = listed;
  const matched = matching(listed.items, query).filter((group) => isSought(group, query, options));
  const isProved = silence === undefined || (matched.length > 0 && query !== "all");
  const shown = isProved ? matched : await findByName(api, query, { ...options, silence, listed });
  const found = shown.map((group) => withLocation(group, options.prior));
  const { fields: wanted } = options;
  if (query === "all" || !wanted.has("userUuids")) return found.map((group) => observed(group));
  return Promise.all(found.map(async (group) => observed(group, await members(api, group.uuid ?? ""))));
}

/**
 * Looks for a group by its name where the listing does not prove that it is not there. That no group has the name is enough
 * to make one, which overwrites nothing, and to believe an answered delete; it never takes a group out of the state.
 */
async function findByName(
  api: RhombusApi,
  query: Query,
  { prior, removed, silence, listed }: FindOptions & { readonly silence: Error; readonly listed: Listed<Group> },
): Promise<readonly Group[]> {
  const ofRemoved = removed && typeof prior.name === "string" ? prior.name : undefined;
  const name = query !== "all" && "key" in query ? query.key : ofRemoved;
  if (name === undefined || !listed.mayBeEmpty) throw silence;
  const named = await api.groupNamed(name);
  const found = matching(named.items, query);
  // A group of another name, or another group of that name, says nothing of the one that is looked for.
  if (named.silence !== undefined || found.length < named.items.length) throw silence;
  return found.filter(isAccessControl);
}

/** A listed group that shows no location has none, unless one is known: a property that is left out does not take it away. */
function withLocation(group: Group, prior: Values): Group {
  if (group.locationUuid !== undefined) return group;
  const stored = storedValue(accessControlGroup, prior, "locationUuid");
  return stored?.value === undefined ? { ...group, locationUuid: null } : group;
}

/** A group that is managed is what it is, however Rhombus lists its type. */
function isSought(group: Group, query: Query, { prior }: FindOptions): boolean {
  const isManaged = query !== "all" && "id" in query && prior.name !== undefined;
  return isManaged || isAccessControl(group);
}

/**
 * The listing may also hold groups of guest hosts, which are not access control groups
 * (docs/rhombus-api.md#access-control-groups).
 */
function isAccessControl({ type }: Group): boolean {
  return type !== "GUEST_MANAGEMENT_HOST";
}

function matching(groups: readonly Group[], query: Query): readonly Group[] {
  if (query === "all") return groups;
  if ("id" in query) return byId(groups).get(query.id) ?? [];
  return groups.filter((group) => foldedNameOf(group) === query.key);
}

/** Each of a thousand groups that are read is looked up in the listing. */
const byId = memoize((groups: readonly Group[]): ReadonlyMap<string, readonly Group[]> => {
  const listed = new Map<string, Group[]>();
  for (const group of groups) {
    const { uuid } = group;
    if (typeof uuid === "string") listed.set(uuid, [...(listed.get(uuid) ?? []), group]);
  }
  return listed;
});

/** Each of a thousand groups that are made looks through all of them. */
const foldedNameOf = memoize(({ name }: Group) => foldedName(name ?? ""));

async function members(api: RhombusApi, groupUuid: string): Promise<string[]> {
  const wayOut = "If the group has no members for certain, leave userUuids out of the program.";
  return usersOf(await api.list("findAllUsersForAccessControlGroup", { groupUuid }, { wayOut }));
}

function usersOf(list: readonly (GroupMember | null)[] | null | undefined): string[] {
  return (list ?? []).flatMap((member) => member?.userUuid ?? []);
}

function observed(group: Group, userUuids?: readonly string[]): Observed<Group> {
  const { uuid, orgUuid, name, description, locationUuid, type, createdAtMillis, updatedAtMillis } = group;
  const values: Values = {
    name: valueFrom(name),
    description: valueFrom(description),
    ...(locationUuid === undefined ? {} : { locationUuid: valueFrom(locationUuid) }),
  };
  return {
    id: uuid ?? "",
    ...(orgUuid ? { orgUuid } : {}),
    values: { ...values, ...(userUuids === undefined ? {} : { userUuids: [...userUuids] }) },
    outputs: withoutUndefined({
      groupType: type ?? undefined,
      createdAtMillis: createdAtMillis ?? undefined,
      updatedAtMillis: updatedAtMillis ?? undefined,
    }),
    raw: group,
  };
}

async function make(api: RhombusApi, inputs: GroupInputs, { believe }: Making<Group>): Promise<Observed<Group>> {
  const { name = "", description, locationUuid, userUuids } = inputs;
  const { items: before } = await api.groups.read(false);
  const request = { name, ...(description ? { description } : {}), ...(locationUuid ? { locationUuid } : {}) };
  const answer = await createWith(api, request, { userUuids, believe });
  const { group } = answer;
  if (before.some(({ uuid }) => uuid === group.uuid)) throw anothersGroup(name, group);
  api.groups.amend((groups) => [...groups.filter(({ uuid }) => uuid !== group.uuid), group]);
  const { groupMembers } = answer;
  if (userUuids === undefined) return observed(group);
  // A new group has no members that were not sent.
  if (userUuids.length === 0) return observed(group, []);
  return groupMembers ? observed(group, usersOf(groupMembers)) : { ...observed(group), unseen: true };
}

/** The answer of a creation may name a group that was there before: what is written to it would be somebody else's. */
function anothersGroup(name: string, { uuid }: Group): LifecycleError {
  return new LifecycleError(
    "conflict",
    `the access control group "${name}" was not taken into the state: Rhombus answered its creation with the group ${uuid}, which ` +
      "existed before. Look in the Rhombus console; if the new group is there, `adopt: true` takes it over.",
  );
}

/**
 * A user whom Rhombus refuses must not keep the group from being made: adding them one by one then tells who it is. Where
 * names need not be unique, trying again after a refusal that was none would make a second group.
 */
async function createWith(
  api: RhombusApi,
  request: { name: string },
  { userUuids = [], believe }: Pick<Making<Group>, "believe"> & { userUuids: string[] | undefined },
) {
  if (userUuids.length === 0) return api.call("createAccessControlGroup", request);
  try {
    return await api.call("createAccessControlGroup", { ...request, userUuids });
  } catch (error) {
    if (!isRefusedRequest(error)) throw error;
    await believe(error);
    return api.call("createAccessControlGroup", request);
  }
}

function isRefusedRequest(error: unknown): boolean {
  return error instanceof RhombusError && (error.kind === "badRequest" || error.kind === "domain");
}

async function write(api: RhombusApi, writing: Writing<Group, GroupInputs>): Promise<Observed<Group> | undefined> {
  const { observed: before, changed } = writing;
  const renamed = changed.has("name") || changed.has("description");
  const group = renamed ? await writeNames(api, writing) : before.raw;
  if (changed.has("userUuids")) {
    await writeMembers(api, writing);
    return undefined;
  }
  return group === undefined ? undefined : observed(group, inputsOf<typeof fields>(before.values).userUuids);
}

/**
 * Name and description go together, because what an update leaves out may be kept or cleared
 * (docs/rhombus-api.md#access-control-groups).
 */
async function writeNames(api: RhombusApi, writing: Writing<Group, GroupInputs>): Promise<Group | undefined> {
  const { observed: before, desired, attempt } = writing;
  const answer = await api.call("updateAccessControlGroup", {
    groupUuid: before.id,
    name: desired.name ?? "",
    description: desired.description || (attempt === 1 ? null : ""),
  });
  writing.wrote();
  if (answer.group?.uuid !== before.id) return undefined;
  const updated = { ...before.raw, ...answer.group };
  api.groups.amend((groups) => groups.map((each) => (each.uuid === before.id ? updated : each)));
  return updated;
}

async function writeMembers(api: RhombusApi, writing: Writing<Group, GroupInputs>): Promise<void> {
  const { observed: before, desired } = writing;
  const live = inputsOf<typeof fields>(before.values).userUuids ?? [];
  const asked = desired.userUuids ?? [];
  const [isLive, isAsked] = [new Set(live), new Set(asked)];
  const added = asked.filter((user) => !isLive.has(user));
  const removed = live.filter((user) => !isAsked.has(user));
  if (added.length > 0) await addUsers(api, writing, added);
  if (removed.length > 0) await removeUsers(api, writing, removed);
}

/** What is refused at first may be done already, if an earlier answer was lost: whether it is, verification shows. */
async function removeUsers(
  api: RhombusApi,
  { observed: { id: groupUuid }, attempt, wrote }: Writing<Group, GroupInputs>,
  userUuids: string[],
): Promise<void> {
  try {
    await api.call("removeUsersFromAccessControlGroup", { groupUuid, userUuids });
    wrote();
  } catch (error) {
    if (attempt === 2 || !isRefusedRequest(error)) throw error;
  }
}

/**
 * One refused user makes Rhombus refuse all; one by one, the others are added, and verification names the refused. Only
 * where it has shown that somebody is missing, the refusal is told.
 */
async function addUsers(api: RhombusApi, writing: Writing<Group, GroupInputs>, userUuids: string[]): Promise<void> {
  const refusal = await refusalOf(api, writing, userUuids);
  if (refusal === undefined) return;
  for (const user of userUuids) {
    const reason = userUuids.length === 1 ? refusal : await refusalOf(api, writing, [user]);
    if (reason !== undefined && writing.attempt === 2) writing.warn(`the user ${user} was not added: ${reason}`);
  }
}

async function refusalOf(
  api: RhombusApi,
  { observed: { id: groupUuid }, wrote }: Writing<Group, GroupInputs>,
  userUuids: string[],
): Promise<string | undefined> {
  try {
    await api.call("addUsersToAccessControlGroup", { groupUuid, userUuids });
    wrote();
    return undefined;
  } catch (error) {
    if (error instanceof RhombusError && isRefusedRequest(error)) return error.vendorMessage ?? error.message;
    throw error;
  }
}
