import { withEmptyLists } from "../../behaviours/readAnswers";
import { newRuuid } from "../../data/ruuid";
import type { Organization } from "../../data/store";
import { deleteAction, type Table } from "../../page/table";
import { type Call, operationsIn, succeeded } from "../../server/operation";
import { ruuid } from "../../server/shapes";
import type { ConsoleContext, Domain } from "../domain";
import { grantsOf } from "./accessConditions";
import { type ConsoleSchedule, schedulesOf, shownSchedule, weeklySchedules } from "./schedules";
import { policyKinds, type ScheduleUse, type ScheduleUseKind, scheduleUsesOf } from "./storedScheduleUses";

/** The objects of an organization that use a schedule, in its seed. */
export interface ScheduleUseSeed {
  /** Its alert policies, rules and others that use a schedule; none when absent. */
  readonly scheduleUses?: readonly ScheduleUse[];
}

const operations = [
  operationsIn("/api/policy")({
    name: "getPoliciesUsingSchedule",
    fields: { scheduleUuid: ruuid },
    handle: (call, { scheduleUuid }) => ({ ...succeeded, ...policyLists(call, scheduleUuid ?? "") }),
  }),
  operationsIn("/api/schedule")({
    name: "getScheduleData",
    handle: (call) => ({
      ...succeeded,
      weeklyScheduleData: weeklySchedules(call).map((each) => withEmptyLists(usageOf(call, each), call.behaviours)),
    }),
  }),
];

/** The alert policies, rules and others that use schedules, and the lists of what uses a schedule. */
export const scheduleUses = {
  operations,
  load(organization: Organization, { scheduleUses: seeded = [] }: ScheduleUseSeed) {
    for (const each of seeded) scheduleUsesOf(organization).set(each.uuid, each, Number.NEGATIVE_INFINITY);
  },
  save: (organization: Organization): ScheduleUseSeed => ({ scheduleUses: scheduleUsesOf(organization).values() }),
  console({ organization }: ConsoleContext) {
    const stored = scheduleUsesOf(organization);
    return {
      /** The alert policies, rules and others that use a schedule, oldest first. */
      scheduleUses: (): ScheduleUse[] => stored.values(),
      /** Adds an object that uses a schedule. Returns its uuid. */
      addScheduleUse(given: Omit<ScheduleUse, "uuid">): string {
        const uuid = newRuuid();
        stored.set(uuid, { uuid, ...given });
        return uuid;
      },
      /** Removes an object that uses a schedule. */
      removeScheduleUse: (uuid: string): void => stored.delete(uuid),
    };
  },
  tables({ organization, ...context }: ConsoleContext): Table[] {
    const webConsole = scheduleUses.console({ organization, ...context });
    const rows = webConsole.scheduleUses().map(({ uuid, kind, name, scheduleUuid }) => {
      const schedule = scheduleUuid && (schedulesOf(organization).get(scheduleUuid)?.name ?? scheduleUuid);
      const remove = deleteAction(`${kind} "${name}"`, uuid, () => webConsole.removeScheduleUse(uuid));
      return { cells: [name, kind, schedule ?? "none", uuid], actions: [remove] };
    });
    const columns = ["Name", "Kind", "Schedule", "Id"];
    return rows.length === 0 ? [] : [{ title: "Policies and others with a schedule", columns, rows }];
  },
} satisfies Domain;

function usesOf({ organization, asOfMillis }: Call, scheduleUuid: string): ScheduleUse[] {
  return scheduleUsesOf(organization)
    .values(asOfMillis)
    .filter((each) => each.scheduleUuid === scheduleUuid);
}

/** The alert policies that use a schedule, in a list for each kind. */
function policyLists(call: Call, scheduleUuid: string): object {
  const { organization, asOfMillis } = call;
  const schedule = schedulesOf(organization).get(scheduleUuid, asOfMillis);
  const shown = ({ uuid, name }: ScheduleUse) => ({
    uuid,
    name,
    orgUuid: organization.seed.uuid,
    description: null,
    scheduledTriggers: [{ schedule: schedule ? shownSchedule(call, schedule) : null, triggerSet: [] }],
  });
  const uses = usesOf(call, scheduleUuid);
  const lists = policyKinds.map((kind) => [`${kind}List`, uses.filter((use) => use.kind === kind).map(shown)] as const);
  return Object.fromEntries(lists);
}

/** A schedule with the ids of what uses it. The list has no place for revocations. */
function usageOf(call: Call, schedule: ConsoleSchedule): object {
  const uses = usesOf(call, schedule.uuid);
  const uuidsOf = (...kinds: ScheduleUseKind[]) =>
    uses.filter(({ kind }) => kinds.includes(kind)).map(({ uuid }) => uuid);
  const grants = grantsOf(call.organization)
    .values(call.asOfMillis)
    .filter(({ scheduleUuid }) => scheduleUuid === schedule.uuid);
  return {
    ...shownSchedule(call, schedule),
    accessGrantUuids: grants.map(({ uuid }) => uuid),
    alarmMonitoringUuids: uuidsOf("alarmMonitoring"),
    alertPolicyUuids: uuidsOf(...policyKinds),
    customEventUuids: uuidsOf("customEvent"),
    doorSettingUuids: uuidsOf("doorSetting"),
    ruleUuids: uuidsOf("rule"),
    sharedStreamUuids: uuidsOf("sharedStream"),
    locationsUsedIn: [...new Set(grants.map(({ locationUuid }) => locationUuid))],
  };
}
