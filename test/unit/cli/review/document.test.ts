import assert from "node:assert/strict";
import fc from "fast-check";
import { definitions } from "../../../../provider/resources/registry";
import { secretNamesOf } from "../../../laws/contract/secretValues";
import { linesOf, type PlannedStep, planOf, reviewed, UNKNOWN } from "./plans";

const hostile = [
  "a | b",
  "<script>alert(1)</script>",
  "`code` ``more`` end`",
  "[x](https://evil.example) ![i](https://evil.example/i.png)",
  "@acme/security #1 **bold** _it_ ~~no~~",
  "# Heading\n\n- **Deleted**: nothing",
  "</details>--><!--",
  "\\`escaped\\`",
  "\u202Etxet desrever\u200B",
];
const inner = "doorName assignedCameraList remoteUnlock locationUuid clipDuration placeName 1:4 7 __proto__".split(" ");
const NAMES = [...Object.values(definitions).flatMap(({ fields }) => Object.keys(fields)), ...inner, ...hostile];

/** Values that a program, a state or a hostile plan may contain anywhere. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, 7, "", "Lobby", "[secret]", UNKNOWN, ...hostile),
    fc.string({ unit: fc.constantFrom("`", " ", "a", "|", "\n", "\\") }),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie("any"), { maxKeys: 4 }),
  ),
})).any;
const inputs = fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 6 });
const unsupported = hostile.map((text) => `pulumi-nodejs:dynamic/rhombus:${text}`);
const inputNames = fc.array(fc.constantFrom(...NAMES), { maxLength: 3 });
const step = fc.record(
  {
    op: fc.constantFrom("create", "update", "replace", "delete", "import", "refresh", "delete-replaced", "new-op"),
    type: fc.constantFrom(...Object.keys(definitions), "pulumi:providers:pulumi-nodejs", ...unsupported),
    name: fc.constantFrom("a", "b", ...hostile),
    before: inputs,
    after: inputs,
    further: fc.record(
      { diffReasons: inputNames, replaceReasons: inputNames, provider: fc.constantFrom(...hostile) },
      { requiredKeys: [] },
    ),
    planned: fc.record({ ignoreChanges: inputNames }),
  },
  { requiredKeys: ["op", "type", "name"] },
);
const uuids = new Map(hostile.map((text) => [text, text]));
const names = { byKind: { camera: uuids, location: uuids, user: uuids } };

/** The part of a line outside of code, where Markdown has a meaning. */
function outsideOfCode(line: string): string {
  return line.replace(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g, "");
}

/** The number of findings in a line. */
function countIn(line: string): number {
  return Number(
    /: (\d+) (?:door|new door|value|place|camera|user|location|resource|new resource)s(?: at .*)?: /.exec(
      outsideOfCode(line),
    )?.[1] ?? 1,
  );
}

describe("a review", () => {
  it("is complete, and shows any text as code, for any plan", () => {
    const property = fc.property(fc.array(step, { maxLength: 4 }), fc.constantFrom(...hostile), (steps, warning) => {
      const plan = planOf(steps, { diagnostics: [{ severity: "info", message: `warning: rhombus: ${warning}` }] });
      const { text, findings } = reviewed(plan, names);
      const lines = text.split("\n");
      assert.equal(
        lines.filter((line) => line.startsWith("- **")).reduce((sum, line) => sum + countIn(line), 0),
        findings,
      );
      assert.doesNotMatch(text, /\[object|undefined|NaN|native code/);
      for (const line of lines) {
        assert.match(line, /^$|^#{2,3} \S|^- \S|^\*\*\S|^Stack `|^\*{0,2}The(?:re was no| state was)/);
        const outside = outsideOfCode(line).replace(/^(?:#{2,3} |- )|\*\*/g, "");
        assert.doesNotMatch(outside, /[<>|`[\]@#_~\\*]|https?:|[\u200b\u202e]/, line);
      }
    });
    fc.assert(property, { numRuns: 600 });
  });

  it("is the same for any order of the steps, and leaves out those without a change", () => {
    const steps: PlannedStep[] = [
      { type: "AccessControlGroup", before: { name: "A" }, after: { name: "A", description: "new" } },
      { type: "KisiIntegration", before: {}, after: { enabled: false } },
      { before: { saveClips: true }, after: {} },
    ];
    const idle = ["same", "read"].map((op) => ({ op, name: op, before: {}, after: {} }));
    assert.equal(reviewed(planOf([...idle, ...[...steps].reverse()])).text, reviewed(planOf(steps)).text);
  });

  it("names the operation on each resource", () => {
    const retained = { type: "AccessControlGroup", before: { name: "Engineers" }, state: { retainOnDelete: true } };
    const removed = /\*\*Group `Engineers` \(`it` in the program\)\*\*: removed from the stack; it stays in /;
    assert.match(reviewed(planOf([retained])).text, removed);
    const { text } = reviewed(planOf([{ type: "AccessControlGroup", after: { name: "G", adopt: true } }]));
    assert.match(text, /: adopted, or created if it does not exist\n/);
  });

  it("counts what to look at first, and what it cannot clear", () => {
    const harmless = { type: "AccessControlGroup", before: { name: "A" }, after: { name: "A", description: "B" } };
    const { text, findings } = reviewed(planOf([harmless]));
    assert.equal(findings, 0);
    assert.match(text, /: 1 change, none to look at first\.\n/);
    const group = { type: "AccessControlGroup", after: { name: "G", userUuids: ["u"], adopt: true } };
    const found = reviewed(planOf([harmless, { ...group, name: "g" }]));
    assert.equal(found.findings, 2);
    assert.match(found.text, /: \*\*2 changes: 1 to look at first, 1 that this review cannot clear\.\*\*\n/);
  });

  it("cannot clear a new object in an unknown organization, and a type that this version does not know", () => {
    const group = { type: "AccessControlGroup", after: { name: "G" } };
    assert.equal(reviewed(planOf([group])).findings, 0);
    const { text } = reviewed(planOf([group]), {});
    assert.match(text, /- \*\*Unknown until the deployment\*\*: the organization of 1 resource\n/);
    const blue = { type: "pulumi:providers:pulumi-nodejs", name: "blue", after: { "rhombus:apiKey": "[secret]" } };
    const inBlue = {
      ...group,
      further: { provider: "urn:pulumi:dev::doors::pulumi:providers:pulumi-nodejs::blue::id" },
    };
    const found = reviewed(planOf([blue, inBlue]), {});
    assert.equal(found.findings, 1);
    assert.match(found.text, /\*\*Unknown until the deployment\*\*: the organization of the new provider `blue`\n/);
    const later = { type: "pulumi-nodejs:dynamic/rhombus:LockdownPlan", after: {} };
    const unsupported = reviewed(planOf([later]));
    assert.equal(unsupported.findings, 1);
    assert.match(unsupported.text, /- \*\*Unknown to this version\*\*: resources of type `pulumi-.*:LockdownPlan`\n/);
  });

  it("cannot clear references to what is not in Rhombus", () => {
    const door = { assignedCameraList: ["c1", "c2"], subLocationsHierarchyKey: "l1.l2" };
    const known = { user: new Map([["u1", "Ada"]]), camera: new Map([["c1", "Lobby"]]), location: new Map() };
    const steps = [
      { before: {}, after: { doorInfoMap: { "1:4": door } } },
      {
        type: "AccessControlGroup",
        name: "g",
        before: { userUuids: ["u9"] },
        after: { userUuids: ["u1", "u2", "u9"] },
      },
    ];
    const names = { organization: { uuid: "o", name: "Acme" }, byKind: known };
    const missing = linesOf(steps, names).filter((line) => line.startsWith("**Not found in Rhombus**"));
    const expected = ["user `u2`", "camera `c2`", "location `l1`", "location `l2`"];
    assert.deepEqual(
      missing.map((line) => line.replace(/^.*: /, "").replace(/^.*\*\* /, "")),
      expected,
    );
    assert.doesNotMatch(reviewed(planOf(steps)).text, /\*\*Not found/);
  });

  it("repeats the warnings of this package", () => {
    const diagnostics = [
      { severity: "info#err", message: "warning: rhombus: the group will be replaced\n\n" },
      { severity: "info", message: "something the program says" },
    ];
    const { text, findings } = reviewed(planOf([], { diagnostics }));
    assert.equal(findings, 0);
    assert.match(text, /- `the group will be replaced`\n/);
    assert.doesNotMatch(text, /something the program says/);
  });

  const urn = "urn:pulumi:dev::doors::pulumi-nodejs:dynamic/rhombus:AccessControlGroup::staff";
  const noSteps = ['{"steps": 1}', '{"steps": []}', '{"steps": [1]}', '{"steps": [{"__proto__": 1}]}'];
  const halfSteps = [{ op: "create" }, { urn }, { op: 1, urn }, { op: "create", urn: "staff" }].map((step) => {
    return JSON.stringify({ steps: [step] });
  });
  for (const text of ["", "Previewing update (dev)", "[]", "{}", ...noSteps, ...halfSteps]) {
    it(`is refused for a text that is not a plan: ${JSON.stringify(text)}`, () => {
      assert.throws(() => reviewed(text), /This is not a plan\. Give the complete output of `pulumi preview --json`/);
    });
  }

  const canary = "canary-0123456789-canary";
  for (const [type, definition] of Object.entries(definitions)) {
    it(`shows no secret of ${type}, even if a plan has it in plain text`, () => {
      const secrets = Object.fromEntries(secretNamesOf(definition).map((name) => [name, canary]));
      const signature = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
      const envelope = { ...signature, plaintext: `"${canary}"` };
      const after = { ...secrets, name: envelope, displayName: envelope, doorInfoMap: envelope };
      const further = { diffReasons: Object.keys(secrets) };
      for (const each of [{ before: {}, after, further }, { before: after }, { after }]) {
        assert.doesNotMatch(reviewed(planOf([{ ...each, type }])).text, new RegExp(canary));
      }
    });
  }

  it("shows no secret setting of a provider", () => {
    const after = { "rhombus:apiKey": canary, "rhombus:clientKey": canary, "rhombus:clientCertificate": canary };
    const before = { "rhombus:region": "us" };
    const { text } = reviewed(planOf([{ type: "pulumi:providers:pulumi-nodejs", name: "blue", before, after }]));
    assert.doesNotMatch(text, new RegExp(canary));
    assert.match(text, /`rhombus:apiKey`: \(not set\) → \(secret\)/);
  });
});
