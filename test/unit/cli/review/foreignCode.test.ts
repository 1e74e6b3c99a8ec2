import assert from "node:assert/strict";
import { changesOf } from "../../../../provider/cli/review/approval";
import { planIn } from "../../../../provider/cli/review/plan";
import { handlerText } from "../../../../provider/pulumi/handler";
import { groupStep, linesOf, type PlannedStep, planOf, reviewed } from "./plans";

const FOREIGN = "exports.handler = __f0;";
const stateWith = (code: unknown) => ({ inputs: { __provider: code, name: "Engineers" } });
const type = "AccessControlGroup";
const step = (op: string, codes: { readonly before?: unknown; readonly after?: unknown }): PlannedStep => {
  const own = handlerText(type);
  const { before = own, after = own } = codes;
  const more = { state: stateWith(before), planned: stateWith(after) };
  return groupStep(op === "create" ? undefined : {}, op === "delete" ? undefined : {}, { op, ...more });
};
const findings = (step: PlannedStep) => linesOf([step]).filter((line) => line.startsWith("**Other provider code**"));

describe("review, about the code of resources", () => {
  for (const op of ["create", "update", "replace", "same", "import"]) {
    for (const after of [FOREIGN, handlerText("KisiIntegration"), "[secret]", null]) {
      it(`cannot clear \`${op}\` with the code ${after}`, () => {
        const [line = "", ...others] = findings(step(op, { after }));
        assert.match(
          line,
          /the provider code of this resource is not that of this package, (so what the deployment does|and it is that code)/,
        );
        assert.deepEqual(others, []);
      });
    }
  }

  it("cannot clear an unchanged resource that other code has managed so far, and goes on managing", () => {
    const { text, findings } = reviewed(planOf([step("same", { before: FOREIGN, after: FOREIGN })]));
    assert.equal(findings, 1);
    assert.match(text, /\*\*nothing changes in Rhombus; 1 that this review cannot clear\.\*\*/);
  });

  it("names what the code of the state does, if the program goes back to this package or deletes the resource", () => {
    assert.match(
      String(findings(step("update", { before: FOREIGN }))),
      /read the object for this review, and the deployment/,
    );
    assert.match(String(findings(step("delete", { before: FOREIGN }))), /, and it carries out the deletion$/);
    const stored = { state: { outputs: { __provider: FOREIGN } } };
    assert.match(String(findings(groupStep({}, {}, { op: "same", ...stored }))), /the deployment replaces it$/);
  });

  it("clears the line of this package, wherever the state has it", () => {
    for (const op of ["create", "update", "same"]) assert.deepEqual(findings(step(op, {})), []);
    const outputs = { __provider: handlerText(type), name: "Engineers" };
    assert.deepEqual(findings(groupStep({}, {}, { op: "same", state: { outputs } })), []);
  });

  it("holds the deployment to the code", () => {
    const [one, other] = [FOREIGN, "exports.handler = __f1;"].map((after) => {
      return changesOf(planIn(planOf([step("update", { after })])), [], (text) => text)[0]?.digest;
    });
    assert.notEqual(one, other);
  });
});
