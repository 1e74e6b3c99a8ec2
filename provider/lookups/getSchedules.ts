import type { ScheduleInterval } from "../resources/schedule/fields";
import { intervalsIn } from "../resources/schedule/intervals";
import type { Schedule } from "../rhombus/api/schemas/schedules";
import type { LookupCall } from "./define/defineLookup";
import { defineMany, defineOne } from "./define/defineSearch";
import type { LookupMissing, LookupOutputArgs } from "./define/lookupOptions";
import type { Search } from "./define/search";

/** The arguments of {@link getSchedule}. */
export interface GetScheduleArgs extends LookupMissing {
  /** The name. Case is ignored, unless several names differ only in case. */
  name: string;
}

/** The arguments of {@link getScheduleOutput}: those of {@link getSchedule}, as values or outputs. */
export type GetScheduleOutputArgs = LookupOutputArgs<GetScheduleArgs>;

/** The arguments of {@link getSchedules}. */
export interface GetSchedulesArgs extends LookupMissing {
  /** The names to find. Default: all schedules. */
  names?: readonly string[];
}

/** The arguments of {@link getSchedulesOutput}: those of {@link getSchedules}, as values or outputs. */
export type GetSchedulesOutputArgs = LookupOutputArgs<GetSchedulesArgs>;

/** A schedule. */
export interface GetScheduleResult {
  /** The RUUID, as `scheduleUuid` of an access grant takes it. */
  readonly uuid: string;
  /** The name. */
  readonly name: string;
  /** The times of the week in which it holds. Rhombus does not document the time zone. Absent if Rhombus does not show them, or if the schedule is not weekly. */
  readonly intervals?: ScheduleInterval[];
  /** False for a schedule of Rhombus's own, which nobody can change. */
  readonly mutable: boolean;
}

/** The result of {@link getSchedules}. */
export interface GetSchedulesResult {
  /** The schedules in the order of the arguments; for all, in the order of Rhombus's list. */
  readonly schedules: GetScheduleResult[];
  /** The RUUIDs in the same order. */
  readonly uuids: string[];
}

const schedule = defineOne({
  name: "getSchedule",
  by: ["name"],
  search: (call: LookupCall<GetScheduleArgs>) => scheduleSearch(call),
});

const schedules = defineMany({
  name: "getSchedules",
  by: ["name"],
  search: (call: LookupCall<GetSchedulesArgs>) => scheduleSearch(call),
  result: (schedules): GetSchedulesResult => ({ schedules, uuids: schedules.map(({ uuid }) => uuid) }),
});

/**
 * Looks up a schedule by name, without managing it. Rhombus's own schedules are found too; those that were made for one
 * object only are not.
 * @function
 */
export const getSchedule = schedule.promise;

/**
 * Like {@link getSchedule}, for outputs: accepts them as arguments and returns an output.
 * @function
 */
export const getScheduleOutput = schedule.output;

/**
 * Looks up schedules, without managing them: all, or some by name. Rhombus's own schedules are found too; those that were
 * made for one object only are not.
 * @param args The arguments. Default: `{}`, for all schedules.
 * @param options The provider to use.
 * @throws LookupError if a requested schedule is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 * @function
 */
export const getSchedules = schedules.promise;

/**
 * Like {@link getSchedules}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all schedules.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getSchedulesOutput = schedules.output;

/**
 * The search for schedules by name.
 * @param call The call.
 */
export async function scheduleSearch(call: LookupCall<LookupMissing>): Promise<Search<GetScheduleResult>> {
  const { directory, fresh } = call;
  const listed = await directory.schedules(fresh);
  const forOneObject = new Set(listed.flatMap(({ uuid, oneTimeUse }) => (oneTimeUse && uuid ? [uuid] : [])));
  return {
    nouns: ["schedule", "schedules"],
    items: listed.flatMap(resultOf),
    by: "name",
    textOf: ({ name }) => name,
    describe: ({ name, uuid, mutable }) => `${JSON.stringify(name)}${mutable ? "" : " of Rhombus"} (${uuid})`,
    remedy: "Give them different names, or use the RUUID itself.",
    exclusion: ({ name, uuid }) =>
      forOneObject.has(uuid) ? `${name} was made in Rhombus for one object only` : undefined,
  };
}

function resultOf(schedule: Schedule): GetScheduleResult[] {
  const { uuid, name, mutable } = schedule;
  const intervals = intervalsIn(schedule);
  if (!uuid) return [];
  return [{ uuid, name: name ?? "", ...(intervals ? { intervals } : {}), mutable: mutable !== false }];
}
