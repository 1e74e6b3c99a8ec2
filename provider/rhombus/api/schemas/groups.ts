import * as v from "valibot";
import { fields, list, number, oneOfOrNewer, requiredText, text } from "./schema";

const groupFields = {
  /** An RUUID. */
  uuid: text,
  /** The organization, an RUUID. */
  orgUuid: text,
  /** The location, an RUUID; cannot be changed. */
  locationUuid: text,
  /** Probably unique in an organization, ignoring case. */
  name: text,
  description: text,
  /** Assigned by the server. */
  type: oneOfOrNewer<"RHOMBUS_ACCESS_CONTROL" | "GUEST_MANAGEMENT_HOST">(),
  /** Milliseconds since 1970. */
  createdAtMillis: number,
  /** Milliseconds since 1970. */
  updatedAtMillis: number,
};

const group = fields(groupFields);

/** A group of users, without its members (Rhombus: `OrgGroupType`). */
export type Group = v.InferOutput<typeof group>;

const member = fields({
  /** The group, an RUUID. */
  groupUuid: text,
  /** The user, an RUUID. */
  userUuid: text,
});

/** The membership of a user in a group (Rhombus: `OrgGroupMemberType`). */
export type GroupMember = v.InferOutput<typeof member>;

/** The request of `createAccessControlGroup`. */
export interface GroupCreateRequest {
  /** The group's name. */
  name: string;
  /** The purpose of the group. */
  description?: string | null;
  /** The location it belongs to, an RUUID. */
  locationUuid?: string | null;
  /** Its first members, as RUUIDs. */
  userUuids?: (string | null)[] | null;
}

/** The request of `updateAccessControlGroup`. Send name and description together: the effect of an absent field is not documented. */
export interface GroupUpdateRequest {
  /** The group to change, an RUUID. */
  groupUuid: string;
  /** The group's name. */
  name?: string | null;
  /** The purpose of the group. */
  description?: string | null;
}

/** A request that adds users to a group or removes them. */
export interface GroupMembersRequest {
  /** The group, an RUUID. */
  groupUuid: string;
  /** The users, as RUUIDs. */
  userUuids: string[];
}

/** An answer with one group; null or absent if there is none. */
export const groupAnswer = fields({ group: v.nullish(group) });

/** An answer with groups, of every type. */
export const groupsAnswer = fields({ groups: list(group) });

/** An answer with members of one group. The answer to an addition has only the new members. */
export const groupMembersAnswer = fields({ groupMembers: list(member) });

/** The answer of `createAccessControlGroup`. Without the id the created group could not be found. */
export const groupCreateAnswer = fields({
  group: fields({ ...groupFields, uuid: requiredText }),
  groupMembers: list(member),
});

/** An answer without fields. */
export const emptyAnswer = fields({});
