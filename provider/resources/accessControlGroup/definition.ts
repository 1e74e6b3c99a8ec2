import {
  type CreateContext,
  defineResource,
  inputsOf,
  type Observed,
  type WriteContext,
} from "../../core/resource/definition";
import { LifecycleError } from "../../core/resource/lifecycleError";
import { messages } from "../../core/resource/messages";
import { foldedName } from "../../core/schema/foldedName";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Group } from "../../rhombus/api/schemas/groups";
import { isRuuid } from "../../rhombus/ids/ruuid";
import { isRefusedRequest } from "../shared/refusedRequest";
import { usesOfGroup } from "../shared/uses";
import { fields, type GroupInputs, outputs } from "./fields";
import { find, observed } from "./find";
import { usersIn, writeMembers } from "./members";

/** The definition of access control groups (Rhombus page: createAccessControlGroup; docs/rhombus-api.md#access-control-groups). */
export const accessControlGroup = defineResource<RhombusApi, typeof fields, Group>({
  shape: "collection",
  type: "AccessControlGroup",
  fields,
  outputs,
  display: { noun: "group", name: "name" },
  idSource:
    "The id is the group's uuid: getAccessControlGroup finds it by name, and findAccessControlGroupsByOrg lists it.",
  rightsToWrite: ["DOOR_ACCESS_ADMINISTRATION", "USER_ADMINISTRATION"],
  isId: isRuuid,
  remedies: {
    userUuids: "Users must belong to this organization and must not be deleted.",
  },
  key: ({ name = "" }) => ({ value: foldedName(name), label: labelOf(name) }),
  listing: (api) => api.listing("findAccessControlGroupsByOrg"),
  find,
  create,
  write,
  usesOf: usesOfGroup,
  async remove(api, { id }) {
    await api.call("deleteAccessControlGroup", { groupUuid: id });
  },
  lockName: (id) => (id === undefined ? undefined : `group ${id}`),
});

function labelOf(name: string): string {
  return `the access control group "${name}"`;
}

async function create(
  api: RhombusApi,
  inputs: GroupInputs,
  { confirmNothingCreated }: CreateContext<Group>,
): Promise<Observed<Group>> {
  const { name = "", description, locationUuid, userUuids } = inputs;
  const { items: before } = await api.listing("findAccessControlGroupsByOrg").read(false);
  const request = { name, ...(description ? { description } : {}), ...(locationUuid ? { locationUuid } : {}) };
  const { group, groupMembers } = await createWith(api, request, { userUuids, confirmNothingCreated });
  if (before.some(({ uuid }) => uuid === group.uuid))
    throw new LifecycleError(messages.answeredWithExisting(labelOf(name), group.uuid));
  api
    .listing("findAccessControlGroupsByOrg")
    .applyOwnWrite((groups) => [...groups.filter(({ uuid }) => uuid !== group.uuid), group]);
  if (userUuids === undefined) return observed(group);
  // A new group has no members that were not sent.
  if (userUuids.length === 0) return observed(group, []);
  return groupMembers ? observed(group, usersIn(groupMembers)) : { ...observed(group), isUnverified: true };
}

/**
 * Creates a group, without its members if Rhombus refuses the request with them: they are added one by one later, which shows
 * the refused one. Before the second request, `confirmNothingCreated` confirms that the first one created nothing, because group names need
 * not be unique.
 */
async function createWith(
  api: RhombusApi,
  request: { name: string },
  {
    userUuids = [],
    confirmNothingCreated,
  }: Pick<CreateContext<Group>, "confirmNothingCreated"> & { userUuids: string[] | undefined },
) {
  if (userUuids.length === 0) return api.call("createAccessControlGroup", request);
  try {
    return await api.call("createAccessControlGroup", { ...request, userUuids });
  } catch (error) {
    if (!isRefusedRequest(error)) throw error;
    await confirmNothingCreated(error);
    return api.call("createAccessControlGroup", request);
  }
}

async function write(api: RhombusApi, writing: WriteContext<Group, GroupInputs>): Promise<Observed<Group> | undefined> {
  const { observed: before, changed } = writing;
  const isUpdated = changed.has("name") || changed.has("description");
  const group = isUpdated ? await update(api, writing) : before.raw;
  if (changed.has("userUuids")) {
    await writeMembers(api, writing);
    return undefined;
  }
  return group === undefined ? undefined : observed(group, inputsOf<typeof fields>(before.values).userUuids);
}

/** Sends name and description together, because an update may keep or clear what it leaves out (docs/rhombus-api.md#access-control-groups). */
async function update(api: RhombusApi, writing: WriteContext<Group, GroupInputs>): Promise<Group | undefined> {
  const { observed: before, desired, removal } = writing;
  const answer = await api.call("updateAccessControlGroup", {
    groupUuid: before.id,
    name: desired.name ?? "",
    description: desired.description || (removal === "omit" ? null : ""),
  });
  writing.reportWrite();
  if (answer.group?.uuid !== before.id) return undefined;
  const updated = { ...before.raw, ...answer.group };
  api
    .listing("findAccessControlGroupsByOrg")
    .applyOwnWrite((groups) => groups.map((each) => (each.uuid === before.id ? updated : each)));
  return updated;
}
