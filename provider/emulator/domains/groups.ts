import { applySetting, storedText } from "../behaviours/applyWrite";
import { newRuuid } from "../data/ruuid";
import { type Organization, perOrganization } from "../data/store";
import { Timeline } from "../data/timeline";
import type { Table } from "../page/table";
import { type Call, operationsIn, Refusal } from "../server/operation";
import { type Body, list, ruuid, text } from "../server/shapes";
import { removeGroupFromAll } from "./access/accessConditions";
import { type ConsoleContext, type Domain, type PageContext, required } from "./domain";
import { groupTables } from "./groupTables";

/** Type of a group. Access control operations change only the first. */
export type GroupType = "RHOMBUS_ACCESS_CONTROL" | "GUEST_MANAGEMENT_HOST";

/** A membership of a user in a group. */
export interface GroupMember {
  /** The user. */
  readonly userUuid: string;
  /** Time of the addition, in milliseconds since 1970. */
  readonly createdAtMillis: number;
}

/** A group as the console shows it. */
export interface ConsoleGroup {
  /** Its id. */
  readonly uuid: string;
  /** Its type. */
  readonly type: GroupType;
  /** Its name. */
  readonly name: string;
  /** Its description, null when it has none. */
  readonly description: string | null;
  /** Its location, null when it has none. */
  readonly locationUuid: string | null;
  /** Its members. */
  readonly userUuids: readonly string[];
}

/** A group of users. */
export interface Group extends Omit<ConsoleGroup, "userUuids"> {
  /** Its members by user uuid. */
  readonly members: ReadonlyMap<string, GroupMember>;
  /** Creation time, in milliseconds since 1970. */
  readonly createdAtMillis: number;
  /** Time of the last change of name, description or members, in milliseconds since 1970. */
  readonly updatedAtMillis: number;
}

/** A group that already exists. */
export interface SeedGroup {
  /** Its RUUID. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** Its description; none when absent. */
  readonly description?: string;
  /** Its location; none when absent. */
  readonly locationUuid?: string;
  /** Its type. Default `RHOMBUS_ACCESS_CONTROL`. */
  readonly type?: GroupType;
  /** Its members; none when absent. */
  readonly userUuids?: readonly string[];
  /** Creation time, in milliseconds since 1970. Default: that of the organization. */
  readonly createdAtMillis?: number;
  /** Time of the last change, in milliseconds since 1970. Default: the creation time. */
  readonly updatedAtMillis?: number;
}

/** The groups of an organization in its seed. */
export interface GroupSeed {
  /** Its groups; none when absent. */
  readonly groups?: readonly SeedGroup[];
}

const createFields = { name: text, description: text, locationUuid: ruuid, userUuids: list(ruuid) };
const updateFields = { groupUuid: ruuid, name: text, description: text };

/** Defines an operation of access control. Those of groups have no error fields: failures have an HTTP status. */
export const groupOperation = operationsIn("/api/accesscontrol", {});

const operations = [
  groupOperation({ name: "createAccessControlGroup", kind: "write", fields: createFields, handle: create }),
  groupOperation({ name: "updateAccessControlGroup", kind: "write", fields: updateFields, handle: update }),
  groupOperation({ name: "deleteAccessControlGroup", kind: "delete", fields: { groupUuid: ruuid }, handle: remove }),
  groupOperation({
    name: "findAccessControlGroupsByOrg",
    handle: ({ organization, asOfMillis }) => ({
      groups: groupsOf(organization)
        .values(asOfMillis)
        .map((group) => shownGroup(organization, group)),
    }),
  }),
  groupOperation({
    name: "findAccessControlGroupByExactName",
    fields: { groupName: text },
    handle: ({ organization, asOfMillis }, { groupName }) => {
      const found = groupsOf(organization)
        .values(asOfMillis)
        .find(isNamed(groupName ?? ""));
      return { group: found ? shownGroup(organization, found) : null };
    },
  }),
];

/** The groups of an organization by uuid, of all types. */
export const groupsOf = perOrganization(() => new Timeline<Group>());

/** The groups of an organization: creating, finding, changing and deleting them. */
export const groups = {
  operations,
  load(organization: Organization, { groups: seeded = [] }: GroupSeed) {
    const { createdAtMillis } = organization.seed;
    for (const each of seeded) {
      groupsOf(organization).set(each.uuid, groupFrom({ createdAtMillis, ...each }), Number.NEGATIVE_INFINITY);
    }
  },
  save: (organization: Organization): GroupSeed => ({ groups: groupsOf(organization).values().map(toSeed) }),
  remains: (organization: Organization) =>
    groupsOf(organization)
      .values()
      .filter(isForAccess)
      .map(({ name }) => `access control group "${name}"`),
  console({ organization }: ConsoleContext) {
    const stored = groupsOf(organization);
    const change = (uuid: string, changes: Partial<Group>) =>
      stored.set(uuid, { ...required(stored.get(uuid)), ...changes, updatedAtMillis: Date.now() });
    return {
      /** All groups, those of guest management included, oldest first. */
      groups: (): ConsoleGroup[] =>
        stored.values().map(({ members, createdAtMillis: _created, updatedAtMillis: _updated, ...group }) => {
          return { ...group, userUuids: [...members.keys()] };
        }),
      /** Adds a group. Returns its uuid. */
      addGroup(given: Omit<SeedGroup, "uuid"> & Partial<SeedGroup>): string {
        const group = groupFrom(given);
        stored.set(group.uuid, group);
        return group.uuid;
      },
      /** Changes name, description or location of a group. Throws if there is no such group. */
      setGroup(uuid: string, changes: Partial<Pick<ConsoleGroup, "name" | "description" | "locationUuid">>): void {
        change(uuid, changes);
      },
      /** Sets the members of a group. Throws if there is no such group. */
      setGroupMembers(uuid: string, userUuids: readonly string[]): void {
        const stay = [...required(stored.get(uuid)).members].filter(([userUuid]) => userUuids.includes(userUuid));
        change(uuid, { members: new Map([...newMembers(userUuids), ...stay]) });
      },
      /** Removes a group, also from the grants and revocations that name it. */
      removeGroup: (uuid: string): void => deleteGroup(organization, uuid),
    };
  },
  tables(context: PageContext): Table[] {
    const webConsole = groups.console(context);
    const renameGroup = (uuid: string, newName: string) => {
      const group = required(groupsOf(context.organization).get(uuid));
      const name = storedText(newName, context.behaviours);
      webConsole.setGroup(uuid, { name: isForAccess(group) ? checkName(context, name, uuid) : name });
    };
    return groupTables(context.organization, { ...webConsole, renameGroup });
  },
} satisfies Domain;

/** A group with the given values. */
function groupFrom({ userUuids = [], ...given }: Omit<SeedGroup, "uuid"> & Partial<SeedGroup>): Group {
  const createdAtMillis = given.createdAtMillis ?? Date.now();
  return {
    uuid: given.uuid ?? newRuuid(),
    type: given.type ?? "RHOMBUS_ACCESS_CONTROL",
    name: given.name,
    description: given.description ?? null,
    locationUuid: given.locationUuid ?? null,
    members: newMembers(userUuids),
    createdAtMillis,
    updatedAtMillis: given.updatedAtMillis ?? createdAtMillis,
  };
}

function toSeed({ description, locationUuid, members, ...others }: Group): SeedGroup {
  const userUuids = [...members.keys()];
  return { ...others, description: description ?? undefined, locationUuid: locationUuid ?? undefined, userUuids };
}

function create(call: Call, body: Body<typeof createFields>): object {
  const name = checkName(call, storedText(body.name ?? "", call.behaviours));
  const group = groupFrom({
    name,
    description: storedText(body.description, call.behaviours) ?? undefined,
    locationUuid: body.locationUuid ?? undefined,
    userUuids: knownUsers(call, body.userUuids),
  });
  groupsOf(call.organization).set(group.uuid, group);
  return {
    group: shownGroup(call.organization, group),
    groupMembers: shownMembers(call.organization, group, group.members.values()),
  };
}

/** Updates a group. A name that is omitted or null stays, since every group has one. */
function update(call: Call, body: Body<typeof updateFields>): object {
  const group = findGroup(call, body.groupUuid);
  if (!group) return { group: null };
  const name = checkName(call, storedText(body.name, call.behaviours) ?? group.name, group.uuid);
  const description = applyDescription(call, body.description, group.description);
  const changed = { ...group, name, description, updatedAtMillis: Date.now() };
  groupsOf(call.organization).set(group.uuid, changed);
  return { group: shownGroup(call.organization, changed) };
}

function remove({ organization, behaviours }: Call, { groupUuid }: { groupUuid?: string | null }): void {
  const group = groupsOf(organization).get(groupUuid ?? "");
  if (group && isForAccess(group)) deleteGroup(organization, group.uuid);
  else if (behaviours.deleteMissing === "error") throw noSuchGroup();
}

/** Deletes a group. It leaves every grant and revocation that names it. */
function deleteGroup(organization: Organization, uuid: string): void {
  groupsOf(organization).delete(uuid);
  removeGroupFromAll(organization, uuid);
}

/** True if the access control operations may change a group. */
function isForAccess(group: Group): boolean {
  return group.type === "RHOMBUS_ACCESS_CONTROL";
}

/** The group to write to; undefined if there is none and the call is to ignore that. */
export function findGroup({ organization, behaviours }: Call, uuid: string | null | undefined): Group | undefined {
  const group = groupsOf(organization).get(uuid ?? "");
  if (group && isForAccess(group)) return group;
  if (behaviours.missingWrites === "error") throw noSuchGroup();
  return undefined;
}

function noSuchGroup(): Refusal {
  return new Refusal(404, "Not Found", "The group does not exist.");
}

function applyDescription({ behaviours }: Call, sent: string | null | undefined, stored: string | null): string | null {
  const text = storedText(sent, behaviours);
  if (text === "" && behaviours.emptyDescription === "keeps") return stored;
  return applySetting(text, stored, null, behaviours);
}

function isNamed(name: string): (group: Group) => boolean {
  return (group) => group.name.toLowerCase() === name.toLowerCase() && isForAccess(group);
}

/** Returns the name of a group. Throws a {@link Refusal} if it is blank, or if another group has it. */
function checkName(
  { organization, behaviours }: Pick<Call, "organization" | "behaviours">,
  name: string,
  ownUuid?: string,
): string {
  if (name.trim() === "") throw new Refusal(400, "Bad Request", "A group needs a name.");
  if (behaviours.groupNames === "duplicates") return name;
  const isTaken = isNamed(name);
  if (
    groupsOf(organization)
      .values()
      .some((group) => group.uuid !== ownUuid && isTaken(group))
  ) {
    throw new Refusal(400, "Bad Request", "A group with this name already exists.");
  }
  return name;
}

/** New members by user uuid. */
export function newMembers(userUuids: readonly string[]): Map<string, GroupMember> {
  const createdAtMillis = Date.now();
  return new Map(userUuids.map((userUuid) => [userUuid, { userUuid, createdAtMillis }]));
}

/** Those of the users who exist. Throws a {@link Refusal} by {@link Behaviours.unknownUsers} if some do not. */
export function knownUsers(call: Call, asked: readonly (string | null)[] | null | undefined): string[] {
  const uuids = (asked ?? []).filter((uuid) => uuid !== null);
  const known = uuids.filter((uuid) => call.organization.userUuids.has(uuid));
  if (known.length < uuids.length && call.behaviours.unknownUsers === "refused") {
    throw new Refusal(400, "Bad Request", "Some users do not exist in this organization.");
  }
  return known;
}

function shownGroup({ seed }: Organization, { members: _listedApart, ...group }: Group): object {
  return { ...group, orgUuid: seed.uuid };
}

/** Members of a group as answers return them. */
export function shownMembers(organization: Organization, group: Group, members: Iterable<GroupMember>): object[] {
  const shared = { groupUuid: group.uuid, orgUuid: organization.seed.uuid, type: group.type };
  return [...members].map((member) => ({ ...shared, ...member, updatedAtMillis: member.createdAtMillis }));
}
