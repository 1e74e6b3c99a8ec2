import assert from "node:assert/strict";
import { campusSeed } from "../../../../provider/emulator";
import { bucket, linesOf, type PlannedStep, planOf, planWithout, reviewed } from "./plans";

const { ada, hugo } = campusSeed.acme.users;
const names = { byKind: { user: new Map([ada, hugo].map(({ uuid, firstName }) => [uuid, firstName])) } };

/** A group. `before`: Its inputs in the state after the refresh. */
const vault = (op: string, before: object | undefined, after: object | undefined, more: object = {}): PlannedStep => ({
  op,
  type: "AccessControlGroup",
  name: "it",
  before: before && { name: "Vault", ...before },
  after: after && { name: "Vault", ...after },
  ...more,
});

const declared = { userUuids: [ada.uuid] };
const grown = { userUuids: [ada.uuid, hugo.uuid] };
const ignoring = (...paths: string[]) => ({ planned: { ignoreChanges: paths } });
const read = vault("refresh", declared, declared);
const stays = "**Changed outside Pulumi, and stays** members added: `Hugo`";
const findingsIn = (lines: readonly string[]) => lines.filter((line) => line.startsWith("**"));

describe("review, about what a plan hides", () => {
  for (const path of ["userUuids", "userUuids[1]", '["userUuids"][1]', "*"]) {
    it(`lists ignored changes of a resource that does not change, and who was added elsewhere: ${path}`, () => {
      const lines = linesOf([read, vault("same", grown, grown, ignoring(path))], names);
      const ignored = `**Ignored changes** \`${path}\`, because of \`ignoreChanges\``;
      assert.deepEqual(lines, [ignored, stays, "outside Pulumi, and stays: members added: `Hugo`"]);
    });
  }

  it("lists them as well beside a change of something else", () => {
    const renamed = vault("update", grown, { ...grown, name: "Safe" }, ignoring("userUuids"));
    assert.ok(linesOf([read, renamed], names).includes(stays));
  });

  it("lists ignored changes as long as they are ignored, also once the state has what was changed elsewhere", () => {
    const { text, findings } = reviewed(planOf([vault("same", grown, grown, ignoring("userUuids"))]));
    assert.equal(findings, 1);
    assert.match(text, /: \*\*nothing changes in Rhombus; 1 that this review cannot clear\.\*\*\n/);
  });

  it("lists what was changed elsewhere if the program does not declare it, or declares it the same way", () => {
    const onGuard = (op: string, before: Partial<PlannedStep["before"]>, after: Partial<PlannedStep["after"]>) => ({
      op,
      before,
      after,
    });
    const was = onGuard("refresh", { saveClips: true }, {});
    const switchedOff = [
      "**Changed outside Pulumi, and stays** `saveClips`: `true` → `false`",
      "outside Pulumi, and stays: `saveClips`: `true` → `false`",
    ];
    assert.deepEqual(linesOf([was, onGuard("same", { saveClips: false }, {})]), switchedOff);
    assert.deepEqual(linesOf([was, onGuard("same", { saveClips: false }, { saveClips: false })]), switchedOff);
    assert.deepEqual(linesOf([was, onGuard("same", {}, {})]).length, 2);
    assert.deepEqual(linesOf([read, vault("same", grown, grown)], names)[0], stays);
  });

  it("lists what stays shortly, and in full with the details", () => {
    const doors = (count: number) =>
      Object.fromEntries([...Array(count).keys()].map((at) => [`1:${at}`, { doorName: `Door ${at}` }]));
    const [before, after] = [{ doorInfoMap: doors(1) }, { doorInfoMap: doors(20) }];
    const step: PlannedStep = { op: "same", before: after, after, ...ignoring("doorInfoMap") };
    const lines = linesOf([{ op: "refresh", before, after: before }, step]);
    assert.equal(lines[1], "**Changed outside Pulumi, and stays** `doorInfoMap`: 19 changes, listed below");
    assert.equal(lines.length, 2 + 19);
  });

  it("cannot clear unchanged resources that a plan leaves out", () => {
    const { text, findings } = reviewed(planWithout([read]));
    assert.equal(findings, 1);
    assert.match(text, /nothing changes in the part that was reviewed; 1 that/);
    assert.match(text, /\*\*Not shown by the plan\*\*: `it`: without `--show-sames`, a plan shows neither/);
    const other = vault("same", declared, declared, { name: "other" });
    assert.equal(reviewed(planWithout([read, { ...read, name: "other" }, other])).findings, 0);
  });

  it("cannot clear what was not refreshed", () => {
    const update = vault("update", { description: "A" }, { description: "B" });
    const stale = reviewed(planWithout([update]));
    assert.equal(stale.findings, 1);
    assert.match(stale.text, /\n\*\*The state was not refreshed\.\*\*\n/);
    assert.match(
      stale.text,
      /- \*\*Not refreshed\*\*: what was changed in Rhombus since the last deployment is not shown\n/,
    );
    const partly = reviewed(planWithout([read, vault("same", declared, declared), { ...update, name: "hq" }]));
    assert.match(partly.text, /- \*\*Not refreshed\*\*: `hq`: what was changed/);
    const unchanged = reviewed(planWithout([vault("same", declared, declared)]));
    assert.match(unchanged.text, /nothing changes in the part that was reviewed; 1 that/);
    const fresh = reviewed(planOf([update]));
    assert.deepEqual([fresh.findings, /\nThe state was refreshed first\.\n/.test(fresh.text)], [0, true]);
    const first = reviewed(planOf([vault("create", undefined, { description: "B" })]));
    assert.deepEqual([first.findings, /\nThere was no state to refresh\.\n/.test(first.text)], [0, true]);
  });

  it("cannot clear a part of the stack", () => {
    const { text, findings } = reviewed(planOf([]), {}, ["--target", "-x"]);
    assert.equal(findings, 1);
    assert.match(text, /nothing changes in the part that was reviewed; 1 that/);
    assert.match(
      text,
      /- \*\*Only a part of the stack\*\*: the preview was limited by `--target -x`, and the deployment must be, too\n/,
    );
  });

  it("cannot clear the changes of other packages, which it lists by package", () => {
    const many = [...Array(12).keys()].map((at): PlannedStep => ({ ...bucket, name: `logs${at + 10}` }));
    const role: PlannedStep = { type: "gcp:iam:Role", name: "reader", before: {} };
    const provider: PlannedStep = { type: "pulumi:providers:gcp", name: "g", after: {} };
    const component: PlannedStep = { type: "acme:Site", name: "hq", after: {}, planned: { custom: false } };
    const { text, findings } = reviewed(planOf([...many, role, provider, component]));
    assert.equal(findings, 2);
    assert.match(text, /nothing changes in the part that was reviewed; 2 that/);
    const [aws, gcp] = text.split("\n").filter((line) => line.startsWith("- **Other packages**"));
    assert.match(aws ?? "", /: `aws`, 12 changes: `create` `logs10` \(`aws:s3\/bucket:Bucket`\), .* and 3 more$/);
    assert.match(gcp ?? "", /: `gcp`, 2 changes: `delete` `reader` \(`gcp:iam:Role`\) and `create` `g` \(/);
  });

  const unreadable: Record<string, readonly [PlannedStep, ...string[]]> = {
    "an unknown operation without states": [
      vault("weird", undefined, undefined),
      "**Unknown to this version** operation `weird`",
    ],
    "a deletion without the state before": [
      vault("delete", undefined, undefined),
      "**Deleted** ",
      "**Not managed** members are not managed; what is lost is not shown",
      "**Not shown by the plan** its values before the deployment",
    ],
    "an update without the state before": [
      vault("update", undefined, declared),
      "**Members added** `F42I89RbRhigNOEKraGO8g`",
      "**Not managed** members were not managed before; what Rhombus has is not shown",
      "**Not shown by the plan** its values before the deployment",
    ],
    "a creation without the state after": [
      vault("create", undefined, undefined),
      "**Not shown by the plan** its values after the deployment",
    ],
    "an unchanged resource without states": [
      vault("same", undefined, undefined),
      "**Not shown by the plan** its values before the deployment",
      "**Not shown by the plan** its values after the deployment",
    ],
    "a replacement without states": [
      vault("replace", undefined, undefined),
      "**Not shown by the plan** its values before the deployment",
      "**Not shown by the plan** its values after the deployment",
    ],
  };
  for (const [what, [step, ...lines]] of Object.entries(unreadable)) {
    it(`cannot clear ${what}`, () => {
      const found = findingsIn(linesOf([step])).map((line) => line.replace(/ Group \(`it` in the program\): /, " "));
      assert.deepEqual(found, lines);
    });
  }
});
