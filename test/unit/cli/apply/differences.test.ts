import assert from "node:assert/strict";
import { differencesBetween } from "../../../../provider/cli/apply/differences";
import { approvalIn, approvalText, changesOf } from "../../../../provider/cli/review/approval";
import { planIn } from "../../../../provider/cli/review/plan";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { bucket, type PlannedStep, planOf, staffWith, UNKNOWN } from "../review/plans";

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
const changes = (steps: readonly PlannedStep[]) => {
  const redactor = new Redactor();
  const now = changesOf(planIn(planOf(steps)), (text) => redactor.withoutLearnedSecrets(text));
  const approval = {
    format: 1,
    time: "",
    version: "",
    stack: "",
    organizations: {},
    refresh: true,
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

  it("refuses a file that is not a saved review, or that a newer version wrote", () => {
    const valid = { format: 1, time: "", version: "", stack: "s", organizations: {}, refresh: true, changes: [] };
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
  const values = [{ format: 0 }, { stack: 1 }, { refresh: "no" }, ...changes.map((each) => ({ changes: [each] }))];
  return values.map((each) => JSON.stringify({ ...valid, ...each }));
}
