import { create, listed, listing, listOf, read, write, writeWhole } from "./operation";
import * as accessDoors from "./schemas/accessControlledDoors";
import * as accessGrants from "./schemas/accessGrants";
import * as groups from "./schemas/groups";
import { envelope } from "./schemas/integration";
import * as schedules from "./schemas/schedules";
import type { Infer } from "./schemas/schema";

const accessControl = { service: "/api/accesscontrol" } as const;
const policy = { service: "/api/policy" } as const;
const schedule = { service: "/api/schedule" } as const;
const component = { service: "/api/component" } as const;

/** The operations of Rhombus Access Control: groups, schedules, grants, revocations and doors. */
export const accessOperations = {
  createAccessControlGroup: {
    ...accessControl,
    ...create<groups.GroupCreateRequest>(),
    answer: groups.groupCreateAnswer,
  },
  updateAccessControlGroup: { ...accessControl, ...write<groups.GroupUpdateRequest>(), answer: groups.groupAnswer },
  deleteAccessControlGroup: { ...accessControl, ...write<{ groupUuid: string }>(), answer: groups.emptyAnswer },
  findAccessControlGroupsByOrg: {
    ...accessControl,
    ...listOf(groups.groupsAnswer, "groups", "uuid", { hasManagedItems: true }),
  },
  findAccessControlGroupByExactName: { ...accessControl, ...read<{ groupName: string }>(), answer: groups.groupAnswer },
  findAllUsersForAccessControlGroup: {
    ...accessControl,
    ...listed(groups.groupMembersAnswer, {
      key: "groupMembers",
      items: ({ groupMembers }) => groupMembers,
      idOf: ({ userUuid, groupUuid }, request: { groupUuid: string }) =>
        groupUuid && groupUuid !== request.groupUuid ? undefined : userUuid,
    }),
    ...read<{ groupUuid: string }>(),
  },
  addUsersToAccessControlGroup: {
    ...accessControl,
    ...write<groups.GroupMembersRequest>(),
    ...listing,
    answer: groups.groupMembersAnswer,
  },
  removeUsersFromAccessControlGroup: {
    ...accessControl,
    ...write<groups.GroupMembersRequest>(),
    answer: groups.emptyAnswer,
  },
  createSchedule: {
    ...policy,
    ...create<{ schedule: schedules.Schedule }>(),
    answer: schedules.scheduleCreateAnswer,
  },
  updateSchedule: { ...policy, ...writeWhole<{ schedule: schedules.Schedule }>(), answer: envelope },
  deleteSchedule: { ...policy, ...write<{ scheduleUuid: string }>(), answer: envelope },
  findSchedules: {
    ...policy,
    ...listOf(schedules.schedulesAnswer, "schedules", "uuid", { hasManagedItems: true }),
  },
  getSchedules: {
    ...schedule,
    ...listed(schedules.allSchedulesAnswer, {
      key: "weeklySchedules, absoluteSchedules, relativeSchedules or relativeDatetimeSchedules",
      items: allSchedules,
      idOf: ({ uuid }) => uuid,
    }),
  },
  getScheduleData: {
    ...schedule,
    ...listOf(schedules.scheduleDataAnswer, "weeklyScheduleData", "uuid"),
  },
  createAccessGrant: {
    ...accessControl,
    ...create<{ accessGrant: accessGrants.AccessGrant }>(),
    answer: accessGrants.accessGrantCreateAnswer,
  },
  updateAccessGrant: {
    ...accessControl,
    ...writeWhole<{ accessGrant: accessGrants.AccessGrant }>(),
    answer: accessGrants.accessGrantUpdateAnswer,
  },
  deleteLocationAccessGrant: {
    ...accessControl,
    ...write<{ accessGrantUuid: string }>(),
    answer: groups.emptyAnswer,
  },
  getLocationAccessGrant: {
    ...accessControl,
    ...read<{ accessGrantUuid: string }>(),
    answer: accessGrants.accessGrantAnswer,
  },
  findLocationAccessGrantsByOrg: {
    ...accessControl,
    ...listOf(accessGrants.accessGrantsAnswer, "accessGrants", "uuid", { hasManagedItems: true }),
  },
  findLocationAccessRevocationsByOrg: {
    ...accessControl,
    ...listOf(accessGrants.accessRevocationsAnswer, "accessRevocations", "uuid"),
  },
  findAccessControlledDoors: {
    ...component,
    ...listed(accessDoors.doorPageAnswer, {
      key: "accessControlledDoors",
      items: ({ accessControlledDoors }) => accessControlledDoors,
      idOf: ({ uuid }) => uuid,
      nextPage: ({ lastEvaluatedKey }): accessDoors.DoorPageRequest | undefined =>
        isBlank(lastEvaluatedKey) ? undefined : { lastEvaluatedKey },
    }),
    ...read<accessDoors.DoorPageRequest>(),
  },
  getAccessControlledDoorLabelsForOrg: {
    ...component,
    ...listed(accessDoors.doorLabelsAnswer, {
      key: "accessControlledDoorLabels",
      items: ({ accessControlledDoorLabels: all }) => all && Object.entries(all).map(completeEntry),
      idOf: ([key]) => key,
    }),
  },
};

/** The schedules of every kind; undefined if a list is missing. */
function allSchedules(
  answer: Infer<typeof schedules.allSchedulesAnswer>,
): (schedules.AnySchedule | null)[] | undefined {
  const { weeklySchedules, absoluteSchedules, relativeSchedules, relativeDatetimeSchedules } = answer;
  if (!weeklySchedules || !absoluteSchedules || !relativeSchedules || !relativeDatetimeSchedules) return undefined;
  return [
    ...weeklySchedules.map((each) => each && { ...each, kind: "weekly" as const }),
    ...absoluteSchedules.map((each) => each && { ...each, kind: "absolute" as const }),
    ...relativeSchedules.map((each) => each && { ...each, kind: "relative" as const }),
    ...relativeDatetimeSchedules.map((each) => each && { ...each, kind: "localTime" as const }),
  ];
}

/** An entry of a map of lists; null if its list may be incomplete. */
function completeEntry([key, values]: [string, (string | null)[] | null]): ListEntry | null {
  const shown = (values ?? []).filter((value) => value !== null);
  return values === null || shown.length < values.length ? null : [key, shown];
}

type ListEntry = readonly [key: string, values: readonly string[]];

/** True for a text without characters, and for none. */
export function isBlank(value: string | null | undefined): boolean {
  return (value ?? "").trim() === "";
}
