import { applySetting, storedText } from "../../behaviours/applyWrite";
import { withEmptyLists } from "../../behaviours/readAnswers";
import { newRuuid } from "../../data/ruuid";
import { type Organization, perOrganization } from "../../data/store";
import { Timeline } from "../../data/timeline";
import type { Table } from "../../page/table";
import { type Call, failed, operationsIn, Refusal, succeeded } from "../../server/operation";
import { type Body, flag, int32, list, object, oneOf, ruuid, text } from "../../server/shapes";
import { type ConsoleContext, type Domain, type PageContext, required } from "../domain";
import { isInGrantOrRevocation, removeScheduleFromAll } from "./accessConditions";
import { scheduleTables } from "./scheduleTables";
import { scheduleUsesOf } from "./storedScheduleUses";

/** An interval of a weekly schedule, in minutes since Monday 00:00. One that stops before it starts ends in the next week. */
export interface WeeklyInterval {
  /** Its first minute. */
  readonly minuteOfWeekStart: number;
  /** The minute after its last one. */
  readonly minuteOfWeekStop: number;
}

/** An interval of an absolute schedule, in seconds since 1970. */
export interface AbsoluteInterval {
  /** Its first second. */
  readonly b: number;
  /** The second after its last one. */
  readonly e: number;
}

/** A schedule, as it is stored and as the console shows it. */
export interface ConsoleSchedule {
  /** Its id. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** True if it can be changed. Rhombus's own schedules cannot. */
  readonly mutable: boolean;
  /** True if it was made for one object, and people do not choose it. */
  readonly oneTimeUse: boolean;
  /** Its intervals in each week, for a weekly schedule. */
  readonly intervalList: readonly WeeklyInterval[];
  /** Its intervals, for an absolute schedule; undefined for a weekly one. */
  readonly absoluteIntervals?: readonly AbsoluteInterval[] | undefined;
}

/** A schedule that already exists. */
export interface SeedSchedule extends Partial<ConsoleSchedule> {
  /** Its id. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** True if it can be changed. Default true. */
  readonly mutable?: boolean;
  /** True if it was made for one object. Default false. */
  readonly oneTimeUse?: boolean;
  /** Its intervals in each week; none when absent. */
  readonly intervalList?: readonly WeeklyInterval[];
}

/** The schedules of an organization in its seed. */
export interface ScheduleSeed {
  /** Its schedules; none when absent. */
  readonly schedules?: readonly SeedSchedule[];
}

const WEEKLY = "WEEKLY_REPEATING_MINUTES";
const ABSOLUTE = "ABSOLUTE_SECONDS";
const strategies = [WEEKLY, ABSOLUTE, "REALTIME_RELATIVE_SECONDS", "RELATIVE_DATETIME_INTERVALS"] as const;

const MINUTES_PER_WEEK = 7 * 24 * 60;

const scheduleFields = {
  uuid: ruuid,
  orgUuid: ruuid,
  name: text,
  strategy: oneOf(strategies),
  mutable: flag,
  oneTimeUse: flag,
  intervalList: list(object({ minuteOfWeekStart: int32, minuteOfWeekStop: int32 })),
};

const writeFields = { schedule: object(scheduleFields) };

type SentSchedule = Body<typeof scheduleFields>;

const policyOperation = operationsIn("/api/policy");

const operations = [
  policyOperation({ name: "createSchedule", kind: "write", fields: writeFields, handle: create }),
  policyOperation({ name: "updateSchedule", kind: "write", fields: writeFields, handle: update }),
  policyOperation({ name: "deleteSchedule", kind: "delete", fields: { scheduleUuid: ruuid }, handle: remove }),
  policyOperation({
    name: "findSchedules",
    handle: (call) => ({ ...succeeded, schedules: weeklySchedules(call).map((each) => shownSchedule(call, each)) }),
  }),
  operationsIn("/api/schedule")({
    name: "getSchedules",
    handle: (call) => ({
      ...succeeded,
      weeklySchedules: weeklySchedules(call).map((each) => shownSchedule(call, each)),
      absoluteSchedules: schedulesOf(call.organization)
        .values(call.asOfMillis)
        .filter((each) => !isWeekly(each))
        .map((each) => shownSchedule(call, each)),
      relativeSchedules: [],
      relativeDatetimeSchedules: [],
    }),
  }),
];

/** The schedules of an organization by uuid. */
export const schedulesOf = perOrganization(() => new Timeline<ConsoleSchedule>());

/** The schedules of an organization: creating, finding, changing and deleting them. */
export const schedules = {
  operations,
  load(organization: Organization, { schedules: seeded = [] }: ScheduleSeed) {
    for (const each of seeded) schedulesOf(organization).set(each.uuid, scheduleFrom(each), Number.NEGATIVE_INFINITY);
  },
  save: (organization: Organization): ScheduleSeed => ({ schedules: schedulesOf(organization).values() }),
  remains: (organization: Organization) =>
    schedulesOf(organization)
      .values()
      .filter((each) => isWeekly(each) && each.mutable && !each.oneTimeUse)
      .map(({ name }) => `schedule "${name}"`),
  console({ organization }: ConsoleContext) {
    const stored = schedulesOf(organization);
    return {
      /** All schedules, those of Rhombus included, oldest first. */
      schedules: (): ConsoleSchedule[] => stored.values(),
      /** Adds a schedule. Returns its uuid. */
      addSchedule(given: Omit<SeedSchedule, "uuid"> & Partial<SeedSchedule>): string {
        const schedule = scheduleFrom(given);
        stored.set(schedule.uuid, schedule);
        return schedule.uuid;
      },
      /** Changes the name or the times of a schedule. Throws if there is no such schedule. */
      setSchedule(uuid: string, changes: Partial<Pick<ConsoleSchedule, "name" | "intervalList">>): void {
        stored.set(uuid, { ...required(stored.get(uuid)), ...changes });
      },
      /** Removes a schedule. What uses it keeps its id. */
      removeSchedule: (uuid: string): void => stored.delete(uuid),
    };
  },
  tables(context: PageContext): Table[] {
    const webConsole = schedules.console(context);
    const renameSchedule = (uuid: string, newName: string) => {
      const name = storedText(newName, context.behaviours);
      const error = takenNameError(context, name, uuid);
      if (error !== undefined) throw new Refusal(400, "Bad Request", error);
      webConsole.setSchedule(uuid, { name });
    };
    return scheduleTables({ ...webConsole, renameSchedule });
  },
} satisfies Domain;

/** A schedule with the given values. */
function scheduleFrom(given: Omit<SeedSchedule, "uuid"> & Partial<SeedSchedule>): ConsoleSchedule {
  return {
    uuid: given.uuid ?? newRuuid(),
    name: given.name,
    mutable: given.mutable ?? true,
    oneTimeUse: given.oneTimeUse ?? false,
    intervalList: given.intervalList ?? [],
    absoluteIntervals: given.absoluteIntervals,
  };
}

/** The weekly schedules that a read shows. */
export function weeklySchedules({ organization, asOfMillis }: Call): ConsoleSchedule[] {
  return schedulesOf(organization).values(asOfMillis).filter(isWeekly);
}

function isWeekly({ absoluteIntervals }: ConsoleSchedule): boolean {
  return absoluteIntervals === undefined;
}

/** A schedule as answers return it. */
export function shownSchedule({ organization, behaviours }: Call, schedule: ConsoleSchedule): object {
  const { absoluteIntervals, intervalList, ...others } = schedule;
  const strategy = absoluteIntervals === undefined ? WEEKLY : ABSOLUTE;
  const shown = {
    ...others,
    orgUuid: organization.seed.uuid,
    strategy,
    intervalList: absoluteIntervals ?? intervalList,
  };
  return withEmptyLists(shown, behaviours);
}

function create(call: Call, { schedule: sent }: Body<typeof writeFields>): object {
  const name = storedText(sent?.name ?? "", call.behaviours);
  const error = errorIn(call, sent ?? {}, name);
  if (error !== undefined) return failed(error);
  const schedule = withSent(call, sent ?? {}, { name, uuid: newRuuid(), mutable: true });
  schedulesOf(call.organization).set(schedule.uuid, schedule);
  return { ...succeeded, scheduleUuid: schedule.uuid };
}

/** Updates a schedule. A name that is omitted or null stays, since every schedule has one. */
function update(call: Call, { schedule: sent }: Body<typeof writeFields>): object {
  const stored = schedulesOf(call.organization).get(sent?.uuid ?? "");
  if (!sent || !stored) return call.behaviours.missingWrites === "error" ? failed(noSuchSchedule) : succeeded;
  const name = storedText(sent.name, call.behaviours) ?? stored.name;
  const error = stored.mutable && isWeekly(stored) ? errorIn(call, sent, name, stored.uuid) : notMutable;
  if (error !== undefined) return failed(error);
  const { uuid, mutable } = stored;
  schedulesOf(call.organization).set(uuid, withSent(call, sent, { name, uuid, mutable }, stored));
  return succeeded;
}

function remove(call: Call, { scheduleUuid }: { scheduleUuid?: string | null }): object {
  const { organization, behaviours } = call;
  const stored = schedulesOf(organization).get(scheduleUuid ?? "");
  if (!stored) return behaviours.deleteMissing === "error" ? failed(noSuchSchedule) : succeeded;
  if (!stored.mutable) return failed(notMutable);
  if (behaviours.usedSchedules === "refused" && isUsed(organization, stored.uuid))
    return failed("The schedule is in use.");
  schedulesOf(organization).delete(stored.uuid);
  if (behaviours.usedSchedules === "detaches") detach(organization, stored.uuid);
  return succeeded;
}

function isUsed(organization: Organization, uuid: string): boolean {
  const uses = scheduleUsesOf(organization).values();
  return isInGrantOrRevocation(organization, uuid) || uses.some(({ scheduleUuid }) => scheduleUuid === uuid);
}

/** Removes a schedule from everything that uses it. */
function detach(organization: Organization, uuid: string): void {
  removeScheduleFromAll(organization, uuid);
  const stored = scheduleUsesOf(organization);
  for (const use of stored.values()) {
    if (use.scheduleUuid === uuid) stored.set(use.uuid, { ...use, scheduleUuid: null });
  }
}

const noSuchSchedule = "The schedule does not exist.";

const notMutable = "The schedule cannot be changed.";

/** The stored schedule after a write. `current` is the one before it, undefined for a new schedule. */
function withSent(
  { behaviours }: Call,
  sent: SentSchedule,
  fixed: Pick<ConsoleSchedule, "uuid" | "name" | "mutable">,
  current?: ConsoleSchedule,
): ConsoleSchedule {
  const { oneTimeUse, intervalList } = sent;
  return {
    ...fixed,
    oneTimeUse: applySetting(oneTimeUse, current?.oneTimeUse, false, behaviours),
    intervalList: applySetting(
      intervalList && checkIntervals(intervalList, behaviours),
      current?.intervalList,
      [],
      behaviours,
    ),
  };
}

/** The reason for which a schedule cannot have this name or strategy; undefined if it can. */
function errorIn(call: Call, sent: SentSchedule, name: string, ownUuid?: string): string | undefined {
  if (name.trim() === "") return "A schedule needs a name.";
  if ((sent.strategy ?? WEEKLY) !== WEEKLY) return "Only a weekly schedule can be written here.";
  return takenNameError(call, name, ownUuid);
}

/** The reason for which a schedule cannot have a name that another one has; undefined if it can. */
function takenNameError({ organization, behaviours }: PageContext, name: string, ownUuid?: string): string | undefined {
  if (behaviours.scheduleNames === "duplicates") return undefined;
  const isTaken = schedulesOf(organization)
    .values()
    .some((each) => each.uuid !== ownUuid && each.name.toLowerCase() === name.toLowerCase());
  return isTaken ? `A schedule named ${name} already exists.` : undefined;
}

type SentIntervals = NonNullable<SentSchedule["intervalList"]>;

/** Returns the intervals. Throws a {@link Refusal} if one of them is no part of a week in the form of {@link Behaviours.weekEnd}. */
function checkIntervals(sent: SentIntervals, { weekEnd }: Call["behaviours"]): WeeklyInterval[] {
  return sent.map((interval) => {
    const { minuteOfWeekStart: start, minuteOfWeekStop: stop } = interval ?? {};
    const lastStop = weekEnd === "wraps" ? MINUTES_PER_WEEK - 1 : MINUTES_PER_WEEK;
    if (start == null || stop == null || start < 0 || start >= MINUTES_PER_WEEK || stop < 0 || stop > lastStop) {
      throw new Refusal(400, "Bad Request", "An interval has to be within the minutes of a week.");
    }
    if (start === stop || (stop < start && weekEnd === "stop10080")) {
      throw new Refusal(400, "Bad Request", "An interval has to stop after it starts.");
    }
    return { minuteOfWeekStart: start, minuteOfWeekStop: stop };
  });
}
