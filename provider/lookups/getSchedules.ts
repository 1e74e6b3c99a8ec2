import type { LookupCall } from "./define/defineLookup";
import { defineMany, defineOne } from "./define/defineSearch";
import type { LookupMissing, LookupOutputArgs } from "./define/lookupOptions";
import { type GetScheduleResult, scheduleSearch } from "./lists/schedules";

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
