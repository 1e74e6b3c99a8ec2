import * as v from "valibot";
import { envelopeFields } from "./integration";
import { fields, flag, list, number, oneOfOrNewer, requiredText, text } from "./schema";

const weeklyMinutes = fields({
  /** The first minute, counted from Monday 00:00. The time zone is not documented. */
  minuteOfWeekStart: number,
  /** The minute after the last one; before the start, if the interval crosses the end of the week. */
  minuteOfWeekStop: number,
});

/** An interval of a weekly schedule (Rhombus: `WeeklyMinuteIntervalType`). */
export type WeeklyMinutes = v.InferOutput<typeof weeklyMinutes>;

const scheduleFields = {
  /** An RUUID. */
  uuid: text,
  /** The organization, an RUUID. */
  orgUuid: text,
  name: text,
  strategy: oneOfOrNewer<
    "WEEKLY_REPEATING_MINUTES" | "ABSOLUTE_SECONDS" | "REALTIME_RELATIVE_SECONDS" | "RELATIVE_DATETIME_INTERVALS"
  >(),
  /** False for Rhombus's own schedules, which cannot be changed. */
  mutable: flag,
  /** True for a schedule that was made for one object. */
  oneTimeUse: flag,
  intervalList: list(weeklyMinutes),
};

const schedule = fields(scheduleFields);

/** A schedule (Rhombus: `WeeklyRepeatingScheduleType`). */
export type Schedule = v.InferOutput<typeof schedule>;

/** A schedule with what uses it (Rhombus: `WeeklyRepeatingScheduleDataType`). */
const usedSchedule = fields({
  ...scheduleFields,
  /** The access grants that use it, as RUUIDs; likewise the others. */
  accessGrantUuids: list(v.string()),
  alarmMonitoringUuids: list(v.string()),
  alertPolicyUuids: list(v.string()),
  customEventUuids: list(v.string()),
  doorSettingUuids: list(v.string()),
  ruleUuids: list(v.string()),
  sharedStreamUuids: list(v.string()),
  /** The locations in which it is used, as RUUIDs. */
  locationsUsedIn: list(v.string()),
});

/** The answer of `findSchedules`. */
export const schedulesAnswer = fields({ ...envelopeFields, schedules: list(schedule) });

/** The answer of `createSchedule`. Without the id the created schedule could not be found. */
export const scheduleCreateAnswer = fields({ ...envelopeFields, scheduleUuid: requiredText });

/** The answer of `getScheduleData`. */
export const scheduleDataAnswer = fields({ ...envelopeFields, weeklyScheduleData: list(usedSchedule) });

const namedFields = { uuid: text, orgUuid: text, name: text };

const absoluteSchedule = fields({
  ...namedFields,
  intervalList: list(
    fields({
      /** The first second, counted from 1970. */
      b: number,
      /** The second after the last one. */
      e: number,
    }),
  ),
});

const localTimeSchedule = fields({
  ...namedFields,
  /** Times without a time zone, such as `2026-12-24T08:00:00`. The end is exclusive. */
  intervals: list(fields({ localStartDateTime: text, localEndDateTime: text })),
});

/** The answer of `getSchedules`. */
export const allSchedulesAnswer = fields({
  ...envelopeFields,
  weeklySchedules: list(schedule),
  absoluteSchedules: list(absoluteSchedule),
  relativeSchedules: list(fields(namedFields)),
  relativeDatetimeSchedules: list(localTimeSchedule),
});

/** A schedule of any kind. */
export type AnySchedule =
  | (Schedule & { readonly kind: "weekly" })
  | (v.InferOutput<typeof absoluteSchedule> & { readonly kind: "absolute" })
  | (v.InferOutput<typeof localTimeSchedule> & { readonly kind: "localTime" })
  | { readonly kind: "relative"; readonly uuid?: string | null | undefined; readonly name?: string | null | undefined };
