import assert from "node:assert/strict";
import { groupStep, linesOf } from "./plans";

describe("review, about secrets in fields that are none", () => {
  const listed = "**Secret in a field that others can read** `description`";

  it("lists a webhook URL, if it is new there", () => {
    const [before, after] = ["", "?a=https://x.example/webhook"].map((end) => ({ description: `Staff${end}` }));
    assert.equal(linesOf([groupStep(before, after)])[0], listed);
    assert.equal(linesOf([groupStep(undefined, after)])[0], listed);
    assert.deepEqual(linesOf([groupStep(after, after, { op: "same", planned: { protect: true } })]), []);
    const door = { doorInfoMap: { "1:4": { doorName: "http://x/webhook" } } };
    assert.equal(linesOf([{ after: door }])[0], listed.replace("description", 'doorInfoMap["1:4"].doorName'));
  });
});
