import assert from "node:assert/strict";
import { AccessNames } from "../../../../provider/cli/access/names";
import type { Times } from "../../../../provider/cli/access/times";
import { differencesBetween } from "../../../../provider/cli/apply/differences";
import { effectsOf, type OrganizationAccess, type UnreadAccess } from "../../../../provider/cli/review/accessEffects";
import { approvalIn, approvalText, changesOf } from "../../../../provider/cli/review/approval";
import { planIn } from "../../../../provider/cli/review/plan";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { access, condition, day, eng, grant, longDay, schedule, weekly } from "../review/grants";
import { bucket, nothingOpens, type PlannedStep, planOf, staffWith, UNKNOWN } from "../review/plans";

const provider: PlannedStep = {
  type: "pulumi:providers:pulumi-nodejs",
  name: "blue",
  before: { "rhombus:region": "us" },
  after: { "rhombus:region": "eu" },
};
/** A group whose name looks as if a secret followed. */
const beginning = (member: string) => ({ ...staffWith([member], { name: "A apiToken={" }), name: "secretive" });
const beginningLabel = "Group `A apiToken=[secret]`, until now `Staff` (`secretive` in the program)";
const reviewed = [staffWith(["u1"]), bucket, provider];

/** The changes of steps, as a file stores them. */
const changes = (steps: readonly PlannedStep[], live: OrganizationAccess | UnreadAccess = nothingOpens) => {
  const redactor = new Redactor();
  const plan = planIn(planOf(steps));
  const effects = effectsOf(plan.steps, () => live);
  const now = changesOf(plan, effects, (text) => redactor.withoutLearnedSecrets(text));
  const approval = {
    format: 1,
    time: "",
    version: "",
    stack: "",
    organizations: {},
    refresh: true,
    unknownAccess: [],
    changes: now,
  } as const;
  return approvalIn(approvalText(approval)).changes;
};

/** A grant that names a group whose id the program computes from others. */
const grantFrom = (...groups: readonly string[]): PlannedStep => ({
  type: "AccessGrant",
  name: "gates",
  after: { name: "Gates", groupUuids: UNKNOWN },
  planned: { propertyDependencies: { groupUuids: groups, name: [] } },
});

const staff = "Group `Staff` (`staff` in the program)";
const cases: Readonly<Record<string, readonly [steps: readonly PlannedStep[], ...lines: string[]]>> = {
  "no difference": [reviewed],
  "no difference in another order of the steps": [[...reviewed].reverse()],
  "another member": [
    [staffWith(["u1", "u2"]), bucket, provider],
    `changed since the review: ${staff}: changed`,
    "    reviewed: members added: `u1`",
    "    now:      members added: `u1` and `u2`",
  ],
  "another state before": [
    [{ ...staffWith(["u1"]), before: { name: "Staff", userUuids: ["u9"] } }, bucket, provider],
    `changed since the review: ${staff}: changed`,
    "    now:      members removed: `u9`",
  ],
  "a change that is gone": [[bucket, provider], `no longer planned: ${staff}: changed`, "    members added: `u1`"],
  "another change": [
    [...reviewed, { type: "AccessControlGroup", name: "new", after: { name: "New" } }],
    "not in the review: Group `New` (`new` in the program): new",
    "    `name`: `New`",
  ],
  "another operation": [
    [{ ...staffWith(["u1"]), op: "replace" }, bucket, provider],
    `not in the review: ${staff}: replaced`,
    "    members added: `u1`",
    `no longer planned: ${staff}: changed`,
    "    members added: `u1`",
  ],
  "a deletion in place of a change": [
    [{ ...staffWith([]), after: undefined }, bucket, provider],
    `not in the review: ${staff}: deleted`,
    `no longer planned: ${staff}: changed`,
    "    members added: `u1`",
  ],
  "changes that are ignored": [
    [{ ...staffWith(["u1"]), planned: { ignoreChanges: ["description"] } }, bucket, provider],
    `changed since the review: ${staff}: changed`,
    "    in a value that is not shown",
  ],
  "a secret that changes as well": [
    [staffWith(["u1"], { description: "[secret]" }), bucket, provider],
    `changed since the review: ${staff}: changed`,
    "    now:      `description`: (secret)",
  ],
  "a value of another package": [
    [staffWith(["u1"]), { ...bucket, after: { acl: "public-read" } }, provider],
    "changed since the review: create urn:pulumi:dev::doors::aws:s3/bucket:Bucket::logs",
    "    in a value that is not shown",
  ],
  "a setting of a provider": [
    [staffWith(["u1"]), bucket, { ...provider, after: { "rhombus:region": "us", "rhombus:endpoint": "https://evil" } }],
    "changed since the review: provider blue",
    "    reviewed: provider `blue` (`update`); `rhombus:region`: `us` → `eu`",
    "    now:      provider `blue` (`update`); `rhombus:endpoint`: (not set) → `https://evil`",
  ],
  "another value after a name that looks as if it began a secret": [
    [staffWith(["u1"]), bucket, provider, beginning("u3")],
    `changed since the review: ${beginningLabel}: changed`,
    "    reviewed: members added: `u2`",
    "    now:      members added: `u3`",
  ],
  "one deletion more of an object that was replaced": [
    [...reviewed, ...[1, 2].map(() => ({ ...staffWith([]), after: undefined, op: "delete-replaced" }))],
    `not in the review: ${staff}: deleted`,
    `not in the review: ${staff}: deleted`,
  ],
};

describe("the comparison of apply", () => {
  for (const [what, [steps, ...lines]] of Object.entries(cases)) {
    it(`shows ${what}`, () => {
      const before = steps.some(({ name }) => name === "secretive") ? [...reviewed, beginning("u2")] : reviewed;
      assert.deepEqual(differencesBetween(changes(before), changes(steps)), lines);
    });
  }

  it("shows an unknown id that the program computes from another resource", () => {
    assert.deepEqual(differencesBetween(changes([grantFrom("urn:a")]), changes([grantFrom("urn:b")])), [
      "changed since the review: Access grant `Gates` (`gates` in the program): new",
      "    in a value that is not shown",
    ]);
  });

  const moved: readonly PlannedStep[] = [
    grant({ doorLabelIds: [], ...eng, scheduleUuid: "day" }, { doorLabelIds: ["Gates"], ...eng, scheduleUuid: "day" }),
    schedule([day], [longDay], { name: "other", state: { id: "other" } }),
  ];
  const live = access({ grants: [condition("G", { groups: ["eng"] })] }, { G: "day" });
  const { rules } = live;
  const schedules = (times: [string, Times][]) => ({ ...rules.schedules, times: new Map(times) });
  const gained = (doors: number, when: string) =>
    `Gains access: the group \`eng\` (2 people): every door with the label \`Gates\` (${doors} doors now), ${when}, by the access grant \`G\``;
  const hours = "weekdays 07:00 to 18:00";
  const meanwhile: Readonly<Record<string, readonly [now: Partial<typeof rules>, ...lines: string[]]>> = {
    "nothing else": [{}],
    "the same in another order, with other names": [
      {
        members: new Map([["eng", new Set(["ben", "ada"])]]),
        doorsByLabel: new Map([["Gates", new Set(["south", "north"])]]),
        names: new AccessNames([], [], [], []),
      },
    ],
    "a grant outside the program that changes nothing here": [
      { grants: [...rules.grants, condition("Old", { doors: ["north"], users: ["eve"] })] },
    ],
    "other people of the group, as many as before": [
      { members: new Map([["eng", new Set(["ada", "eve"])]]) },
      "    reviewed: member of the group `eng`: `ben`",
      "    now:      member of the group `eng`: `eve`",
    ],
    "other doors with the label": [
      { doorsByLabel: new Map([["Gates", new Set(["north", "south", "vault"])]]) },
      `    reviewed: ${gained(2, hours)}`,
      `    now:      ${gained(3, hours)}`,
      "    now:      door with the label `Gates`: `vault`",
    ],
    "other times of the schedule": [
      { schedules: schedules([["day", weekly("07:00", "20:00")]]) },
      `    reviewed: ${gained(2, hours)}`,
      `    now:      ${gained(2, "weekdays 07:00 to 20:00")}`,
    ],
    "a grant outside the program that gave a part of it": [
      {
        grants: [...rules.grants, condition("Old", { labels: ["Gates"], groups: ["eng"] })],
        scheduleOf: new Map([...rules.scheduleOf, ["Old", "early"]]),
        schedules: schedules([...rules.schedules.times, ["early", weekly("07:00", "08:00")]]),
      },
      `    reviewed: ${gained(2, hours)}`,
      `    now:      ${gained(2, "weekdays 08:00 to 18:00 (until now weekdays 07:00 to 08:00)")}`,
    ],
    "a guest pass in the changed schedule": [
      {
        guestGrants: [condition("Audit")],
        scheduleOf: new Map([...rules.scheduleOf, ["Audit", "other"]]),
      },
      "    now:      Schedule also used elsewhere: Schedule `Day` (`other` in the program): the guest pass `Audit`",
    ],
    "a revocation by the changed schedule": [
      {
        revocations: [condition("Ban", { doors: ["north"], groups: ["eng"] })],
        scheduleOf: new Map([...rules.scheduleOf, ["Ban", "other"]]),
      },
      "    now:      Kept out by a revocation: the group `eng` (2 people): `north`, weekdays 18:00 to 20:00 (until now weekdays 07:00 to 18:00), by the access revocation `Ban`",
    ],
  };
  for (const [what, [now, ...lines]] of Object.entries(meanwhile)) {
    it(`compares the effects on access: ${what}`, () => {
      const [before, after] = [live, { ...live, rules: { ...rules, ...now } }].map((each) => changes(moved, each));
      const start = lines.length === 0 ? [] : ["changed since the review: the effects on who may open which door"];
      assert.deepEqual(differencesBetween(before ?? [], after ?? []), [...start, ...lines]);
    });
  }

  it("refuses effects on access that are known no longer, or of which the review had none", () => {
    const [known, unknown, none] = [live, { why: "Rhombus could not be read" }, nothingOpens];
    const [first] = differencesBetween(changes([staffWith(["u1"])], none), changes([staffWith(["u1"])], unknown));
    assert.equal(first, "not in the review: the effects on who may open which door");
    assert.notDeepEqual(differencesBetween(changes(moved, known), changes(moved, unknown)), []);
    assert.deepEqual(differencesBetween(changes(moved, unknown), changes(moved, unknown)), []);
  });

  it("refuses a file that is not a saved review, or that a newer version wrote", () => {
    const valid = {
      format: 1,
      time: "",
      version: "",
      stack: "s",
      organizations: {},
      refresh: true,
      unknownAccess: [],
      changes: [],
    };
    assert.deepEqual(approvalIn(JSON.stringify(valid)), valid);
    for (const text of ["", "{}", "[]", "null", ...wrongFrom(valid)]) {
      assert.throws(() => approvalIn(text), /^Error: This is not a saved review\. Give the file that/, text);
    }
    assert.throws(() => approvalIn('{"format":2}'), /^Error: Install a newer pulumi-rhombus/);
  });
});

/** The texts of a file with one wrong value. */
function wrongFrom(valid: Readonly<Record<string, unknown>>): string[] {
  const changes = [null, "x", { urn: "u", op: "create", title: "t", lines: [] }];
  const values = [
    { format: 0 },
    { stack: 1 },
    { refresh: "no" },
    { unknownAccess: 0 },
    ...changes.map((each) => ({ changes: [each] })),
  ];
  return values.map((each) => JSON.stringify({ ...valid, ...each }));
}
