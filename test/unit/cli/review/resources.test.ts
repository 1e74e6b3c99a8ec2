import assert from "node:assert/strict";
import { first, linesOf, type PlannedStep, planOf, reviewed, UNKNOWN } from "./plans";

const group = (
  before: object | undefined,
  after: object | undefined,
  further: Partial<PlannedStep> = {},
): PlannedStep => ({
  type: "AccessControlGroup",
  name: "eng",
  ...(before && { before: { name: "Engineers", ...before } }),
  ...(after && { after: { name: "Engineers", ...after } }),
  ...further,
});
const kisi = (before: object, after: object): PlannedStep => ({
  type: "KisiIntegration",
  name: "kisi",
  before: { apiSecretKey: "[secret]", enabled: true, ...before },
  after: { apiSecretKey: "[secret]", enabled: true, ...after },
});

describe("review, about resources", () => {
  it("sets apart what is deleted, with what goes with it, and what is replaced, with the reason", () => {
    assert.deepEqual(first([group({ userUuids: ["u1", "u2"] }, undefined)]), ["Deleted: 2 members"]);
    const doors = { doorInfoMap: { "1:1": {}, "1:2": {} } };
    assert.deepEqual(first([{ before: { displayName: "HQ", ...doors } }]), ["Deleted: 2 doors"]);
    const further = { replaceReasons: ["locationUuid"] };
    const moved = group({ locationUuid: "a" }, { locationUuid: "b" }, { op: "replace", further });
    assert.deepEqual(first([moved]), ["Replaced, deleted and created again: because of `locationUuid`"]);
  });

  it("says of a location that it is declared as it is, and that it stays when it is given up", () => {
    assert.deepEqual(first([group({}, { locationUuid: "a" })]), []);
    assert.deepEqual(linesOf([group({}, { locationUuid: "a" })]), ["`locationUuid`: `a`"]);
    assert.deepEqual(first([group({ locationUuid: "a" }, {})]), []);
    assert.deepEqual(linesOf([group({ locationUuid: "a" }, {})]), [
      "`locationUuid` is no longer managed; it stays unchanged",
    ]);
  });

  it("names what goes with it", () => {
    const doorInfoMap = { "1:2": {}, "1:1": { doorName: "Lobby" } };
    const lines = linesOf([{ before: { displayName: "HQ", doorInfoMap } }, group({ userUuids: ["u1"] }, undefined)]);
    assert.deepEqual(lines.slice(2), ["members: `u1`", "doors: `1:2` and `Lobby` (`1:1`)"]);
  });

  it("does not call dangerous what is given up and stays in Rhombus", () => {
    const { text, dangerous } = reviewed(planOf([group({}, undefined, { state: { retainOnDelete: true } })]));
    assert.equal(dangerous, 0);
    assert.match(
      text,
      /\*\*Group `Engineers` \(`eng` in the program\)\*\*: removed from the stack; it stays in Rhombus/,
    );
  });

  it("sets apart what is switched off, by declaration or without one, and not what is switched on", () => {
    const flags = { saveClips: true, createSeekPoints: true, badgeAuthDisablesAlarmMonitoring: false };
    const off = { saveClips: false, badgeAuthDisablesAlarmMonitoring: true };
    const less = [
      "Switched off: alarm monitoring, by `badgeAuthDisablesAlarmMonitoring`",
      "Switched off: `createSeekPoints`",
      "Switched off: `saveClips`",
    ];
    assert.deepEqual(first([{ before: flags, after: off }]), less);
    assert.deepEqual(first([{ before: off, after: flags }]), []);
    assert.deepEqual(first([kisi({}, { enabled: false })]), ["Switched off: `enabled`"]);
  });

  it("sets apart a laxer comparison of faces", () => {
    const mode = (badgeFaceVerificationMode: string) => ({ badgeFaceVerificationMode });
    const laxer = ["Switched off: `badgeFaceVerificationMode` is less strict"];
    assert.deepEqual(first([{ before: mode("AUTO"), after: mode("SHADOW") }]), laxer);
    assert.deepEqual(first([{ before: mode("SHADOW"), after: {} }]), laxer);
    assert.deepEqual(
      first([
        { before: {}, after: mode("AUTO") },
        { before: mode("AUTO"), after: mode(UNKNOWN) },
      ]),
      [],
    );
  });

  it("says who comes to a group and who goes", () => {
    assert.deepEqual(linesOf([group({ userUuids: ["u1", "u2"] }, { userUuids: ["u2", "u3"] })]), [
      "members added: `u3`",
      "members removed: `u1`",
    ]);
    assert.deepEqual(linesOf([group({ userUuids: ["u1"] }, {})]), [
      "members are no longer managed; they stay unchanged",
    ]);
    assert.deepEqual(linesOf([group({ userUuids: [] }, { userUuids: UNKNOWN })]), [
      "members: unknown until the deployment",
    ]);
  });

  it("reviews each place of Kisi, and its doors", () => {
    const place = (saveClips: boolean, doorInfoMap: object) => ({ placeName: "HQ", saveClips, doorInfoMap });
    const step = kisi(
      { placeToSettingsMap: { "7": place(true, { "51": { doorName: "Lobby" } }), "9": {} } },
      { placeToSettingsMap: { "7": place(false, { "52": { doorName: "Lobby", remoteUnlock: true } }), "11": {} } },
    );
    assert.deepEqual(
      linesOf([step]).map((line) => line.replace("Kisi (`kisi` in the program): ", "")),
      [
        "**Switched off**: `saveClips` at place `HQ` (`7`)",
        "**Gains remote unlock**: door `Lobby` (`52`) at place `HQ` (`7`)",
        "**Door or place removed**: place `9`",
        "place `HQ` (`7`): `saveClips`: `true` → `false`",
        "door `Lobby` at place `HQ` (`7`) has another key: `51` → `52`, cameras unchanged; remote unlock (not declared) → `true`",
        "removed place `9`",
        "new place `11`",
      ],
    );
  });

  it("reviews what only the first version of Kisi's operations has, and the defaults", () => {
    const before = { doorToCameraMap: { a: ["c1"] }, defaultOptions: { saveClips: true } };
    const after = { doorToCameraMap: { a: [] }, defaultOptions: { saveClips: false } };
    assert.deepEqual(first([kisi(before, after)]), [
      "Switched off: `saveClips` by default",
      "Without a camera: door `a`",
    ]);
  });

  it("says that a key changes, and that a resource takes over what exists", () => {
    const step = { ...kisi({}, {}), further: { diffReasons: ["apiSecretKey"] } };
    assert.deepEqual(linesOf([step]), ["`apiSecretKey` is changed (secret)"]);
    const { text } = reviewed(planOf([group(undefined, { adopt: true })]));
    assert.match(text, /: adopted, or created if it does not exist\n/);
  });

  it("shows changes of an explicit provider, without its secrets", () => {
    const provider: PlannedStep = {
      type: "pulumi:providers:pulumi-nodejs",
      name: "blue",
      before: { "rhombus:apiKey": "[secret]", "rhombus:orgUuid": "A" },
      after: { "rhombus:apiKey": "[secret]", "rhombus:orgUuid": "B" },
    };
    assert.deepEqual(linesOf([provider]), [
      "**Provider settings**: provider `blue`: `rhombus:orgUuid`",
      "provider `blue` (`update`); `rhombus:orgUuid`: `A` → `B`",
    ]);
  });
});

describe("review, as a whole", () => {
  it("is the same however the engine orders the steps, and leaves out what does not change", () => {
    const steps = [
      group({}, { description: "new" }),
      kisi({}, { enabled: false }),
      { before: { saveClips: true }, after: {} },
    ];
    const idle: PlannedStep[] = [
      { op: "same", name: "quiet", before: {}, after: {} },
      { op: "read", name: "looked", before: {}, after: {} },
    ];
    const one = reviewed(planOf(steps)).text;
    assert.equal(reviewed(planOf([...idle, ...[...steps].reverse()])).text, one);
  });

  it("counts what belongs to other packages, and repeats what this one warns of", () => {
    const foreign = { type: "aws:s3/bucket:Bucket", name: "b", after: {} };
    const diagnostics = [
      { severity: "info#err", message: "warning: rhombus: the group will be replaced\n\n" },
      { severity: "info", message: "something the program says" },
    ];
    const { text, dangerous } = reviewed(planOf([foreign], { diagnostics }));
    assert.equal(dangerous, 0);
    assert.match(text, /nothing changes in Rhombus/);
    assert.match(text, /- `the group will be replaced`\n/);
    assert.match(text, /- 1 change of other packages are not part of this review\./);
    assert.doesNotMatch(text, /something the program says/);
  });

  for (const text of ["", "Previewing update (dev)", "[]", "{}", '{"steps": 1}']) {
    it(`refuses what is no plan: ${JSON.stringify(text)}`, () => {
      assert.throws(() => reviewed(text), /This is not a plan\. Give the complete output of `pulumi preview --json`/);
    });
  }
});
