import type { SeedOrganization } from "../domains/domains";

/** The ids and names that Rhombus Access Control has at Acme Robotics in the seed `campus`. */
export const acmeAccess = {
  /** Schedules of Rhombus, which cannot be changed, and an absolute one. */
  schedules: {
    businessHours: { uuid: "gIp2O6cWQ8SLlrdlLMK9Ig", name: "Business hours" },
    afterHours: { uuid: "Mnx2X-01Te6e2bL8eNSFRg", name: "After hours" },
    closure: { uuid: "XYhnTf1uTZ2PwKy-Z0KcVw", name: "Year-end closure" },
  },
} as const;

const { schedules } = acmeAccess;

/** The objects of Rhombus Access Control at Acme Robotics. */
export const acmeAccessObjects: Pick<SeedOrganization, "schedules"> = {
  schedules: [
    { ...schedules.businessHours, mutable: false, intervalList: onWeekdays(9 * 60, 17 * 60) },
    { ...schedules.afterHours, mutable: false, intervalList: onWeekdays(17 * 60, (24 + 9) * 60) },
    {
      ...schedules.closure,
      absoluteIntervals: [{ b: Date.UTC(2026, 11, 24, 8) / 1000, e: Date.UTC(2027, 0, 2, 8) / 1000 }],
    },
  ],
};

/** An interval for each day from Monday to Friday, in minutes of the day. */
function onWeekdays(start: number, stop: number): { minuteOfWeekStart: number; minuteOfWeekStop: number }[] {
  return [0, 1, 2, 3, 4].map((day) => {
    const midnight = day * 24 * 60;
    return { minuteOfWeekStart: midnight + start, minuteOfWeekStop: midnight + stop };
  });
}
