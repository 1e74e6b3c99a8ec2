import assert from "node:assert/strict";
import { linesOf, type PlannedStep, UNKNOWN } from "./plans";

type Inputs = Readonly<Record<string, unknown>>;

/** A step of a group. Default: it exists before and after. */
function group(before: Inputs | undefined, after: Inputs | undefined, further: PlannedStep = {}): PlannedStep {
  const named = (inputs: Inputs | undefined) => inputs && { name: "Engineers", ...inputs };
  return { type: "AccessControlGroup", before: named(before), after: named(after), ...further };
}

function kisi(before: Inputs, after: Inputs, further?: object): PlannedStep {
  const others = { apiSecretKey: "[secret]", enabled: true };
  return {
    type: "KisiIntegration",
    before: { ...others, ...before },
    after: { ...others, ...after },
    ...(further && { further }),
  };
}

const mode = (badgeFaceVerificationMode: string) => ({ badgeFaceVerificationMode });
const flags = { saveClips: true, createSeekPoints: true, badgeAuthDisablesAlarmMonitoring: false };
const off = { saveClips: false, badgeAuthDisablesAlarmMonitoring: true };
const place = (saveClips: boolean, doorInfoMap: object) => ({ placeName: "HQ", saveClips, doorInfoMap });
const places = {
  before: { "7": place(true, { "51": { doorName: "Lobby" } }), "9": {} },
  after: { "7": place(false, { "52": { doorName: "Lobby", remoteUnlock: true } }), "11": {} },
};
const lessStrict = "**Switched off** `badgeFaceVerificationMode` is less strict";

const cases: Readonly<Record<string, readonly [step: PlannedStep, ...lines: string[]]>> = {
  "a deleted group": [group({ userUuids: ["u1", "u2"] }, undefined), "**Deleted** 2 members", "members: `u1` and `u2`"],
  "a deleted empty group": [group({}, undefined), "**Deleted** "],
  "a deleted integration": [
    { before: { displayName: "HQ", doorInfoMap: { "1:2": {}, "1:1": { doorName: "Lobby" } } } },
    "**Deleted** 2 doors",
    "doors: `1:2` and `Lobby` (`1:1`)",
  ],
  "a deleted resource whose object stays": [group({}, undefined, { state: { retainOnDelete: true } })],
  "a replaced group": [
    group(
      { locationUuid: "a" },
      { locationUuid: "b" },
      { op: "replace", further: { replaceReasons: ["locationUuid"] } },
    ),
    "**Replaced, deleted and created again** because of `locationUuid`",
    "`locationUuid`: `a` → `b`",
  ],
  "a location that is declared": [group({}, { locationUuid: "a" }), "`locationUuid`: `a`"],
  "a location that is no longer managed": [
    group({ locationUuid: "a" }, {}),
    "`locationUuid` is no longer managed; it stays unchanged",
  ],
  "less monitoring": [
    { before: flags, after: off },
    "**Switched off** alarm monitoring, by `badgeAuthDisablesAlarmMonitoring`",
    "**Switched off** `createSeekPoints`",
    "**Switched off** `saveClips`",
    "`badgeAuthDisablesAlarmMonitoring`: `false` → `true`",
    "`createSeekPoints`: `true` → (not declared)",
    "`saveClips`: `true` → `false`",
  ],
  "more monitoring": [
    { before: off, after: flags },
    "`badgeAuthDisablesAlarmMonitoring`: `true` → `false`",
    "`createSeekPoints`: `true`",
    "`saveClips`: `false` → `true`",
  ],
  "a disabled integration": [kisi({}, { enabled: false }), "**Switched off** `enabled`", "`enabled`: `true` → `false`"],
  "a less strict face verification": [
    { before: mode("AUTO"), after: mode("SHADOW") },
    lessStrict,
    "`badgeFaceVerificationMode`: `AUTO` → `SHADOW`",
  ],
  "a face verification that is no longer declared": [
    { before: mode("SHADOW"), after: {} },
    lessStrict,
    "`badgeFaceVerificationMode`: `SHADOW` → (not declared)",
  ],
  "a stricter face verification": [{ before: {}, after: mode("AUTO") }, "`badgeFaceVerificationMode`: `AUTO`"],
  "an unknown face verification": [
    { before: mode("AUTO"), after: mode(UNKNOWN) },
    "`badgeFaceVerificationMode`: `AUTO` → (unknown until the deployment)",
  ],
  "other members": [
    group({ userUuids: ["u1", "u2"] }, { userUuids: ["u2", "u3"] }),
    "members added: `u3`",
    "members removed: `u1`",
  ],
  "members that are no longer managed": [
    group({ userUuids: ["u1"] }, {}),
    "members are no longer managed; they stay unchanged",
  ],
  "unknown members": [group({ userUuids: [] }, { userUuids: UNKNOWN }), "members: unknown until the deployment"],
  "members that Rhombus refused when the group was created": [
    group(
      { userUuids: ["u1", "u2"] },
      { userUuids: ["u1", "u2"] },
      { state: { outputs: { name: "Engineers", userUuids: ["u1"] } } },
    ),
    "members added: `u2`",
  ],
  "a deleted group without the members that Rhombus refused": [
    group({ userUuids: ["u1", "u2"] }, undefined, { state: { outputs: { name: "Engineers", userUuids: ["u1"] } } }),
    "**Deleted** 1 member",
    "members: `u1`",
  ],
  "places and their doors": [
    kisi({ placeToSettingsMap: places.before }, { placeToSettingsMap: places.after }),
    "**Switched off** `saveClips` at place `HQ` (`7`)",
    "**Gains remote unlock** door `Lobby` (`52`) at place `HQ` (`7`)",
    "**Door or place removed** place `9`",
    "place `HQ` (`7`): `saveClips`: `true` → `false`",
    "door `Lobby` at place `HQ` (`7`) has another key: `51` → `52`, cameras unchanged; remote unlock (not declared) → `true`",
    "removed place `9`",
    "new place `11`",
  ],
  "Kisi's first version and the defaults": [
    kisi(
      { doorToCameraMap: { a: ["c1"] }, defaultOptions: { saveClips: true } },
      { doorToCameraMap: { a: [] }, defaultOptions: { saveClips: false } },
    ),
    "**Switched off** `saveClips` by default",
    "**Without a camera** door `a`",
    "by default, `saveClips`: `true` → `false`",
    "door `a`: cameras `c1` → none",
  ],
  "a vendor key": [kisi({}, {}, { diffReasons: ["apiSecretKey"] }), "`apiSecretKey` is changed (secret)"],
  "an explicit provider": [
    {
      type: "pulumi:providers:pulumi-nodejs",
      name: "blue",
      before: { "rhombus:apiKey": "[secret]", "rhombus:orgUuid": "A" },
      after: { "rhombus:apiKey": "[secret]", "rhombus:orgUuid": "B" },
    },
    "**Provider settings**: provider `blue`: `rhombus:orgUuid`",
    "provider `blue` (`update`); `rhombus:orgUuid`: `A` → `B`",
  ],
};

describe("review, about resources", () => {
  for (const [what, [step, ...lines]] of Object.entries(cases)) {
    it(`shows ${what}`, () => {
      assert.deepEqual(linesOf([step]), lines);
    });
  }
});
