import assert from "node:assert/strict";
import { providerUrn } from "../scriptedCli";
import {
  groupStep as group,
  kisiStep as kisi,
  linesOf,
  type PlannedStep,
  place,
  planOf,
  reviewed,
  UNKNOWN,
} from "./plans";

const mode = (badgeFaceVerificationMode: string) => ({ badgeFaceVerificationMode });
const flags = { saveClips: true, createSeekPoints: true, badgeAuthDisablesAlarmMonitoring: false };
const off = { saveClips: false, badgeAuthDisablesAlarmMonitoring: true };
const places = {
  before: { "7": place(true, { "51": { doorName: "Lobby" } }), "9": {} },
  after: { "7": place(false, { "52": { doorName: "Lobby", remoteUnlock: true } }), "11": {} },
};
const lessStrict = "**Switched off** `badgeFaceVerificationMode` is less strict";

const cases: Readonly<Record<string, readonly [step: PlannedStep, ...lines: string[]]>> = {
  "a group that is no longer protected": [
    group({ userUuids: "[secret]" }, { userUuids: "[secret]" }, { op: "same", state: { protect: true } }),
    "**No longer protected from deletion** a later deployment may delete it",
  ],
  "a changed group that is no longer protected": [
    group({ description: "" }, { description: "R&D" }, { state: { protect: true }, planned: { protect: false } }),
    "**No longer protected from deletion** a later deployment may delete it",
    "`description`: (empty) → `R&D`",
  ],
  "a location that is declared": [group({}, { locationUuid: "a" }), "`locationUuid`: `a`"],
  "a location that is no longer managed": [
    group({ locationUuid: "a" }, {}),
    "**Not managed** `locationUuid` is no longer managed; it stays unchanged",
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
    "**Unknown until the deployment** `badgeFaceVerificationMode`",
    "`badgeFaceVerificationMode`: `AUTO` → (unknown until the deployment)",
  ],
  "other members": [
    group({ userUuids: ["u1", "u2"] }, { userUuids: ["u2", "u3"] }),
    "**Members added** `u3`",
    "**Members removed** `u1`",
    "members added: `u3`",
    "members removed: `u1`",
  ],
  "members that are no longer managed": [
    group({ userUuids: ["u1"] }, {}),
    "**Not managed** members are no longer managed; they stay unchanged",
    "members are no longer managed; they stay unchanged",
  ],
  "unknown members": [
    group({ userUuids: [] }, { userUuids: UNKNOWN }),
    "**Unknown until the deployment** `userUuids`",
    "members: unknown until the deployment",
  ],
  "members that Rhombus refused when the group was created": [
    group(
      { userUuids: ["u1", "u2"] },
      { userUuids: ["u1", "u2"] },
      { state: { outputs: { name: "Engineers", userUuids: ["u1"] } } },
    ),
    "**Members added** `u2`",
    "members added: `u2`",
  ],
  "places and their doors": [
    kisi({ placeToSettingsMap: places.before }, { placeToSettingsMap: places.after }),
    "**Gains remote unlock** door `Lobby` (`52`) at place `HQ` (`7`)",
    "**Switched off** `saveClips` at place `HQ` (`7`)",
    "**Door under another key** door `Lobby` at place `HQ` (`7`): `51` → `52`",
    "**Door or place removed** place `9`",
    "**Changed** new place `11`",
    "**Not managed** doors at place `9` are not managed; what is lost is not shown",
    "place `HQ` (`7`): `saveClips`: `true` → `false`",
    "door `Lobby` at place `HQ` (`7`) has another key: `51` → `52`, cameras unchanged; remote unlock (not declared) → `true`",
    "removed place `9`",
    "new place `11`",
  ],
  "a place with another name, which every headline tells, or without one": [
    kisi(
      { placeToSettingsMap: { "7": place(true, { "51": {} }), "8": place(true, {}) } },
      {
        placeToSettingsMap: {
          "7": { ...place(false, {}), placeName: "Lab" },
          "8": { saveClips: true, doorInfoMap: {} },
        },
      },
    ),
    "**Switched off** `saveClips` at place `Lab`, until now `HQ` (`7`)",
    "**Door or place removed** door `51` at place `Lab`, until now `HQ` (`7`)",
    "**Renamed** place `Lab`, until now `HQ` (`7`)",
    "**Not managed** place `HQ` (`8`): `placeName` is no longer managed; it stays unchanged",
    "place `Lab`, until now `HQ` (`7`): `placeName`: `HQ` → `Lab`",
    "place `Lab`, until now `HQ` (`7`): `saveClips`: `true` → `false`",
    "removed door `51` at place `Lab`, until now `HQ` (`7`)",
    "place `HQ` (`8`): `placeName` is no longer managed; it stays unchanged",
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
  "a vendor key": [
    kisi({}, {}, { diffReasons: ["apiSecretKey"] }),
    "**Secret** `apiSecretKey` is changed",
    "`apiSecretKey` is changed (secret)",
  ],
  "a vendor key that is no longer declared": [
    kisi({}, { apiSecretKey: undefined }),
    "**Not managed** `apiSecretKey` (secret) is no longer managed; it stays unchanged",
    "`apiSecretKey` (secret) is no longer managed; it stays unchanged",
  ],
  "defaults that are no longer declared": [
    kisi({ defaultOptions: { saveClips: true } }, {}),
    "**Not managed** `defaultOptions` is no longer managed; it stays unchanged",
    "`defaultOptions` is no longer managed; it stays unchanged",
  ],
  "secrets that may change": [
    group({ description: "[secret]" }, { description: "[secret]" }, { further: { diffReasons: ["description"] } }),
    "**Secret** `description`",
    "`description`: (secret) → (secret)",
  ],
  "no secret that the plan does not change": [
    group(
      { description: "[secret]", name: "A" },
      { description: "[secret]", name: "B" },
      { further: { diffReasons: ["name"] } },
    ),
    "**Renamed** ",
    "`name`: `A` → `B`",
  ],
  "a secret inside a door": [
    {
      before: { displayName: "HQ", doorInfoMap: { "1:4": { remoteUnlock: "[secret]" } } },
      after: { displayName: "HQ", doorInfoMap: { "1:4": { remoteUnlock: "[secret]" } } },
      further: { diffReasons: ["doorInfoMap"] },
    },
    '**Secret** `doorInfoMap["1:4"].remoteUnlock`',
    '`doorInfoMap["1:4"].remoteUnlock`',
  ],
  "members that were a secret": [
    group({ userUuids: "[secret]" }, { userUuids: ["u1"] }, { further: { diffReasons: ["userUuids"] } }),
    "**Secret** `userUuids`",
    "members: (secret), because the program declares them as a secret",
  ],
  "a new group with members": [
    group(undefined, { userUuids: ["u1"] }),
    "**Members added** `u1`",
    "`name`: `Engineers`",
    "members added: `u1`",
  ],
  "members that were not managed before": [
    group({}, { userUuids: [] }),
    "**Not managed** members were not managed before; what Rhombus has is not shown",
    "members were not managed before; what Rhombus has is not shown",
  ],
  "members that are also managed outside Pulumi": [
    group({ description: "a", membership: "additive" }, { description: "b", membership: "additive" }),
    "**Also managed outside Pulumi** members that were added outside Pulumi are not shown",
    "`description`: `a` → `b`",
  ],
  "members that are managed by the program alone from now on": [
    group({ userUuids: ["u1"], membership: "additive" }, { userUuids: ["u1"] }),
    "**Changed** `membership`: `additive` → (not declared)",
    "**Also managed outside Pulumi** members that were added outside Pulumi are not shown",
    "`membership`: `additive` → (not declared)",
  ],
  "an adoption": [
    group(undefined, { adopt: true }),
    "**Adopted** an existing object is taken over if there is one, and what it contains is not shown",
    "`name`: `Engineers`",
  ],
  "changes that are ignored": [
    group({ description: "a" }, { description: "b" }, { planned: { ignoreChanges: ["userUuids"] } }),
    "**Ignored changes** `userUuids`, because of `ignoreChanges`",
    "`description`: `a` → `b`",
  ],
  "an import": [
    group(undefined, {}, { op: "import" }),
    "**Imported** what the object contains is not shown",
    "`name`: `Engineers`",
  ],
  "an operation that this version does not know": [
    group({}, {}, { op: "overwrite" }),
    "**Unknown to this version** operation `overwrite`",
  ],
  "an input that this version does not know": [
    group({}, { deadbolt: "[secret]" }),
    "**Unknown to this version** input `deadbolt`",
    "input `deadbolt` is unknown to this version",
  ],
  "another provider": [
    group({ description: "a" }, { description: "b" }, { further: { provider: `${providerUrn("blue")}::1` } }),
    "**Moved to another provider** from the settings of the stack to provider `blue`",
    "`description`: `a` → `b`",
  ],
  "the key of a provider": [
    {
      type: "pulumi:providers:pulumi-nodejs",
      name: "blue",
      before: { "rhombus:apiKey": "[secret]" },
      after: { "rhombus:apiKey": "[secret]" },
      further: { diffReasons: ["rhombus:apiKey"] },
    },
    "**Provider settings**: provider `blue`: `rhombus:apiKey`",
    "**Unknown until the deployment**: the organization of provider `blue`, whose settings change (was `Acme Robotics`)",
    "provider `blue` (`update`); `rhombus:apiKey`: (secret) → (secret)",
  ],
  "an explicit provider": [
    {
      type: "pulumi:providers:pulumi-nodejs",
      name: "blue",
      before: { "rhombus:apiKey": "[secret]", "rhombus:orgUuid": "A" },
      after: { "rhombus:apiKey": "[secret]", "rhombus:orgUuid": "B" },
    },
    "**Provider settings**: provider `blue`: `rhombus:orgUuid`",
    "**Unknown until the deployment**: the organization of provider `blue`, whose settings change (was `Acme Robotics`)",
    "provider `blue` (`update`); `rhombus:orgUuid`: `A` → `B`",
  ],
};

describe("review, about resources", () => {
  it("shows what a refresh has found: changes made elsewhere that the deployment undoes", () => {
    const read = (userUuids: readonly string[]) => group({ userUuids }, { userUuids }, { op: "refresh" });
    assert.deepEqual(linesOf([read(["u1"]), group({ userUuids: ["u2"] }, { userUuids: ["u1"] })]), [
      "**Members added** `u1`",
      "**Members removed** `u2`",
      "`userUuids` was changed outside Pulumi since the last deployment",
      "members added: `u1`",
      "members removed: `u2`",
    ]);
    assert.deepEqual(linesOf([read(["u1"]), group({ userUuids: ["u1"], name: "A" }, { userUuids: ["u1"] })]), [
      "**Renamed** ",
      "`name` was changed outside Pulumi since the last deployment",
      "`name`: `A` → `Engineers`",
    ]);
    const { text } = reviewed(planOf([read(["u1"]), group(undefined, { userUuids: ["u1"] })]));
    assert.match(text, /\*\*: created again, because it is not in Rhombus any more\n/);
  });

  for (const invented of [300, 1500]) {
    it(`lists the one user of Rhombus before ${invented} invented ones, and all of them in the details`, () => {
      const user = new Map([["zzHugo", "Hugo"]]);
      const ids = Array.from({ length: invented }, (_, at) => `${at}`);
      const lines = linesOf([group({ userUuids: [] }, { userUuids: [...ids, "zzHugo"] })], { byKind: { user } });
      const [first = ""] = lines;
      assert.equal(first, `**Members added** \`Hugo\` and ${invented} ids that are not found in Rhombus`);
      const details = lines.filter((line) => line.startsWith("members added: "));
      assert.match(details[0] ?? "", /^members added: `Hugo`, `0` \(not found in Rhombus\), /);
      assert.ok(details.every((line) => line.length < 1100));
      assert.equal(details.join().match(/not found in Rhombus/g)?.length, invented);
    });
  }

  it("names the first of many members, and counts the others", () => {
    const members = Array.from({ length: 1000 }, (_, at) => `user-${1000 + at}`);
    const [first = ""] = linesOf([group({ userUuids: members }, { userUuids: [] })]);
    const [, shown = "", rest] = /^\*\*Members removed\*\* (.*) and (\d+) more$/.exec(first) ?? [];
    assert.equal(shown.split(", ").length + Number(rest), 1000);
    assert.ok(first.length < 1100 && first.length > 900, `${first.length}`);
  });

  it("names a group by its former name, too, in everything about it", () => {
    const step = group({ name: "Vault", userUuids: [] }, { name: "Canteen", userUuids: ["u1"] }, { name: "vault" });
    const label = "Group `Canteen`, until now `Vault` (`vault` in the program)";
    const { text } = reviewed(planOf([step]));
    assert.ok(text.includes(`- **Members added**: ${label}: \`u1\`\n- **Renamed**: ${label}\n`), text);
    assert.ok(text.includes(`**${label}**: changed\n`), text);
  });

  for (const [what, [step, ...lines]] of Object.entries(cases)) {
    it(`shows ${what}`, () => {
      assert.deepEqual(linesOf([step]), lines);
    });
  }
});
