import assert from "node:assert/strict";
import { changesOf } from "../../../../provider/cli/review/approval";
import { planIn } from "../../../../provider/cli/review/plan";
import { groupStep, linesOf, type PlannedStep, planOf, planWithout, reviewed } from "./plans";

const [ada, ben] = ["F42I89RbRhigNOEKraGO8g", "sRYNilrZT5KlpzniBNoVOg"];
const members = { userUuids: [ada, ben] };
const current = groupStep(members, members, { op: "same", state: { id: "new" } });
const refresh: PlannedStep = { ...current, op: "refresh" };
/** A group of two that a replacement of `it` has left, and that the state marks for deletion. */
const left = (op: string, id = "old"): PlannedStep => {
  const group = groupStep(members, undefined, { op, state: { id, delete: true } });
  return { ...group, before: { ...group.before, name: "Old" }, further: { newState: undefined } };
};
const listed = [
  "**Members removed** Group `Old` (`it` in the program): `F42I89RbRhigNOEKraGO8g` and `sRYNilrZT5KlpzniBNoVOg`",
  "**Deleted** Group `Old` (`it` in the program): 2 members; an earlier replacement has left it",
  "members: `F42I89RbRhigNOEKraGO8g` and `sRYNilrZT5KlpzniBNoVOg`",
].map((line) => line.replace(/ Group .*?\): /, " "));

describe("review, about objects that an interrupted replacement has left", () => {
  const plans: Record<string, readonly PlannedStep[]> = {
    "only the refresh shows it": [refresh, left("refresh"), current],
    "the refresh shows it before the other one": [left("refresh"), refresh, current],
    "the plan shows its deletion": [left("refresh"), refresh, current, left("delete-replaced")],
  };
  for (const [when, steps] of Object.entries(plans)) {
    it(`lists the deletion with what the object contains, if ${when}`, () => {
      assert.deepEqual(linesOf(steps), listed);
      const { text } = reviewed(planOf(steps));
      assert.match(text, /: \*\*1 change: 2 to look at first\.\*\*\n/);
      assert.match(
        text,
        /\n\*\*Group `Old` \(`it` in the program\)\*\*: deleted; an earlier replacement has left it\n/,
      );
    });
  }

  it("lists it without a refresh, too", () => {
    const { text } = reviewed(planWithout([current, left("delete-replaced")]));
    assert.match(text, /- \*\*Deleted\*\*: Group `Old` \(`it` in the program\): 2 members; an earlier/);
    assert.match(text, /- \*\*Not refreshed\*\*: /);
  });

  it("lists it beside another replacement of the same resource", () => {
    const replaced = { ...groupStep(members, members), state: { id: "new", delete: true } };
    const parts = ["create-replacement", "replace", "delete-replaced"].map((op) => ({ ...replaced, op }));
    const lines = linesOf([refresh, left("refresh"), ...parts, left("delete-replaced")]);
    const replacement = [
      "**Replaced, deleted and created again** ",
      "**Not managed** `locationUuid` is not managed; what is lost is not shown",
    ];
    assert.deepEqual(lines, [listed[0], listed[1], ...replacement, listed[2]]);
  });

  it("compares the values of the other object with those of the other object", () => {
    const drifted = groupStep({ userUuids: [ada] }, { userUuids: [ada] }, { op: "refresh", state: { id: "new" } });
    const lines = linesOf([drifted, left("refresh"), current]);
    assert.ok(lines.includes("**Changed outside Pulumi, and stays** members added: `sRYNilrZT5KlpzniBNoVOg`"));
  });

  it("lists the members of a group that an interrupted replacement has deleted and not created yet", () => {
    const gone = groupStep(members, members, { op: "replace", state: { id: "old", pendingReplacement: true } });
    const { text } = reviewed(planOf([gone, { ...gone, op: "create-replacement" }]));
    assert.match(text, /: \*\*1 change: 1 to look at first\.\*\*\n/);
    assert.match(
      text,
      /- \*\*Members added\*\*: Group `Engineers` \(`it` in the program\): `F42I89RbRhigNOEKraGO8g` and/,
    );
    assert.match(text, /\*\*: created again, because it is not in Rhombus any more\n/);
  });

  for (const [what, ops] of [
    ["in a plan that shows its parts", ["delete-replaced", "replace", "create-replacement"]],
    ["in a plan that does not", ["replace"]],
  ] as const) {
    it(`lists a replacement that deletes first as one, ${what}, although the engine marks the old state`, () => {
      const step = groupStep(members, { userUuids: [] }, { state: { id: "old", pendingReplacement: true } });
      const { text } = reviewed(planOf(ops.map((op) => ({ ...step, op }))));
      assert.match(text, /- \*\*Replaced, deleted and created again\*\*: Group `Engineers`/);
      assert.match(text, /- \*\*Members removed\*\*: Group `Engineers`/);
      assert.doesNotMatch(text, /created again, because it is not in Rhombus/);
    });
  }

  it("lists those of other packages and of explicit providers", () => {
    const type = "pulumi-nodejs:dynamic:Resource";
    const other: PlannedStep = {
      op: "refresh",
      type,
      name: "stranger",
      before: { a: 1 },
      state: { id: "x", delete: true },
    };
    const provider = {
      ...other,
      type: "pulumi:providers:pulumi-nodejs",
      name: "acme",
      before: { "rhombus:region": "eu" },
    };
    const { text } = reviewed(planOf([refresh, other, provider, current]));
    assert.match(text, /- \*\*Other packages\*\*: `pulumi-nodejs`, 1 change: `delete` `stranger` \(/);
    assert.match(text, /- \*\*Provider settings\*\*: provider `acme` is deleted\n/);
  });

  it("holds the deployment to each of them, whatever their order is", () => {
    const digests = (...steps: readonly PlannedStep[]) => {
      return changesOf(planIn(planOf([refresh, ...steps, current])), [], (text) => text).map(({ digest }) => digest);
    };
    const other = { ...left("refresh", "other"), before: { name: "Other" } };
    assert.deepEqual(digests(left("refresh"), other), digests(other, left("refresh")));
    assert.equal(new Set([...digests(left("refresh")), ...digests(other), ...digests()]).size, 2);
  });
});

describe("review, about deletions that leave the object in Rhombus", () => {
  const open: PlannedStep = { ...groupStep({ name: "Open" }, undefined), name: "open" };
  const deletedWith = "urn:pulumi:dev::doors::pulumi-nodejs:dynamic/rhombus:AccessControlGroup::open";
  const bound = groupStep(members, undefined, { state: { deletedWith } });

  it("does not list members as removed if the engine deletes only the resource that `deletedWith` names", () => {
    const { text } = reviewed(planOf([bound, open]));
    assert.match(
      text,
      /- \*\*Left in Rhombus, and in no stack\*\*: Group `Engineers` \(`it` in the program\): 2 members\n/,
    );
    assert.doesNotMatch(text, /Members removed/);
    assert.match(linesOf([bound]).join("\n"), /^\*\*Members removed\*\*.*\n\*\*Deleted\*\* 2 members\n/);
  });

  it("describes a replacement that leaves the old object as a new one", () => {
    const replaced = groupStep(members, { userUuids: [ada] }, { op: "replace", state: { retainOnDelete: true } });
    assert.deepEqual(linesOf([replaced]), [
      "**Members added** `F42I89RbRhigNOEKraGO8g`",
      "**Left in Rhombus, and in no stack** the old one, with 2 members",
      "stays with the old one: members: `F42I89RbRhigNOEKraGO8g` and `sRYNilrZT5KlpzniBNoVOg`",
      "`name`: `Engineers`",
      "members added: `F42I89RbRhigNOEKraGO8g`",
    ]);
  });

  for (const planned of [{ retainOnDelete: true }, { deletedWith }]) {
    it(`lists an existing resource that gets \`${Object.keys(planned)[0]}\``, () => {
      const [line = ""] = linesOf([{ ...current, planned }]);
      assert.match(line, /^\*\*Not managed\*\* a later deletion .*leaves it in Rhombus, because of `(retain|deleted)/);
      assert.deepEqual(linesOf([{ ...current, planned, state: planned }]), []);
      assert.deepEqual(linesOf([{ ...groupStep(undefined, {}), planned }]), ["`name`: `Engineers`"]);
    });
  }
});
