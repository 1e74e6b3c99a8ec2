import assert from "node:assert/strict";
import { AccessNames } from "../../../../provider/cli/access/names";
import type { Condition } from "../../../../provider/cli/access/openings";
import { ALWAYS, weeklyTimes } from "../../../../provider/cli/access/times";
import type { OrganizationAccess } from "../../../../provider/cli/review/accessEffects";
import { type Day, spansOf } from "../../../../provider/core/schema/week";
import { nothingOpens, type PlannedStep, planOf, reviewed } from "./plans";

const weekdays: Day[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];
export const hours = (from: string, to: string, days: readonly string[] = weekdays) => ({ days, from, to });
export const [day, longDay, saturday] = [
  hours("07:00", "18:00"),
  hours("07:00", "20:00"),
  hours("08:00", "12:00", ["saturday"]),
];
export const weekly = (from: string, to: string) => weeklyTimes(spansOf({ days: weekdays, from, to }));

export const condition = (name: string, more: Partial<Condition> = {}): Condition => {
  const none = { doors: [], landings: [], labels: [], groups: [], users: [] };
  return { uuid: name, name, times: ALWAYS, ...none, ...more };
};
export const atNorth = (name: string, more: Partial<Condition> = {}) =>
  condition(name, { doors: ["north"], groups: ["eng"], ...more });

export const door = (uuid: string, name: string, locationUuid = "") => ({ uuid, name, locationUuid });

type Rules = OrganizationAccess["rules"];

/** The schedule `day`, which nothing else uses. */
export const unused = {
  uuid: "day",
  accessGrantUuids: [],
  alarmMonitoringUuids: [],
  alertPolicyUuids: [],
  customEventUuids: [],
  doorSettingUuids: [],
  ruleUuids: [],
  sharedStreamUuids: [],
};

/** Engineers are Ada and Ben; two doors have the label Gates; the schedule `day` is on weekdays from 07:00 to 18:00. */
export const access = (more: Partial<Rules> = {}, of: Readonly<Record<string, string>> = {}): OrganizationAccess => {
  const { rules, organization } = nothingOpens;
  return {
    organization,
    schedules: [unused],
    rules: {
      ...rules,
      members: new Map([["eng", new Set(["ada", "ben"])]]),
      doorsByLabel: new Map([["Gates", new Set(["north", "south"])]]),
      scheduleOf: new Map(Object.entries(of)),
      schedules: {
        times: new Map([["day", weekly("07:00", "18:00")]]),
        names: new Map([["day", "Day"]]),
        isComplete: true,
      },
      names: new AccessNames(
        [],
        [{ uuid: "eng", name: "Engineers" }],
        [door("north", "North"), door("south", "South")],
        [],
      ),
      ...more,
    },
  };
};

type Inputs = Readonly<Record<string, unknown>>;

const id = (uuid: string) => ({ state: { id: uuid } });
export const grant = (
  before: Inputs | undefined,
  after: Inputs | undefined,
  more: Partial<PlannedStep> = {},
): PlannedStep => {
  const filled = (inputs?: Inputs) => {
    const sets = { accessControlledDoorUuids: [], accessControlledElevatorLandingUuids: [], doorLabelIds: [] };
    return inputs && { name: "G", locationUuid: "hq", ...sets, groupUuids: [], userUuids: [], ...inputs };
  };
  return { type: "AccessGrant", before: filled(before), after: filled(after), ...id("G"), ...more };
};
export const group = (
  before: Inputs | undefined,
  after: Inputs | undefined,
  more: Partial<PlannedStep> = {},
): PlannedStep => {
  const filled = (inputs?: Inputs) => inputs && { name: "Engineers", ...inputs };
  return {
    type: "AccessControlGroup",
    name: "eng",
    before: filled(before),
    after: filled(after),
    ...id("eng"),
    ...more,
  };
};
export const schedule = (
  before: object[] | undefined,
  after: object[] | undefined,
  more: Partial<PlannedStep> = {},
) => {
  const filled = (intervals?: object[]) => intervals && { name: "Day", intervals };
  return { type: "Schedule", name: "day", before: filled(before), after: filled(after), ...id("day"), ...more };
};

export const north = { accessControlledDoorUuids: ["north"] };
export const eng = { groupUuids: ["eng"] };
const urnOf = (type: string, name: string) => `urn:pulumi:dev::doors::pulumi-nodejs:dynamic/rhombus:${type}::${name}`;
export const night = group(undefined, { name: "Night shift", userUuids: ["ada", "ben", "eve"] }, { name: "night" });
export const nights = schedule(undefined, [hours("22:00", "06:00", ["friday"])], { name: "nights" });
export const from = (groups: readonly string[], schedules: readonly string[]) => ({
  planned: {
    propertyDependencies: {
      groupUuids: groups.map((name) => urnOf("AccessControlGroup", name)),
      scheduleUuid: schedules.map((name) => urnOf("Schedule", name)),
    },
  },
});
export const banned = [condition("Ban", { doors: ["north"], groups: ["eng"] })];
export const engineers = "the group `Engineers`";
export const byG = "by the access grant `G`";
export const unbanned = "no longer taken away by the access revocation `Ban`";

/** The lines about access of a review. */
function linesOf(steps: readonly PlannedStep[], rules: Parameters<typeof reviewed>[3]): string[] {
  const about =
    /^- \*\*(Gains access|Loses access|Keeps access|Regains access|Kept out|Effects on access|Schedule also|Not found|Door at)[^*]*\*\*: /;
  return reviewed(planOf(steps), undefined, [], rules)
    .text.split("\n")
    .filter((line) => about.test(line))
    .map((line) => line.replace(about, "$1: "));
}

/** Steps, the access control of their organization, and the lines about access. */
export type AccessCase = [steps: PlannedStep[], rules: Parameters<typeof reviewed>[3], ...lines: string[]];

/** Tests cases by their names. */
export function showsEachOf(cases: Readonly<Record<string, AccessCase>>): void {
  for (const [what, [steps, rules, ...lines]] of Object.entries(cases))
    it(`shows ${what}`, () => assert.deepEqual(linesOf(steps, rules), lines));
}
