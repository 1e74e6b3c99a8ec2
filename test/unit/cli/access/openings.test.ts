import assert from "node:assert/strict";
import fc from "fast-check";
import { type AccessRules, type Condition, openingsOf, type Subject } from "../../../../provider/cli/access/openings";
import { ALWAYS, type Times, timesText, unclearTimes, weeklyTimes } from "../../../../provider/cli/access/times";
import { weekText } from "../../../../provider/cli/output/weekText";
import { DAYS, spansOf, WEEK_MINUTES, type WeekSpan } from "../../../../provider/core/schema/week";

const noRules: AccessRules = { grants: [], revocations: [], members: new Map(), doorsByLabel: new Map() };

function condition(name: string, more: Partial<Condition> = {}): Condition {
  return { uuid: name, name, times: ALWAYS, doors: [], landings: [], labels: [], groups: [], users: [], ...more };
}

const weekly = (from: string, to: string, days = DAYS.slice(0, 5)): Times =>
  weeklyTimes(spansOf({ days: [...days], from, to }));

/** Each opening as a line: who, which door, by which grant and how, the times, and the revocations. */
function linesOf(rules: Partial<AccessRules>, kind: Subject["kind"], uuid: string): string[] {
  return openingsOf({ ...noRules, ...rules }, { kind, uuid }).map((each) => {
    const { person, door, grant, groups, labels, taken, remaining } = each;
    const revoked = taken.map(({ revocation, concerns }) => {
      return `${{ all: "", some: "partly ", unknown: "perhaps " }[concerns]}${revocation.name}`;
    });
    const left = taken.length === 0 ? "" : ` - ${revoked.join(" ")} = ${weekText(remaining)}`;
    const through = `${groups.map((group) => group ?? "*").join("+")} ${labels.map((label) => label ?? "*").join("+")}`;
    return `${person.kind} ${person.uuid} ${door.kind} ${door.key} ${grant.name} ${through} ${timesText(grant.times)}${left}`;
  });
}

const engineers = new Map([["engineers", new Set(["ada", "ben"])]]);
const gates = new Map([["gates", new Set(["north", "south"])]]);
const grant = condition("G", { doors: ["north"], users: ["ada"] });
const groupGrant = condition("G", { doors: ["north"], groups: ["engineers"], times: weekly("08:00", "18:00") });

describe("who may open which doors", () => {
  const cases: [what: string, rules: Partial<AccessRules>, kind: Subject["kind"], uuid: string, lines: string[]][] = [
    ["a user by a grant that names both", { grants: [grant] }, "user", "ada", ["user ada door north G * * always"]],
    [
      "the members of a group, within the schedule",
      { grants: [groupGrant], members: engineers },
      "door",
      "north",
      [
        "user ada door north G engineers * weekdays 08:00 to 18:00",
        "user ben door north G engineers * weekdays 08:00 to 18:00",
      ],
    ],
    [
      "the doors of a label, and a door that the grant names as well once with both ways",
      { grants: [condition("G", { doors: ["north"], labels: ["gates"], users: ["ada"] })], doorsByLabel: gates },
      "user",
      "ada",
      ["user ada door north G * *+gates always", "user ada door south G * gates always"],
    ],
    [
      "a user who is named directly and by two groups once, with all ways",
      {
        grants: [condition("G", { doors: ["north"], groups: ["engineers", "leads"], users: ["ada"] })],
        members: new Map([...engineers, ["leads", new Set(["ada"])]]),
      },
      "user",
      "ada",
      ["user ada door north G *+engineers+leads * always"],
    ],
    [
      "a group",
      { grants: [groupGrant, grant] },
      "group",
      "engineers",
      ["group engineers door north G * * weekdays 08:00 to 18:00"],
    ],
    ["no group that is not named", { grants: [groupGrant] }, "group", "leads", []],
    [
      "no door of a label that no door has",
      { grants: [condition("G", { labels: ["gone"], users: ["ada"] })] },
      "user",
      "ada",
      [],
    ],
    [
      "a group for its members if they could not be read, also for a user",
      { grants: [groupGrant] },
      "user",
      "ada",
      ["group engineers door north G * * weekdays 08:00 to 18:00"],
    ],
    [
      "a label for its doors if labels could not be read, also for a door",
      { grants: [condition("G", { labels: ["gates"], users: ["ada"] })], doorsByLabel: undefined },
      "door",
      "north",
      ["user ada label gates G * * always"],
    ],
    [
      "at unknown times if the schedule does not exist",
      { grants: [condition("G", { doors: ["north"], users: ["ada"], times: unclearTimes("it does not exist") })] },
      "user",
      "ada",
      ["user ada door north G * * unknown schedule (it does not exist), may be always"],
    ],
    [
      "minus a revocation without a schedule",
      { grants: [grant], revocations: [condition("R", { doors: ["north"], users: ["ada"] })] },
      "user",
      "ada",
      ["user ada door north G * * always - R = never"],
    ],
    [
      "minus a weekly revocation by group and label",
      {
        grants: [grant],
        revocations: [condition("R", { labels: ["gates"], groups: ["engineers"], times: weekly("00:00", "24:00") })],
        members: engineers,
        doorsByLabel: gates,
      },
      "user",
      "ada",
      ["user ada door north G * * always - R = weekends 00:00 to 24:00"],
    ],
    [
      "minus no revocation of another person or door",
      {
        grants: [grant],
        revocations: [
          condition("R", { doors: ["north"], users: ["ben"], groups: ["leads"] }),
          condition("S", { doors: ["south"], users: ["ada"], labels: ["gates"] }),
        ],
        members: new Map([["leads", new Set(["ben"])]]),
      },
      "user",
      "ada",
      ["user ada door north G * * always"],
    ],
    [
      "with a revocation of unknown or dated times named, but not taken off",
      {
        grants: [grant],
        revocations: [
          condition("R", { doors: ["north"], users: ["ada"], times: unclearTimes("it does not exist") }),
          condition("S", {
            doors: ["north"],
            users: ["ada"],
            times: { weekly: [], dates: ["today"], unclear: undefined },
          }),
        ],
      },
      "user",
      "ada",
      ["user ada door north G * * always - R S = always"],
    ],
    [
      "with a revocation that may concern others named, but not taken off",
      { grants: [grant], revocations: [condition("R", { doors: ["north"], groups: ["leads"] })] },
      "user",
      "ada",
      ["user ada door north G * * always - perhaps R = always"],
    ],
    [
      "with a revocation of one member of a group named for the group",
      {
        grants: [groupGrant],
        revocations: [
          condition("R", { doors: ["north"], users: ["ben"] }),
          condition("S", { doors: ["north"], users: ["zoe"] }),
          condition("T", { doors: ["north"], groups: ["engineers"], times: weekly("12:00", "24:00") }),
        ],
        members: engineers,
      },
      "group",
      "engineers",
      ["group engineers door north G * * weekdays 08:00 to 18:00 - partly R T = weekdays 08:00 to 12:00"],
    ],
    [
      "with a revocation named for a group whose members could not be read",
      {
        grants: [groupGrant],
        revocations: [
          condition("R", { doors: ["north"], users: ["zoe"] }),
          condition("S", { doors: ["south"], groups: ["engineers"] }),
          condition("T", { doors: ["north"], groups: ["engineers"], times: weekly("12:00", "24:00") }),
        ],
      },
      "door",
      "north",
      ["group engineers door north G * * weekdays 08:00 to 18:00 - perhaps R T = weekdays 08:00 to 12:00"],
    ],
    [
      "with a revocation of doors named for a label whose doors could not be read",
      {
        grants: [condition("G", { labels: ["gates"], users: ["ada"] })],
        revocations: [
          condition("R", { doors: ["north"], users: ["ada"] }),
          condition("S", { labels: ["gates"], users: ["ada"], times: weekly("00:00", "24:00") }),
          condition("T", { landings: ["lobby"], users: ["ada"] }),
        ],
        doorsByLabel: undefined,
      },
      "user",
      "ada",
      ["user ada label gates G * * always - perhaps R S = weekends 00:00 to 24:00"],
    ],
    [
      "an elevator landing, minus a revocation of it",
      {
        grants: [condition("G", { landings: ["lobby"], users: ["ada"] })],
        revocations: [
          condition("R", { landings: ["lobby"], users: ["ada"], times: weekly("00:00", "12:00", [...DAYS]) }),
        ],
      },
      "user",
      "ada",
      ["user ada door lobby G * * always - R = every day 12:00 to 24:00"],
    ],
  ];
  for (const [what, rules, kind, uuid, lines] of cases) {
    it(`finds ${what}`, () => assert.deepEqual(linesOf(rules, kind, uuid), lines));
  }

  it("agrees with a count minute by minute, in random organizations", () => {
    fc.assert(
      fc.property(organizations, ({ grants, revocations, members, labels }) => {
        const rules = { grants, revocations, members: setsOf(members), doorsByLabel: setsOf(labels) };
        const holds = (each: Condition, user: string, door: string) =>
          (each.users.includes(user) || each.groups.some((group) => members[group]?.includes(user))) &&
          (each.doors.includes(door) || each.labels.some((label) => labels[label]?.includes(door)));
        for (const user of USERS) {
          for (const door of DOORS) {
            const expected = new Array<boolean>(WEEK_MINUTES).fill(false);
            for (const each of grants) if (holds(each, user, door)) mark(expected, each.times.weekly, true);
            for (const each of revocations) if (holds(each, user, door)) mark(expected, each.times.weekly, false);
            for (const kind of ["user", "door"] as const) {
              const actual = new Array<boolean>(WEEK_MINUTES).fill(false);
              for (const each of openingsOf(rules, { kind, uuid: kind === "user" ? user : door })) {
                if (each.person.uuid === user && each.door.key === door) mark(actual, each.remaining, true);
              }
              assert.deepEqual(actual, expected);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

const [USERS, DOORS, GROUPS, LABELS] = [
  ["ada", "ben"],
  ["north", "south"],
  ["engineers", "leads"],
  ["gates", "inside"],
];

const someOf = (list: readonly string[]) => fc.subarray([...list]);

const times: fc.Arbitrary<Times> = fc.oneof(
  fc.constant(ALWAYS),
  fc
    .array(
      fc.tuple(fc.nat({ max: WEEK_MINUTES - 1 }), fc.integer({ min: 1, max: WEEK_MINUTES })).map(([start, length]) => {
        return { start, stop: start + length };
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((spans) => weeklyTimes(spans)),
);

const conditions = fc.array(
  fc
    .record({ times, doors: someOf(DOORS), labels: someOf(LABELS), groups: someOf(GROUPS), users: someOf(USERS) })
    .map((each) => condition("any", each)),
  { maxLength: 3 },
);

const organizations = fc.record({
  grants: conditions,
  revocations: conditions,
  members: mapOf(GROUPS, USERS),
  labels: mapOf(LABELS, DOORS),
});

function mapOf(keys: readonly string[], values: readonly string[]): fc.Arbitrary<Record<string, string[]>> {
  return fc.record(Object.fromEntries(keys.map((key) => [key, someOf(values)])));
}

function setsOf(map: Readonly<Record<string, readonly string[]>>): Map<string, Set<string>> {
  return new Map(Object.entries(map).map(([key, values]) => [key, new Set(values)]));
}

function mark(minutes: boolean[], spans: readonly WeekSpan[], value: boolean): void {
  for (const { start, stop } of spans) for (let at = start; at < stop; at += 1) minutes[at % WEEK_MINUTES] = value;
}
