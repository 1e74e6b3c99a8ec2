import assert from "node:assert/strict";
import { groupStep as group, kisiStep as kisi, linesOf, type PlannedStep, place } from "./plans";

const additive = { userUuids: ["u1"], membership: "additive" };
const lost = "**Not managed** members are not managed; what is lost is not shown";
const lostShared = "**Also managed outside Pulumi** members that were added outside Pulumi are lost, and not shown";

const cases: Readonly<Record<string, readonly [step: PlannedStep, ...lines: string[]]>> = {
  "a deleted group": [
    group({ userUuids: ["u1", "u2"] }, undefined),
    "**Members removed** `u1` and `u2`",
    "**Deleted** 2 members",
    "members: `u1` and `u2`",
  ],
  "a deleted empty group": [group({ userUuids: [] }, undefined), "**Deleted** "],
  "a deleted group whose members are not managed": [group({}, undefined), "**Deleted** ", lost],
  "a deleted group whose members are also managed outside Pulumi": [
    group({ userUuids: [], membership: "additive" }, undefined),
    "**Deleted** ",
    lostShared,
  ],
  "a deleted group whose members are a secret": [
    group({ userUuids: "[secret]" }, undefined),
    "**Deleted** ",
    "**Secret** members that are removed",
  ],
  "a deleted integration": [
    { before: { displayName: "HQ", doorInfoMap: { "1:2": {}, "1:1": { doorName: "Lobby" } } } },
    "**Deleted** 2 doors",
    "doors: `1:2` and `Lobby` (`1:1`)",
  ],
  "a deleted resource whose object stays": [
    group({}, undefined, { state: { retainOnDelete: true } }),
    "**Left in Rhombus, and in no stack** ",
  ],
  "a deleted group without the members that Rhombus refused": [
    group({ userUuids: ["u1", "u2"] }, undefined, { state: { outputs: { name: "Engineers", userUuids: ["u1"] } } }),
    "**Members removed** `u1`",
    "**Deleted** 1 member",
    "members: `u1`",
  ],
  "a replaced group": [
    group(
      { locationUuid: "a" },
      { locationUuid: "b" },
      { op: "replace", further: { replaceReasons: ["locationUuid"] } },
    ),
    "**Replaced, deleted and created again** because of `locationUuid`",
    "**Changed** `locationUuid`: `a` → `b`",
    lost,
    "`locationUuid`: `a` → `b`",
  ],
  "members that a replacement loses, because the program does not declare them any more": [
    group({ locationUuid: "a", userUuids: ["u1", "u2"] }, { locationUuid: "a" }, { op: "replace" }),
    "**Members removed** `u1` and `u2` (lost with the replacement)",
    "**Replaced, deleted and created again** ",
    "members removed: `u1` and `u2` (lost with the replacement)",
  ],
  "a location that a replacement loses": [
    group({ locationUuid: "a", userUuids: [] }, { userUuids: [] }, { op: "replace" }),
    "**Replaced, deleted and created again** ",
    "**Changed** `locationUuid`: `a` → (not declared)",
    "`locationUuid`: `a` → (not declared) (lost with the replacement)",
  ],
  "members of others that a replacement loses": [
    group({ locationUuid: "a", ...additive }, { locationUuid: "b", ...additive }, { op: "replace" }),
    "**Replaced, deleted and created again** ",
    "**Changed** `locationUuid`: `a` → `b`",
    lostShared,
    "`locationUuid`: `a` → `b`",
  ],
  "places, doors and defaults that a replacement loses": [
    {
      op: "replace",
      ...kisi(
        { placeToSettingsMap: { "7": place(true, { "51": {} }), "9": {} }, defaultOptions: { saveClips: true } },
        { apiVersion: "V1" },
        { replaceReasons: ["apiVersion"] },
      ),
    },
    "**Replaced, deleted and created again** because of `apiVersion`",
    "**Switched off** `saveClips` by default (lost with the replacement)",
    "**Door or place removed** place `HQ` (`7`) (lost with the replacement)",
    "**Door or place removed** place `9` (lost with the replacement)",
    "**Door or place removed** door `51` at place `HQ` (`7`) (lost with the replacement)",
    "**Changed** `apiVersion`: (not declared) → `V1`",
    "**Not managed** doors at place `9` are not managed; what is lost is not shown",
    "`apiVersion`: `V1`",
    "by default, `saveClips`: `true` → (not declared)",
    "removed place `HQ` (`7`) (lost with the replacement)",
    "removed door `51` at place `HQ` (`7`) (lost with the replacement)",
    "removed place `9` (lost with the replacement)",
  ],
};

describe("review, about deletions and replacements", () => {
  it("shows an object that an interrupted replacement has left, once the deployment deletes it", () => {
    const leftover = group({ userUuids: ["u1"] }, undefined, { op: "delete-replaced" });
    assert.deepEqual(linesOf([leftover]), ["**Members removed** `u1`", "**Deleted** 1 member", "members: `u1`"]);
    const declared = { userUuids: [], locationUuid: "a" };
    const replaced = group(declared, declared, { op: "replace" });
    assert.deepEqual(linesOf([leftover, replaced]), ["**Replaced, deleted and created again** "]);
  });

  for (const [what, [step, ...lines]] of Object.entries(cases)) {
    it(`shows ${what}`, () => {
      assert.deepEqual(linesOf([step]), lines);
    });
  }
});
