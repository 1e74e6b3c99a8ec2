import type { Use, Uses } from "../../core/resource/uses";
import type { RhombusApi } from "../../rhombus/api/api";
import type { ItemOf } from "../../rhombus/api/operations";
import type { AccessRevocation } from "../../rhombus/api/schemas/accessGrants";

/**
 * The grants and revocations that name a group. Rhombus drops a deleted group out of them.
 * @param api The API.
 * @param id The group's uuid.
 */
export async function usesOfGroup(api: RhombusApi, id: string): Promise<Uses> {
  const conditions = await conditionsWith(api, ({ groupUuids }) => groupUuids?.includes(id) ?? false);
  return { found: [...conditions.values()] };
}

/**
 * The grants, revocations, policies and others that name a schedule.
 * @param api The API.
 * @param id The schedule's uuid.
 */
export async function usesOfSchedule(api: RhombusApi, id: string): Promise<Uses> {
  const [conditions, schedules] = await Promise.all([
    conditionsWith(api, ({ scheduleUuid }) => scheduleUuid === id),
    api.listing("getScheduleData").fresh(),
  ]);
  const others = otherUsesOfSchedule(schedules, id, new Set(conditions.keys()));
  return { ...others, found: [...conditions.values(), ...others.found] };
}

/**
 * What uses a schedule besides grants and revocations that are known.
 * @param schedules The schedules with what uses them.
 * @param id The schedule's uuid.
 * @param known The grants and revocations that are known, as RUUIDs.
 */
export function otherUsesOfSchedule(
  schedules: readonly ItemOf<"getScheduleData">[],
  id: string,
  known: ReadonlySet<string>,
): Uses {
  const schedule = schedules.find(({ uuid }) => uuid === id);
  const found = scheduleUsers.flatMap(([list, kind]) => {
    const uuids = (schedule?.[list] ?? []).filter((uuid) => uuid !== null && !known.has(uuid));
    return uuids.map((uuid) => ({ label: `${kind} ${uuid}` }));
  });
  const missing = schedule === undefined ? "the schedule" : scheduleUsers.find(([list]) => !schedule[list])?.[0];
  return { found, ...(missing !== undefined && { notShown: `getScheduleData does not show ${missing}` }) };
}

/** The lists of what uses a schedule, each with the kind of its objects. Revocations have none. */
const scheduleUsers = [
  ["accessGrantUuids", "the access grant"],
  ["alarmMonitoringUuids", "the alarm monitoring"],
  ["alertPolicyUuids", "the alert policy"],
  ["customEventUuids", "the custom event"],
  ["doorSettingUuids", "the door setting"],
  ["ruleUuids", "the rule"],
  ["sharedStreamUuids", "the shared stream"],
] as const;

/**
 * The grants and revocations of a kind, by their ids. The lists of the whole organization are read, which all deletions of a
 * moment share: those by group would cost two calls for each.
 */
async function conditionsWith(
  api: RhombusApi,
  isUser: (condition: AccessRevocation) => boolean,
): Promise<ReadonlyMap<string, Use>> {
  const [grants, revocations] = await Promise.all([
    api.listing("findLocationAccessGrantsByOrg").fresh(),
    api.listing("findLocationAccessRevocationsByOrg").fresh(),
  ]);
  const uses = new Map<string, Use>();
  for (const { uuid, name } of grants.filter(isUser))
    uses.set(uuid ?? "", { label: `the access grant ${JSON.stringify(name ?? "")} (${uuid})` });
  for (const { uuid, name } of revocations.filter(isUser))
    uses.set(uuid ?? "", { label: `the access revocation ${JSON.stringify(name ?? "")} (${uuid})`, consequence });
  return uses;
}

/** "Could": not every revocation has an effect, and Rhombus does not document which. */
const consequence = "Deleting it could give access back to those whom the revocation keeps out.";
