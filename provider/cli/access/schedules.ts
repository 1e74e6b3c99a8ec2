import { spansOf } from "../../core/schema/week";
import { intervalsIn } from "../../resources/schedule/intervals";
import type { RhombusApi } from "../../rhombus/api/api";
import type { AnySchedule, Schedule } from "../../rhombus/api/schemas/schedules";
import type { Attempt } from "../unread";
import { ALWAYS, type Times, unclearTimes, weeklyTimes } from "./times";

/** The schedules of an organization. */
export interface KnownSchedules {
  /** The times of each schedule, by RUUID. */
  readonly times: ReadonlyMap<string, Times>;
  /** The names of the schedules, by RUUID. */
  readonly names: ReadonlyMap<string, string>;
  /** True if a schedule that is not there does not exist. */
  readonly isComplete: boolean;
}

/**
 * Reads the schedules of every kind; only the weekly ones if the key may not read the others.
 * @param api The API.
 * @param attempt Reads a list.
 */
export async function readSchedules(api: RhombusApi, attempt: Attempt): Promise<KnownSchedules> {
  const all = await attempt("schedules of every kind", api.listing("getSchedules").shared());
  if (all !== undefined)
    return {
      times: new Map(all.map((each) => [each.uuid ?? "", timesOf(each)])),
      names: namesOf(all),
      isComplete: true,
    };
  const weekly = (await attempt("weekly schedules", api.listing("findSchedules").shared())) ?? [];
  const times = new Map(weekly.map((each) => [each.uuid ?? "", timesOfWeekly(each)]));
  return { times, names: namesOf(weekly), isComplete: false };
}

function namesOf(schedules: readonly Pick<AnySchedule, "uuid" | "name">[]): ReadonlyMap<string, string> {
  return new Map(schedules.map(({ uuid, name }) => [uuid ?? "", name ?? ""]));
}

/**
 * The times of a grant or a revocation.
 * @param schedule Its schedule, an RUUID. Without one, it holds at all times.
 * @param schedules The schedules of the organization.
 */
export function timesOfCondition(schedule: string | null | undefined, { times, isComplete }: KnownSchedules): Times {
  if (!schedule) return ALWAYS;
  return times.get(schedule) ?? unclearTimes(isComplete ? "it does not exist" : "it could not be read");
}

function timesOf(schedule: AnySchedule): Times {
  switch (schedule.kind) {
    case "weekly":
      return timesOfWeekly(schedule);
    case "absolute":
      return datedTimes((schedule.intervalList ?? []).map((each) => [instant(each?.b), instant(each?.e)]));
    case "localTime":
      return datedTimes(
        (schedule.intervals ?? []).map((each) => [
          localTime(each?.localStartDateTime),
          localTime(each?.localEndDateTime),
        ]),
      );
    default:
      return unclearTimes("its times are relative");
  }
}

function timesOfWeekly(schedule: Schedule): Times {
  return weeklyTimes(intervalsIn(schedule)?.flatMap(spansOf));
}

function datedTimes(intervals: readonly (readonly [start: string | undefined, end: string | undefined])[]): Times {
  const dates = intervals.flatMap(([start, end]) => (start && end ? [`${start} to ${end}`] : []));
  if (dates.length === 0 || dates.length < intervals.length) return unclearTimes("it shows no times");
  return { weekly: [], dates, unclear: undefined };
}

/** The form `2026-12-24 08:00 UTC`. */
function instant(seconds: number | null | undefined): string | undefined {
  const date = new Date((seconds ?? Number.NaN) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function localTime(text: string | null | undefined): string | undefined {
  return text?.slice(0, 16).replace("T", " ");
}
