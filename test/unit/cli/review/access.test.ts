import assert from "node:assert/strict";
import { AccessNames } from "../../../../provider/cli/access/names";
import { unclearTimes } from "../../../../provider/cli/access/times";
import { DAYS } from "../../../../provider/core/schema/week";
import { providerUrn } from "../scriptedCli";
import {
  type AccessCase,
  access,
  atNorth,
  banned,
  byG,
  condition,
  day,
  door,
  eng,
  engineers,
  from,
  grant,
  group,
  hours,
  longDay,
  night,
  nights,
  north,
  saturday,
  schedule,
  showsEachOf,
  unbanned,
  unused,
  weekly,
} from "./grants";
import { linesOf, type PlannedStep, UNKNOWN } from "./plans";

const supposed = "presumably, because the plan does not show new ids";

const cases: Readonly<Record<string, AccessCase>> = {
  "a new grant, with the number of people and of doors": [
    [grant(undefined, { ...north, ...eng, doorLabelIds: ["Gates", "None"], userUuids: ["ada"], scheduleUuid: "day" })],
    access(),
    `Gains access: \`ada\` and ${engineers} (2 people): \`North\`, every door with the label \`Gates\` (2 doors now) and every door with the label \`None\` (0 doors now), weekdays 07:00 to 18:00, ${byG}`,
    "Not found: Access grant `G` (`it` in the program): a door with the label `None`",
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
    `Gains access: ${engineers} (2 people) and the new group \`Night shift\` (3 people): \`North\`, Friday 22:00 to 06:00, ${byG}; ${supposed}`,
  ],
  "no group for an id that several could have, and no times for a schedule that is not known": [
    [
      night,
      nights,
      schedule(undefined, [day], { name: "days" }),
      group(undefined, { name: "Other" }, { name: "other" }),
      grant(
        undefined,
        { ...north, groupUuids: [UNKNOWN, "eng"], scheduleUuid: UNKNOWN },
        from(["night", "other"], ["nights", "days"]),
      ),
    ],
    access(),
    `Gains access: ${engineers} (2 people): \`North\`, unknown schedule (the plan does not show it), may be always, ${byG}; ${supposed}`,
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
    `Loses access: \`ada\` and ${engineers} (2 people): \`South\`, always, ${byG}`,
    `Keeps access: \`ada\`: \`North\`, always, ${byG}`,
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
  "no gain of a grant that was always, and no loss of one whose times are not known": [
    [grant({ ...north, ...eng, always: true }, { ...north, ...eng, scheduleUuid: UNKNOWN })],
    access({ grants: [atNorth("G")] }),
  ],
  "nothing for another name, also of a grant on certain dates": [
    [grant({ ...north, ...eng, scheduleUuid: "dates" }, { ...north, ...eng, scheduleUuid: "dates", name: "H" })],
    access({
      schedules: {
        times: new Map([["dates", { weekly: [], dates: ["2026-12-24 to 2026-12-31"], unclear: undefined }]]),
        names: new Map(),
        isComplete: true,
      },
    }),
  ],
  "times that several grants had together, and the grant that adds some": [
    [grant(undefined, { ...north, ...eng, scheduleUuid: "long" })],
    access({
      grants: [atNorth("Old"), atNorth("Older")],
      scheduleOf: new Map([
        ["Old", "day"],
        ["Older", "evening"],
      ]),
      schedules: {
        times: new Map([
          ["day", weekly("07:00", "18:00")],
          ["evening", weekly("18:00", "19:00")],
          ["long", weekly("07:00", "20:00")],
        ]),
        names: new Map(),
        isComplete: true,
      },
    }),
    `Gains access: ${engineers} (2 people): \`North\`, weekdays 19:00 to 20:00 (until now weekdays 07:00 to 19:00), ${byG}`,
  ],
  "always, whatever the schedule is that is not known yet": [
    [grant({ ...north, ...eng, scheduleUuid: "day" }, { ...north, ...eng, always: true, scheduleUuid: UNKNOWN })],
    access({ grants: [atNorth("G")] }, { G: "day" }),
    `Gains access: ${engineers} (2 people): \`North\`, always (until now weekdays 07:00 to 18:00), ${byG}; ${supposed}`,
  ],
  "a new group of another provider of the organization": [
    [
      { ...night, further: { provider: `${providerUrn("blue")}::id` } },
      grant(undefined, { ...north, groupUuids: UNKNOWN, always: true }, from(["night"], [])),
    ],
    access(),
    `Gains access: the new group \`Night shift\` (3 people): \`North\`, always, ${byG}; ${supposed}`,
  ],
  "the location of doors with the same name": [
    [grant(undefined, { ...north, ...eng, always: true })],
    access({
      names: new AccessNames(
        [],
        [],
        [door("north", "Gate", "hq"), door("south", "Gate", "yard")],
        [{ location: { uuid: "hq", name: "HQ", path: "HQ" }, ancestors: [] }],
      ),
    }),
    `Gains access: the group \`eng\` (not found in Rhombus): \`Gate\` at \`HQ\`, always, ${byG}`,
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
  "another door of a grant with a secret schedule": [
    [
      grant(
        { ...north, ...eng, scheduleUuid: "[secret]" },
        { accessControlledDoorUuids: ["north", "south"], ...eng, scheduleUuid: "[secret]" },
        { further: { diffReasons: ["accessControlledDoorUuids"] } },
      ),
    ],
    access({ grants: [atNorth("G")] }, { G: "day" }),
    `Gains access: ${engineers} (2 people): \`South\`, weekdays 07:00 to 18:00, ${byG}`,
  ],
  "a schedule with more times, in grants outside the program and in revocations": [
    [schedule([day], [longDay, saturday])],
    access(
      { grants: [atNorth("Old")], revocations: [condition("Ban", { doors: ["south"], users: ["eve"] })] },
      { Old: "day", Ban: "day" },
    ),
    `Gains access: ${engineers} (2 people): \`North\`, weekdays 18:00 to 20:00, Saturday 08:00 to 12:00 (until now weekdays 07:00 to 18:00), by the access grant \`Old\``,
    "Kept out: `eve`: `South`, weekdays 18:00 to 20:00, Saturday 08:00 to 12:00 (until now weekdays 07:00 to 18:00), by the access revocation `Ban`",
  ],
  "a schedule with fewer times, in which a revocation gives nothing back that a grant gives": [
    [schedule([longDay], [day])],
    access({ grants: [atNorth("Old")], revocations: banned }, { Old: "day", Ban: "day" }),
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
  "a grant that is taken over: what it names stays, and holds at the times of the program": [
    [
      grant(
        undefined,
        { ...north, userUuids: ["eve"], always: true, locationUuid: "hq", name: " GATES", adopt: true },
        { state: {} },
      ),
    ],
    access({
      grants: [
        condition("yard", { name: "Gates", doors: ["vault"], groups: ["eng"] }),
        condition("old", { name: "Gates", doors: ["south"], groups: ["eng"] }),
      ],
      scheduleOf: new Map([["old", "day"]]),
      locationOf: new Map([
        ["old", "hq"],
        ["yard", "yard"],
      ]),
    }),
    `Gains access: ${engineers} (2 people): \`North\`, always, by the access grant \`GATES\``,
    `Gains access: ${engineers} (2 people): \`South\`, always (until now weekdays 07:00 to 18:00), by the access grant \`GATES\``,
    "Gains access: `eve`: `North` and `South`, always, by the access grant `GATES`",
  ],
  "lists that could not be read": [
    [grant({ ...north, ...eng, always: true }, { ...north, ...eng, always: true, name: "H" })],
    access({ grants: [atNorth("G")], unread: [{ what: "access revocations", why: "HTTP 403" }] }),
    "Effects on access: effects on who may open which door, because `access revocations` could not be read: `HTTP 403`",
  ],
  "what was not read at all, for each resource that may have an effect": [
    [
      group({ userUuids: [] }, { userUuids: ["ada"] }),
      nights,
      night,
      grant(undefined, { ...north, always: true }),
      grant(undefined, { ...north, always: true }, { op: "import", name: "imported" }),
      grant(north, north, { op: "same", state: { protect: true }, name: "same" }),
    ],
    { why: "of `--offline`" },
    "Effects on access: Group `Engineers` (`eng` in the program): its effects on who may open which door, because of `--offline`",
    "Effects on access: Access grant `G` (`it` in the program): its effects on who may open which door, because of `--offline`",
  ],
  "what else a schedule is used for": [
    [schedule([day], [longDay])],
    {
      ...access({ guestGrants: [condition("Audit")] }, { Audit: "day" }),
      schedules: [{ ...unused, doorSettingUuids: ["d1"], sharedStreamUuids: undefined }],
    },
    "Schedule also: Schedule `Day` (`day` in the program): the guest pass `Audit` and `the door setting d1`",
    "Schedule also: Schedule `Day` (`day` in the program): perhaps, because getScheduleData does not show sharedStreamUuids",
  ],
};

describe("review, about who may open which door", () => {
  showsEachOf(cases);

  const partsOf: Readonly<Record<string, [step: PlannedStep, ...lines: string[]]>> = {
    "a changed grant": [
      grant(north, { accessControlledDoorUuids: ["south"], groupUuids: UNKNOWN }, from(["night"], [])),
      "**Changed** doors added: `south`",
      "**Changed** doors removed: `north`",
      "**Unknown until the deployment** `groupUuids`, computed from `night` of the program",
      "doors added: `south`",
      "doors removed: `north`",
      "groups: unknown until the deployment",
    ],
    "a replaced grant": [
      grant(north, north, { op: "replace", further: { replaceReasons: ["locationUuid"] } }),
      "**Replaced, the old one deleted last** because of `locationUuid`",
    ],
    "a replaced grant whose program deletes the old one first": [
      grant(north, north, {
        op: "replace",
        further: { replaceReasons: ["locationUuid"] },
        state: { pendingReplacement: true },
      }),
      "**Replaced, deleted and created again** because of `locationUuid`",
    ],
    "a deleted grant": [grant(north, undefined), "**Deleted** 1 door", "doors: `north`"],
    "a schedule with unknown times": [
      schedule([day], [{ ...day, to: UNKNOWN }], { name: "it" }),
      "**Changed** `intervals`: weekdays 07:00 to 18:00 → (unknown until the deployment)",
      "**Unknown until the deployment** `intervals[0].to`",
      "**Schedule also used elsewhere** perhaps, because getScheduleData does not show the schedule",
      "`intervals`: weekdays 07:00 to 18:00 → (unknown until the deployment)",
    ],
  };
  for (const [what, [step, ...lines]] of Object.entries(partsOf)) {
    it(`lists the parts of ${what}`, () => assert.deepEqual(linesOf([step]).sort(), lines.sort()));
  }

  it("tells how long a schedule is whose times do not fit", () => {
    const minutes = Array.from({ length: 140 }, (_, at) => ({
      at: at % 7,
      hour: `${Math.floor(at / 7)}`.padStart(2, "0"),
    }));
    const many = minutes.map(({ at, hour }) => hours(`${hour}:1${at}`, `${hour}:4${at}`, [DAYS[at] ?? ""]));
    assert.match(linesOf([schedule([day], many, { name: "it" })]).join(), /… \(70 hours a week\)/);
  });
});
