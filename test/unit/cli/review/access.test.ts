import assert from "node:assert/strict";
import { AccessNames } from "../../../../provider/cli/access/names";
import type { Condition } from "../../../../provider/cli/access/openings";
import { ALWAYS, unclearTimes, weeklyTimes } from "../../../../provider/cli/access/times";
import type { OrganizationAccess } from "../../../../provider/cli/review/accessFindings";
import { type Day, spansOf } from "../../../../provider/core/schema/week";
import { nothingOpens, type PlannedStep, planOf, reviewed, UNKNOWN } from "./plans";

const weekdays: Day[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];
const hours = (from: string, to: string, days: readonly string[] = weekdays) => ({ days, from, to });
const [day, longDay, saturday] = [
  hours("07:00", "18:00"),
  hours("07:00", "20:00"),
  hours("08:00", "12:00", ["saturday"]),
];
const weekly = (from: string, to: string) => weeklyTimes(spansOf({ days: weekdays, from, to }));

const condition = (name: string, more: Partial<Condition> = {}): Condition => {
  const none = { doors: [], landings: [], labels: [], groups: [], users: [] };
  return { uuid: name, name, times: ALWAYS, ...none, ...more };
};
const atNorth = (name: string, more: Partial<Condition> = {}) =>
  condition(name, { doors: ["north"], groups: ["eng"], ...more });

type Rules = OrganizationAccess["rules"];

/** Engineers are Ada and Ben; two doors have the label Gates; the schedule `day` is on weekdays from 07:00 to 18:00. */
const access = (more: Partial<Rules> = {}, of: Readonly<Record<string, string>> = {}): OrganizationAccess => {
  const { rules, ...others } = nothingOpens;
  const door = (uuid: string, name: string) => ({ uuid, name, locationUuid: "" });
  return {
    ...others,
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
const grant = (before: Inputs | undefined, after: Inputs | undefined, more: Partial<PlannedStep> = {}): PlannedStep => {
  const filled = (inputs?: Inputs) => {
    return inputs && { name: "G", locationUuid: "hq", accessControlledDoorUuids: [], groupUuids: [], ...inputs };
  };
  return { type: "AccessGrant", before: filled(before), after: filled(after), ...id("G"), ...more };
};
const group = (before: Inputs | undefined, after: Inputs | undefined, more: Partial<PlannedStep> = {}): PlannedStep => {
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
const schedule = (before: object[] | undefined, after: object[] | undefined, more: Partial<PlannedStep> = {}) => {
  const filled = (intervals?: object[]) => intervals && { name: "Day", intervals };
  return { type: "Schedule", name: "day", before: filled(before), after: filled(after), ...id("day"), ...more };
};

const north = { accessControlledDoorUuids: ["north"] };
const eng = { groupUuids: ["eng"] };
const urnOf = (type: string, name: string) => `urn:pulumi:dev::doors::pulumi-nodejs:dynamic/rhombus:${type}::${name}`;
const night = group(undefined, { name: "Night shift", userUuids: ["ada", "ben", "eve"] }, { name: "night" });
const nights = schedule(undefined, [hours("22:00", "06:00", ["friday"])], { name: "nights" });
const from = (groups: readonly string[], schedules: readonly string[]) => ({
  planned: {
    propertyDependencies: {
      groupUuids: groups.map((name) => urnOf("AccessControlGroup", name)),
      scheduleUuid: schedules.map((name) => urnOf("Schedule", name)),
    },
  },
});
const banned = [condition("Ban", { doors: ["north"], groups: ["eng"] })];
const engineers = "the group `Engineers`";
const byG = "by the access grant `G`";
const unbanned = "no longer taken away by the access revocation `Ban`";

/** The lines about access of a review. */
function linesOf(steps: readonly PlannedStep[], rules: Parameters<typeof reviewed>[3]): string[] {
  const about = /^- \*\*(Gains access|Loses access|Regains access|Kept out|Effects on access|Schedule also)[^*]*\*\*: /;
  return reviewed(planOf(steps), undefined, [], rules)
    .text.split("\n")
    .filter((line) => about.test(line))
    .map((line) => line.replace(about, "$1: "));
}

const cases: Readonly<
  Record<string, [steps: PlannedStep[], rules: Parameters<typeof reviewed>[3], ...lines: string[]]>
> = {
  "a new grant, with the number of people and of doors": [
    [grant(undefined, { ...north, ...eng, doorLabelIds: ["Gates", "None"], userUuids: ["ada"], scheduleUuid: "day" })],
    access(),
    `Gains access: \`ada\` and ${engineers} (2 people): \`North\`, every door with the label \`Gates\` (2 doors now) and every door with the label \`None\` (0 doors now), weekdays 07:00 to 18:00, ${byG}`,
  ],
  "a grant of an elevator landing": [
    [grant({ ...eng, always: true }, { ...eng, always: true, accessControlledElevatorLandingUuids: ["lift"] })],
    access({ grants: [condition("G", { groups: ["eng"] })] }),
    `Gains access: ${engineers} (2 people): door or elevator landing \`lift\`, always, ${byG}`,
  ],
  "a new grant for a new group in a new schedule, by their names": [
    [
      night,
      nights,
      grant(
        undefined,
        { ...north, groupUuids: [UNKNOWN, "eng"], scheduleUuid: UNKNOWN },
        from(["night", "eng"], ["nights"]),
      ),
    ],
    access(),
    `Gains access: ${engineers} (2 people) and the new group \`Night shift\` (3 people): \`North\`, friday 22:00 to 06:00, ${byG}`,
  ],
  "no group for an id that several could have, and no times for a schedule that is not known": [
    [
      night,
      group(undefined, { name: "Other" }, { name: "other" }),
      grant(undefined, { ...north, groupUuids: [UNKNOWN, "eng"], scheduleUuid: UNKNOWN }, from(["night", "other"], [])),
    ],
    access(),
    `Gains access: ${engineers} (2 people): \`North\`, unknown schedule (the plan does not show it), may be always, ${byG}`,
  ],
  "a grant that becomes always": [
    [grant({ ...north, ...eng, scheduleUuid: "day" }, { ...north, ...eng, always: true })],
    access({ grants: [atNorth("G", { times: weekly("07:00", "18:00") })] }, { G: "day" }),
    `Gains access: ${engineers} (2 people): \`North\`, always (until now weekdays 07:00 to 18:00), ${byG}`,
  ],
  "doors and people that a grant does not name any more": [
    [
      grant(
        { accessControlledDoorUuids: ["north", "south"], groupUuids: ["eng"], userUuids: ["ada"], always: true },
        { ...north, ...eng, always: true },
      ),
    ],
    access({ grants: [condition("G", { doors: ["north", "south"], groups: ["eng"], users: ["ada"] })] }),
    `Loses access: ${engineers} (2 people): \`South\`, always, ${byG}`,
    `Loses access: \`ada\`: \`North\` and \`South\`, always, ${byG}`,
  ],
  "a deleted grant": [
    [grant({ ...north, ...eng, always: true }, undefined)],
    access({ grants: [atNorth("G")] }),
    `Loses access: ${engineers} (2 people): \`North\`, always, ${byG}`,
  ],
  "a grant that stays in Rhombus, and changes nothing": [
    [grant({ ...north, ...eng, always: true }, undefined, { state: { id: "G", retainOnDelete: true } })],
    access({ grants: [atNorth("G")] }),
  ],
  "a grant that is replaced by the same at another location, and changes nothing": [
    [
      grant(
        { ...north, ...eng, always: true },
        { ...north, ...eng, always: true, locationUuid: "x" },
        { op: "replace" },
      ),
    ],
    access({ grants: [atNorth("G")] }),
  ],
  "access that another grant gives already, but not one of guests": [
    [grant(undefined, { accessControlledDoorUuids: ["north", "south"], ...eng, always: true })],
    access({
      grants: [atNorth("Old"), condition("Guests", { doors: ["south"], groups: ["eng"] })],
      guestGrants: [condition("Guests", { doors: ["south"], groups: ["eng"] })],
    }),
    `Gains access: ${engineers} (2 people): \`South\`, always, ${byG}`,
  ],
  "access that a revocation takes away, because it may have no effect": [
    [grant(undefined, { ...north, ...eng, always: true })],
    access({ revocations: banned }),
    `Gains access: ${engineers} (2 people): \`North\`, always, ${byG}`,
  ],
  "times beside an unknown schedule": [
    [grant({ ...north, ...eng, scheduleUuid: "gone" }, { ...north, ...eng, scheduleUuid: "day" })],
    access({ grants: [atNorth("G", { times: unclearTimes("it does not exist") })] }, { G: "gone" }),
    `Gains access: ${engineers} (2 people): \`North\`, weekdays 07:00 to 18:00 (until now unknown schedule (it does not exist), may be always), ${byG}`,
    `Loses access: ${engineers} (2 people): \`North\`, unknown schedule (it does not exist), may be always (still weekdays 07:00 to 18:00), ${byG}`,
  ],
  "a secret list of groups, without a guess": [
    [grant({ ...north, ...eng, always: true }, { ...north, groupUuids: "[secret]", always: true })],
    access({ grants: [atNorth("G")] }),
  ],
  "other times of a grant with a secret list of groups": [
    [
      grant(
        { ...north, groupUuids: "[secret]", scheduleUuid: "day" },
        { ...north, groupUuids: "[secret]", always: true },
        { further: { diffReasons: ["scheduleUuid", "always"] } },
      ),
    ],
    access({ grants: [atNorth("G", { times: weekly("07:00", "18:00") })] }, { G: "day" }),
    `Gains access: ${engineers} (2 people): \`North\`, always (until now weekdays 07:00 to 18:00), ${byG}`,
  ],
  "a schedule with more times, in grants outside the program and in revocations": [
    [schedule([day], [longDay, saturday])],
    access(
      { grants: [atNorth("Old")], revocations: [condition("Ban", { doors: ["south"], users: ["eve"] })] },
      { Old: "day", Ban: "day" },
    ),
    `Gains access: ${engineers} (2 people): \`North\`, weekdays 18:00 to 20:00, saturday 08:00 to 12:00 (until now weekdays 07:00 to 18:00), by the access grant \`Old\``,
    "Kept out: `eve`: `South`, weekdays 18:00 to 20:00, saturday 08:00 to 12:00 (until now weekdays 07:00 to 18:00), by the access revocation `Ban`",
  ],
  "a schedule with fewer times, in which a revocation gives access back": [
    [schedule([longDay], [day])],
    access({ grants: [atNorth("Old")], revocations: banned }, { Old: "day", Ban: "day" }),
    `Regains access: ${engineers} (2 people): \`North\`, weekdays 18:00 to 20:00 (still weekdays 07:00 to 18:00), ${unbanned}`,
    `Loses access: ${engineers} (2 people): \`North\`, weekdays 18:00 to 20:00 (still weekdays 07:00 to 18:00), by the access grant \`Old\``,
  ],
  "a deleted schedule that a grant and a revocation name": [
    [schedule([day], undefined)],
    access({ grants: [atNorth("Old")], revocations: banned }, { Old: "day", Ban: "day" }),
    `Gains access: ${engineers} (2 people): \`North\`, unknown schedule (it is deleted), may be always (until now weekdays 07:00 to 18:00), by the access grant \`Old\``,
    `Regains access: ${engineers} (2 people): \`North\`, weekdays 07:00 to 18:00 (still unknown schedule (it is deleted), may be always), ${unbanned}`,
    `Kept out: ${engineers} (2 people): \`North\`, unknown schedule (it is deleted), may be always (until now weekdays 07:00 to 18:00), by the access revocation \`Ban\``,
  ],
  "a schedule that is taken over, and changed for the grants that name it": [
    [schedule(undefined, [longDay], { after: { name: "DAY", intervals: [longDay], adopt: true } })],
    access({ grants: [atNorth("Old")] }, { Old: "day" }),
    `Gains access: ${engineers} (2 people): \`North\`, weekdays 18:00 to 20:00 (until now weekdays 07:00 to 18:00), by the access grant \`Old\``,
  ],
  "members who join a group that grants and revocations name, and who leave it": [
    [group({ userUuids: ["ada", "ben"] }, { userUuids: ["ben", "eve"] })],
    access({ grants: [atNorth("Old"), condition("Other", { doors: ["south"], users: ["ada"] })], revocations: banned }),
    `Gains access: \`eve\`, who joins ${engineers}: \`North\`, always, by the access grant \`Old\``,
    `Regains access: \`ada\`, who leaves ${engineers}: \`North\`, always, ${unbanned}`,
    `Loses access: \`ada\`, who leaves ${engineers}: \`North\`, always, by the access grant \`Old\``,
    `Kept out: \`eve\`, who joins ${engineers}: \`North\`, always, by the access revocation \`Ban\``,
  ],
  "members of a shared group, of whom others stay": [
    [group({ userUuids: ["ada"], membership: "additive" }, { userUuids: ["eve", "ben"], membership: "additive" })],
    access({ grants: [atNorth("Old")] }),
    `Gains access: \`eve\`, who joins ${engineers}: \`North\`, always, by the access grant \`Old\``,
    `Loses access: \`ada\`, who leaves ${engineers}: \`North\`, always, by the access grant \`Old\``,
  ],
  "members of a group that is not shared any more, who are in it only in Rhombus": [
    [group({ userUuids: ["ada"], membership: "additive" }, { userUuids: ["ada"] })],
    access({ revocations: banned }),
    `Regains access: \`ben\`, who leaves ${engineers}: \`North\`, always, ${unbanned}`,
  ],
  "members of a group that was not managed before": [
    [group({}, { userUuids: ["eve"] })],
    access({ grants: [atNorth("Old")] }),
    `Gains access: \`eve\`, who joins ${engineers}: \`North\`, always, by the access grant \`Old\``,
    `Loses access: \`ada\` and \`ben\`, who leave ${engineers}: \`North\`, always, by the access grant \`Old\``,
  ],
  "members of a group that a grant of guests names": [
    [group({ userUuids: ["ada"] }, { userUuids: ["ada", "eve"] })],
    access({ grants: [atNorth("Visit")], guestGrants: [atNorth("Visit")] }),
    `Gains access: \`eve\`, who joins ${engineers}: \`North\`, always, by the access grant \`Visit\``,
  ],
  "a group that is taken over, with other members than it had": [
    [group(undefined, { name: "ENGINEERS", userUuids: ["ada", "eve", "kim"], adopt: true })],
    access({ grants: [atNorth("Old")] }),
    `Gains access: \`eve\` and \`kim\`, who join ${engineers}: \`North\`, always, by the access grant \`Old\``,
    `Loses access: \`ben\`, who leaves ${engineers}: \`North\`, always, by the access grant \`Old\``,
  ],
  "a deleted group": [
    [group({ userUuids: ["ada", "ben"] }, undefined)],
    access({ grants: [atNorth("Old")], revocations: banned }),
    `Regains access: ${engineers} (2 people): \`North\`, always, ${unbanned}`,
    `Loses access: ${engineers} (2 people): \`North\`, always, by the access grant \`Old\``,
  ],
  "a group that is replaced in a revocation, which names the old one only": [
    [
      group({ userUuids: ["ada"] }, { userUuids: ["ada"] }, { op: "replace" }),
      grant({ ...north, ...eng, always: true }, { ...north, groupUuids: [UNKNOWN], always: true }, from(["eng"], [])),
    ],
    access({ grants: [atNorth("G")], revocations: banned }),
    `Gains access: the new group \`Engineers\` (1 person): \`North\`, always, ${byG}`,
    `Regains access: ${engineers} (1 person): \`North\`, always, ${unbanned}`,
  ],
  "lists that could not be read": [
    [grant({ ...north, ...eng, always: true }, { ...north, ...eng, always: true, name: "H" })],
    access({ grants: [atNorth("G")], unread: [{ what: "access revocations", why: "HTTP 403" }] }),
    "Effects on access: effects on who may open which door, because `access revocations` could not be read: `HTTP 403`",
  ],
  "what was not read at all, for each resource that may have an effect": [
    [group({ userUuids: [] }, { userUuids: ["ada"] }), nights, night, grant(undefined, { ...north, always: true })],
    { why: "of `--offline`" },
    "Effects on access: Group `Engineers` (`eng` in the program): its effects on who may open which door, because of `--offline`",
    "Effects on access: Access grant `G` (`it` in the program): its effects on who may open which door, because of `--offline`",
  ],
  "what else a schedule is used for": [
    [schedule([day], [longDay])],
    {
      ...access({ guestGrants: [condition("Audit")] }, { Audit: "day" }),
      schedules: [{ uuid: "day", doorSettingUuids: ["d1"], accessGrantUuids: [], ruleUuids: [] }],
    },
    "Schedule also: Schedule `Day` (`day` in the program): the guest pass `Audit` and `the door setting d1`",
    "Schedule also: Schedule `Day` (`day` in the program): perhaps, because getScheduleData does not show alarmMonitoringUuids",
  ],
};

describe("review, about who may open which door", () => {
  for (const [what, [steps, rules, ...lines]] of Object.entries(cases)) {
    it(`shows ${what}`, () => {
      const found = linesOf(steps, rules).filter(
        (line) => what.startsWith("what else") || !line.startsWith("Schedule also"),
      );
      assert.deepEqual(found, lines);
    });
  }
});
