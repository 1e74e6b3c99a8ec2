import { intervalsOf, spansOf, WEEK_MINUTES, type WeeklyInterval } from "../../../provider/core/schema/week";
import type { ConsoleSchedule } from "../../../provider/emulator";
import type { Properties } from "../../drivers/properties";
import { textAt } from "../consoleValues";
import type { ResourceFacts } from "../facts";

const officeHours = [{ days: ["monday", "tuesday", "wednesday", "thursday", "friday"], from: "08:00", to: "18:00" }];
const sundayNight = [{ days: ["sunday"], from: "22:00", to: "06:00" }];
const weekend = [{ days: ["saturday", "sunday"], from: "00:00", to: "24:00" }];
const theirs = [{ days: ["monday"], from: "08:00", to: "20:00" }];

/** The facts about schedules. */
export const facts: ResourceFacts = {
  samples: {
    "a schedule": {
      least: { name: "Opening hours", intervals: officeHours },
      fields: { intervals: [sundayNight, weekend] },
      waived: { adopt: "applies on creation only" },
      drifted: { intervals: theirs },
      existing: { name: "OPENING HOURS", intervals: theirs },
      unrelated: { name: "Neighbour", intervals: theirs },
    },
  },
  exampleId: "gIp2O6cWQ8SLlrdlLMK9Ig",
  secretsFromReads: false,
  objects(console) {
    const schedules = console.schedules().filter(isOurs);
    return schedules.map(({ uuid: id, name, intervalList }) => {
      return { id, properties: { name, intervals: peoplesForm(intervalList) }, secrets: {} };
    });
  },
  add(console, properties) {
    console.addSchedule({ name: textAt(properties, "name") ?? "", intervalList: minutesIn(properties) });
  },
  set(console, id, properties) {
    console.setSchedule(id, { name: textAt(properties, "name") ?? "", intervalList: minutesIn(properties) });
  },
  remove: (console, id) => console.removeSchedule(id),
};

/** Rhombus's own schedules, and those that are not weekly, are no resources. */
function isOurs({ mutable, oneTimeUse, absoluteIntervals }: ConsoleSchedule): boolean {
  return mutable && !oneTimeUse && absoluteIntervals === undefined;
}

function peoplesForm(list: ConsoleSchedule["intervalList"]): readonly WeeklyInterval[] {
  return intervalsOf(
    list.map(({ minuteOfWeekStart: start, minuteOfWeekStop: stop }) => {
      return { start, stop: stop < start ? stop + WEEK_MINUTES : stop };
    }),
  );
}

/** The intervals, one for each day; an interval across the end of the week stops before it starts. */
function minutesIn({ intervals }: Properties): ConsoleSchedule["intervalList"] {
  const written: readonly WeeklyInterval[] = Array.isArray(intervals) ? intervals : [];
  return written.flatMap(spansOf).map(({ start, stop }) => {
    return { minuteOfWeekStart: start, minuteOfWeekStop: stop > WEEK_MINUTES ? stop - WEEK_MINUTES : stop };
  });
}
