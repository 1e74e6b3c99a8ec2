import type { OneOfOrNewer } from "./integration";
import { fields, list, number, text } from "./shape";

/** What a group is for; assigned by the server. */
export type GroupType = OneOfOrNewer<"RHOMBUS_ACCESS_CONTROL" | "GUEST_MANAGEMENT_HOST">;

/** A group of users (vendor: `OrgGroupType`). Its members are not part of it. */
export interface Group {
  /** The group's id, an RUUID. */
  uuid?: string | null;
  /** The organization it belongs to, as an RUUID. */
  orgUuid?: string | null;
  /** The location it belongs to, as an RUUID; cannot be changed. */
  locationUuid?: string | null;
  /** The group's name, apparently unique in an organization without regard to case. */
  name?: string | null;
  /** What the group is for, in the words of whoever made it. */
  description?: string | null;
  /** What the group is for, to the server. */
  type?: GroupType | null;
  /** When it was made, in milliseconds since 1970. */
  createdAtMillis?: number | null;
  /** When it was last changed, in milliseconds since 1970. */
  updatedAtMillis?: number | null;
}

/** The membership of a user in a group (vendor: `OrgGroupMemberType`). */
export interface GroupMember {
  /** The group, as an RUUID. */
  groupUuid?: string | null;
  /** The user, as an RUUID. */
  userUuid?: string | null;
  /** The organization, as an RUUID. */
  orgUuid?: string | null;
  /** What the group is for. */
  type?: GroupType | null;
  /** When the membership was made, in milliseconds since 1970. */
  createdAtMillis?: number | null;
  /** When it was last changed, in milliseconds since 1970. */
  updatedAtMillis?: number | null;
}

/** The request of `createAccessControlGroup`. */
export interface GroupCreateRequest {
  /** The group's name. */
  name: string;
  /** What the group is for. */
  description?: string | null;
  /** The location it belongs to, as an RUUID. */
  locationUuid?: string | null;
  /** Its first members, as RUUIDs. */
  userUuids?: (string | null)[] | null;
}

/** The request of `updateAccessControlGroup`. Send name and description together: whether one that is left out stays is not documented. */
export interface GroupUpdateRequest {
  /** The group to change, as an RUUID. */
  groupUuid: string;
  /** The group's name. */
  name?: string | null;
  /** What the group is for. */
  description?: string | null;
}

/** A request about one group. */
export interface GroupRequest {
  /** The group, as an RUUID. */
  groupUuid: string;
}

/** A request that adds users to a group or takes them from it. */
export interface GroupMembersRequest {
  /** The group, as an RUUID. */
  groupUuid: string;
  /** The users, as RUUIDs. */
  userUuids: string[];
}

/** The request of `findAccessControlGroupByExactName`. */
export interface GroupNameRequest {
  /** The name; upper and lower case are the same. */
  groupName: string;
}

/** The request of `findAccessControlGroupsByNamePrefix`. */
export interface GroupNamePrefixRequest {
  /** How the names begin. */
  groupNamePrefix: string;
}

/** A request about one user. */
export interface UserRequest {
  /** The user, as an RUUID. */
  userUuid: string;
}

/** An answer with one group. */
export interface GroupAnswer {
  /** The group, null or absent when there is none. */
  group?: Group | null;
}

/** An answer with several groups. */
export interface GroupsAnswer {
  /** The groups, of every type. */
  groups?: (Group | null)[] | null;
}

/** An answer with members of one group. Adding users answers only those that were not members before. */
export interface GroupMembersAnswer {
  /** The members. */
  groupMembers?: (GroupMember | null)[] | null;
}

/** The answer of `createAccessControlGroup`. */
export interface GroupCreateAnswer extends GroupAnswer, GroupMembersAnswer {}

/** The answer of `findAccessControlGroupMembershipsByUser`. */
export interface UserMembershipsAnswer {
  /** The user's memberships. */
  userGroupMemberships?: (GroupMember | null)[] | null;
}

/** An answer without fields. */
export type EmptyAnswer = object;

const group = fields<Group>({
  uuid: text,
  orgUuid: text,
  locationUuid: text,
  name: text,
  description: text,
  type: text,
  createdAtMillis: number,
  updatedAtMillis: number,
});

const members = list(
  fields<GroupMember>({
    groupUuid: text,
    userUuid: text,
    orgUuid: text,
    type: text,
    createdAtMillis: number,
    updatedAtMillis: number,
  }),
);

/** Shape of `GroupAnswer`. */
export const groupAnswer = fields<GroupAnswer>({ group });

/** Shape of `GroupsAnswer`. */
export const groupsAnswer = fields<GroupsAnswer>({ groups: list(group) });

/** Shape of `GroupMembersAnswer`. */
export const groupMembersAnswer = fields<GroupMembersAnswer>({ groupMembers: members });

/** Shape of `GroupCreateAnswer`. */
export const groupCreateAnswer = fields<GroupCreateAnswer>({ group, groupMembers: members });

/** Shape of `UserMembershipsAnswer`. */
export const userMembershipsAnswer = fields<UserMembershipsAnswer>({ userGroupMemberships: members });

/** Shape of `EmptyAnswer`. */
export const emptyAnswer = fields<EmptyAnswer>({});
