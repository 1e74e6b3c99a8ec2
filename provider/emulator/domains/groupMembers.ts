import { type Call, Refusal } from "../server/operation";
import { type Body, list, ruuid } from "../server/shapes";
import type { Domain } from "./domain";
import { findGroup, type Group, groupOperation, groupsOf, knownUsers, newMembers, shownMembers } from "./groups";

const memberFields = { groupUuid: ruuid, userUuids: list(ruuid) };

const operations = [
  groupOperation({ name: "addUsersToAccessControlGroup", kind: "write", fields: memberFields, handle: add }),
  groupOperation({ name: "removeUsersFromAccessControlGroup", kind: "write", fields: memberFields, handle: remove }),
  groupOperation({
    name: "findAllUsersForAccessControlGroup",
    fields: { groupUuid: ruuid },
    handle: ({ organization, asOfMillis }, { groupUuid }) => {
      const group = groupsOf(organization).get(groupUuid ?? "", asOfMillis);
      return { groupMembers: group ? shownMembers(organization, group, group.members.values()) : [] };
    },
  }),
];

/** The members of groups: adding, listing and removing them. */
export const groupMembers = { operations } satisfies Domain;

type MemberBody = Body<typeof memberFields>;

function add(call: Call, { groupUuid, userUuids }: MemberBody): object {
  const group = findGroup(call, groupUuid);
  if (!group) return { groupMembers: [] };
  refuseRepeated(call, userUuids, (uuid) => group.members.has(uuid));
  const added = newMembers(knownUsers(call, userUuids).filter((uuid) => !group.members.has(uuid)));
  if (added.size > 0) write(call, group, new Map([...group.members, ...added]));
  return { groupMembers: shownMembers(call.organization, group, added.values()) };
}

function remove(call: Call, { groupUuid, userUuids }: MemberBody): void {
  const group = findGroup(call, groupUuid);
  if (!group) return;
  refuseRepeated(call, userUuids, (uuid) => !group.members.has(uuid));
  const members = new Map([...group.members].filter(([uuid]) => !userUuids?.includes(uuid)));
  if (members.size < group.members.size) write(call, group, members);
}

function write({ organization }: Call, group: Group, members: Group["members"]): void {
  groupsOf(organization).set(group.uuid, { ...group, members, updatedAtMillis: Date.now() });
}

function refuseRepeated(
  { behaviours }: Call,
  userUuids: MemberBody["userUuids"],
  isRepeated: (uuid: string) => boolean,
): void {
  if (behaviours.repeatedMembers === "ignored" || !userUuids?.some((uuid) => uuid !== null && isRepeated(uuid))) return;
  throw new Refusal(400, "Bad Request", "The membership of some users is already as asked.");
}
