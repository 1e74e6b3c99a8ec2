import assert from "node:assert/strict";
import fc from "fast-check";
import { definitions } from "../../../../provider/resources/registry";
import { planOf, reviewed, UNKNOWN } from "./plans";

const NAMES = [
  ...new Set(Object.values(definitions).flatMap(({ fields }) => Object.keys(fields))),
  ...[
    "doorName",
    "assignedCameraList",
    "remoteUnlock",
    "locationUuid",
    "clipDuration",
    "placeName",
    "1:4",
    "7",
    "__proto__",
  ],
];

/** Values such as a program, a state or a hostile plan may have, at any place. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, 7, "", "Lobby", "a`b|<c>", "[secret]", UNKNOWN),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie("any"), { maxKeys: 4 }),
  ),
})).any;
const inputs = fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 6 });
const step = fc.record(
  {
    op: fc.constantFrom("create", "update", "replace", "delete", "import", "new-op"),
    type: fc.constantFrom(...Object.keys(definitions)),
    name: fc.constantFrom("a", "b", "c"),
    before: inputs,
    after: inputs,
  },
  { requiredKeys: ["op", "type", "name"] },
);

describe("review, about any plan", () => {
  it("says something that is whole, and the same again, whatever stands in it", () => {
    const property = fc.property(fc.array(step, { maxLength: 4 }), (steps) => {
      const { text, dangerous } = reviewed(planOf(steps));
      assert.equal(reviewed(planOf(steps)).text, text);
      const first = text.split("\n").filter((line) => line.startsWith("- **"));
      assert.equal(first.length, dangerous);
      for (const line of text.split("\n")) assert.match(line, /^$|^#{2,3} \S|^- \S|^\*\*\S|^Stack `|^nothing changes/);
      assert.doesNotMatch(text, /\[object|undefined|NaN|native code/);
    });
    fc.assert(property, { numRuns: 400 });
  });

  it("never passes over a resource that goes or is made anew", () => {
    const property = fc.property(step, (one) => {
      const { dangerous } = reviewed(planOf([one]));
      const goes = (one.op === "delete" || one.op === "replace") && one.before !== undefined;
      assert.ok(!goes || dangerous > 0);
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("never passes over a door that gains remote unlock, or goes without a camera, whatever its key was", () => {
    const door = fc.record(
      {
        doorName: fc.constantFrom("Lobby", "Yard"),
        assignedCameraList: fc.array(fc.constantFrom("c1", "c2"), { maxLength: 1 }),
        remoteUnlock: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const doors = fc.dictionary(fc.constantFrom("1:1", "1:2", "1:3"), door);
    const property = fc.property(doors, doors, (known, doorInfoMap) => {
      const watched = Object.entries(known).map(([key, each]) => {
        return [key, { ...each, assignedCameraList: ["c1"], remoteUnlock: false }];
      });
      const { text } = reviewed(
        planOf([{ before: { doorInfoMap: Object.fromEntries(watched) }, after: { doorInfoMap } }]),
      );
      const flagged = (title: string) => text.split(`- **${title}**`).length - 1;
      const after = Object.values(doorInfoMap);
      assert.equal(flagged("Gains remote unlock"), after.filter(({ remoteUnlock }) => remoteUnlock).length);
      const bare = after.filter(({ assignedCameraList = [] }) => assignedCameraList.length === 0);
      assert.equal(flagged("Without a camera"), bare.length);
    });
    fc.assert(property, { numRuns: 400 });
  });
});
