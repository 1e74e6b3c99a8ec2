import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { givenId, resourceBase } from "../../pulumi/declare/resource";
import type { ArgsOf } from "../fields/args";
import { schedule } from "./definition";
import type { fields, ScheduleInterval } from "./fields";

/** The arguments of a {@link Schedule}. */
export interface ScheduleArgs extends ArgsOf<typeof fields> {}

/**
 * A weekly schedule. It opens nothing by itself; access grants refer to it. Rhombus does not document the time zone of its
 * times, which is presumably that of the location.
 *
 * @example
 * ```ts
 * const officeHours = new rhombus.Schedule("office-hours", {
 *   name: "Office hours",
 *   intervals: [{ days: ["monday", "tuesday", "wednesday", "thursday", "friday"], from: "07:00", to: "20:00" }],
 * });
 * ```
 */
export class Schedule extends resourceBase(schedule) {
  /** The schedule's name. */
  declare readonly name: Output<string>;
  /** The times of the week in which the schedule holds, in the declared form. */
  declare readonly intervals: Output<ScheduleInterval[]>;
  /** The organization of the schedule, as an RUUID. */
  declare readonly orgUuid: Output<string>;

  /**
   * Declares a schedule.
   * @param name The resource's name in the program.
   * @param args The arguments.
   * @param options Pulumi's options. `deleteBeforeReplace` is false unless set here, so that no grant is left without its schedule.
   */
  constructor(name: string, args: ScheduleArgs, options?: CustomResourceOptions) {
    super(name, args, options);
  }

  /**
   * Reads an existing schedule without managing it.
   * @param name The resource's name in the program.
   * @param id The schedule's uuid, as an RUUID.
   * @param options Pulumi's options.
   * @throws Error at deployment, if the schedule does not exist, or is not a weekly one of the organization.
   */
  static get(name: string, id: Input<string>, options?: CustomResourceOptions): Schedule {
    return new Schedule(name, { intervals: [] }, { ...options, id: givenId(schedule, id) });
  }
}
