import { applySetting, storedText } from "../behaviours/applyWrite";
import { newMembers } from "../data/newRows";
import type { Group, GroupMember } from "../data/rows";
import { newRuuid } from "../data/ruuid";
import type { Organization } from "../data/store";
import { type Call, type Operation, operation, Refusal } from "../server/operation";
import { type Body, list, object, ruuid, text } from "../server/shapes";
import { noFields } from "./schemas";

const area = "/api/accesscontrol";
const createBody = object({ name: text, description: text, locationUuid: ruuid, userUuids: list(ruuid) });
const updateBody = object({ groupUuid: ruuid, name: text, description: text });
const groupBody = object({ groupUuid: ruuid });
const userBody = object({ userUuid: ruuid });
const membersBody = object({ groupUuid: ruuid, userUuids: list(ruuid) });

/** The operations of access control groups. They have no error fields: failures have an HTTP status. */
export const groupOperations: readonly Operation[] = [
  operation({ name: "createAccessControlGroup", area, body: createBody, run: create }),
  operation({ name: "updateAccessControlGroup", area, body: updateBody, run: update }),
  operation({ name: "deleteAccessControlGroup", area, body: groupBody, run: remove }),
  operation({
    name: "findAccessControlGroupsByOrg",
    area,
    body: noFields,
    run: ({ organization, asOfMillis }) => ({
      groups: organization.groups.values(asOfMillis).map((group) => shownGroup(organization, group)),
    }),
  }),
  operation({
    name: "findAccessControlGroupByExactName",
    area,
    body: object({ groupName: text }),
    run: (call, { groupName }) => {
      const found = call.organization.groups.values(call.asOfMillis).find(isNamed(groupName ?? ""));
      return { group: found ? shownGroup(call.organization, found) : null };
    },
  }),
  operation({
    name: "findAccessControlGroupsByNamePrefix",
    area,
    body: object({ groupNamePrefix: text }),
    run: (call, { groupNamePrefix }) => {
      const prefix = (groupNamePrefix ?? "").toLowerCase();
      return shownGroups(call, (group) => isForAccess(group) && group.nameKey.startsWith(prefix));
    },
  }),
  operation({
    name: "findAccessControlGroupsByUserMembership",
    area,
    body: userBody,
    run: (call, { userUuid }) => shownGroups(call, (group) => isForAccess(group) && group.members.has(userUuid ?? "")),
  }),
  operation({
    name: "findAllUsersForAccessControlGroup",
    area,
    body: groupBody,
    run: ({ organization, asOfMillis }, { groupUuid }) => {
      const group = organization.groups.get(groupUuid ?? "", asOfMillis);
      return { groupMembers: group ? shownMembers(organization, group, group.members.values()) : [] };
    },
  }),
  operation({
    name: "findAccessControlGroupMembershipsByUser",
    area,
    body: userBody,
    run: ({ organization, asOfMillis }, { userUuid }) => ({
      userGroupMemberships: organization.groups.values(asOfMillis).flatMap((group) => {
        const member = isForAccess(group) && group.members.get(userUuid ?? "");
        return member ? shownMembers(organization, group, [member]) : [];
      }),
    }),
  }),
  operation({ name: "addUsersToAccessControlGroup", area, body: membersBody, run: addUsers }),
  operation({ name: "removeUsersFromAccessControlGroup", area, body: membersBody, run: removeUsers }),
];

/** Tells whether the access control operations may change a group. */
export function isForAccess(group: Group): boolean {
  return group.type === "RHOMBUS_ACCESS_CONTROL";
}

function create(call: Call, body: Body<typeof createBody.fields>): object {
  const name = storedText(body.name ?? "", call.behaviours);
  if (name.trim() === "") throw new Refusal(400, "Bad Request", "A group needs a name.");
  refuseTakenName(call, name);
  const now = Date.now();
  const group: Group = {
    uuid: newRuuid(),
    type: "RHOMBUS_ACCESS_CONTROL",
    name,
    nameKey: name.toLowerCase(),
    description: storedText(body.description ?? null, call.behaviours),
    locationUuid: body.locationUuid ?? null,
    members: newMembers(knownUsers(call, body.userUuids)),
    createdAtMillis: now,
    updatedAtMillis: now,
  };
  call.organization.groups.set(group.uuid, group);
  return {
    group: shownGroup(call.organization, group),
    groupMembers: shownMembers(call.organization, group, group.members.values()),
  };
}

/** Updates a group. A name that is omitted or null stays, since every group has one. */
function update(call: Call, body: Body<typeof updateBody.fields>): object {
  const group = findGroup(call, body.groupUuid);
  if (!group) return { group: null };
  const name = storedText(body.name, call.behaviours) ?? group.name;
  if (name.trim() === "") throw new Refusal(400, "Bad Request", "A group needs a name.");
  refuseTakenName(call, name, group.uuid);
  const changed = {
    ...group,
    name,
    nameKey: name.toLowerCase(),
    description: applyDescription(call, body.description, group.description),
    updatedAtMillis: Date.now(),
  };
  call.organization.groups.set(group.uuid, changed);
  return { group: shownGroup(call.organization, changed) };
}

function remove({ organization, behaviours }: Call, { groupUuid }: Body<typeof groupBody.fields>): object {
  const group = organization.groups.get(groupUuid ?? "");
  if (group && isForAccess(group)) organization.groups.delete(group.uuid);
  else if (behaviours.deleteMissingGroup === "error") throw noSuchGroup();
  return {};
}

function addUsers(call: Call, { groupUuid, userUuids }: Body<typeof membersBody.fields>): object {
  const group = findGroup(call, groupUuid);
  if (!group) return { groupMembers: [] };
  refuseRepeated(call, userUuids, (uuid) => group.members.has(uuid));
  const added = newMembers(knownUsers(call, userUuids).filter((uuid) => !group.members.has(uuid)));
  if (added.size > 0) {
    const members = new Map([...group.members, ...added]);
    call.organization.groups.set(group.uuid, { ...group, members, updatedAtMillis: Date.now() });
  }
  return { groupMembers: shownMembers(call.organization, group, added.values()) };
}

function removeUsers(call: Call, { groupUuid, userUuids }: Body<typeof membersBody.fields>): object {
  const group = findGroup(call, groupUuid);
  if (!group) return {};
  refuseRepeated(call, userUuids, (uuid) => !group.members.has(uuid));
  const members = new Map(group.members);
  for (const uuid of userUuids ?? []) if (uuid !== null) members.delete(uuid);
  if (members.size < group.members.size) {
    call.organization.groups.set(group.uuid, { ...group, members, updatedAtMillis: Date.now() });
  }
  return {};
}

/** The group to write to; undefined if there is none and the call is to ignore that. */
function findGroup({ organization, behaviours }: Call, uuid: string | null | undefined): Group | undefined {
  const group = organization.groups.get(uuid ?? "");
  if (group && isForAccess(group)) return group;
  if (behaviours.missingGroupWrites === "error") throw noSuchGroup();
  return undefined;
}

function refuseRepeated(
  { behaviours }: Call,
  userUuids: readonly (string | null)[] | null | undefined,
  isRepeated: (uuid: string) => boolean,
): void {
  if (behaviours.repeatedMembers === "ignored" || !userUuids?.some((uuid) => uuid !== null && isRepeated(uuid))) return;
  throw new Refusal(400, "Bad Request", "The membership of some users is already as asked.");
}

function applyDescription({ behaviours }: Call, sent: string | null | undefined, stored: string | null): string | null {
  const landed = storedText(sent, behaviours);
  if (landed === "" && behaviours.emptyDescription === "keeps") return stored;
  return applySetting(landed, stored, null, behaviours);
}

function noSuchGroup(): Refusal {
  return new Refusal(404, "Not Found", "The group does not exist.");
}

function isNamed(name: string): (group: Group) => boolean {
  const nameKey = name.toLowerCase();
  return (group) => group.nameKey === nameKey && isForAccess(group);
}

function refuseTakenName({ organization, behaviours }: Call, name: string, ownUuid?: string): void {
  if (behaviours.groupNames === "duplicates") return;
  const isTaken = isNamed(name);
  if (organization.groups.values().some((group) => group.uuid !== ownUuid && isTaken(group))) {
    throw new Refusal(400, "Bad Request", "A group with this name already exists.");
  }
}

function knownUsers(call: Call, asked: readonly (string | null)[] | null | undefined): string[] {
  const uuids = (asked ?? []).filter((uuid) => uuid !== null);
  const known = uuids.filter((uuid) => call.organization.userUuids.has(uuid));
  if (known.length < uuids.length && call.behaviours.unknownUsers === "refused") {
    throw new Refusal(400, "Bad Request", "Some users do not exist in this organization.");
  }
  return known;
}

function shownGroups({ organization, asOfMillis }: Call, isWanted: (group: Group) => boolean): object {
  const found = organization.groups.values(asOfMillis).filter(isWanted);
  return { groups: found.map((group) => shownGroup(organization, group)) };
}

function shownGroup(organization: Organization, group: Group): object {
  const { uuid, type, name, description, locationUuid, createdAtMillis, updatedAtMillis } = group;
  const orgUuid = organization.seed.uuid;
  return { uuid, orgUuid, locationUuid, name, description, type, createdAtMillis, updatedAtMillis };
}

function shownMembers(organization: Organization, group: Group, members: Iterable<GroupMember>): object[] {
  const shared = { groupUuid: group.uuid, orgUuid: organization.seed.uuid, type: group.type };
  return [...members].map(({ userUuid, createdAtMillis }) => {
    return { ...shared, userUuid, createdAtMillis, updatedAtMillis: createdAtMillis };
  });
}
