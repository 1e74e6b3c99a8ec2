import type { Input } from "@pulumi/pulumi";
import { type InputsOf, text, weeklyIntervals } from "../../core/schema/fields";
import { adoptFlag } from "../fields/adopt";
import { objectName } from "../fields/objectName";

/** A day of the week, in lower case. */
export type ScheduleDay = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

/** The arguments of one interval of a schedule. All are required. */
export interface ScheduleIntervalArgs {
  /** The days on which the interval begins. */
  days: Input<readonly Input<ScheduleDay>[]>;
  /** The time at which it begins: `HH:MM`, from `00:00` to `23:59`. Rhombus does not document the time zone, presumably that of the location. */
  from: Input<string>;
  /** The time at which it ends: `HH:MM`, up to `24:00`. A time before `from` is one of the next day. A whole day is `00:00` to `24:00`. */
  to: Input<string>;
}

/** One interval of a schedule in outputs: the plain values of {@link ScheduleIntervalArgs}. */
export interface ScheduleInterval {
  /** The days on which the interval begins. */
  days: ScheduleDay[];
  /** The time at which it begins. */
  from: string;
  /** The time at which it ends. */
  to: string;
}

/** The inputs of a schedule. */
export const fields = {
  /** The schedule's name, at most 255 characters, unique among the program's schedules without regard to case. Default: the resource's name. */
  name: objectName(),
  /**
   * The times of the week in which the schedule holds. Required: one interval at least. Intervals may touch but not overlap. Only
   * the minutes that they cover count, not their order or division. An interval that someone adds outside Pulumi is a change.
   */
  intervals: weeklyIntervals<ScheduleIntervalArgs>({ required: true }),
  /**
   * `true` takes over the existing schedule of this name, and creates one if there is none. It applies on creation only and is
   * never a change. Default: an existing schedule of this name is an error.
   */
  adopt: adoptFlag(),
};

/** The outputs of a schedule. */
export const outputs = { orgUuid: text() };

/** The checked inputs of a schedule. */
export type ScheduleInputs = InputsOf<typeof fields>;
