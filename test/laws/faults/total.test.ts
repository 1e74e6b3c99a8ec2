import assert from "node:assert/strict";
import { tally } from "../../tally";
import { score, wanted } from "./score";

describe("faults: all scenarios together", () => {
  it("are at least 400, and leave no orphan, no duplicate, no lost secret and no unexplained plan", () => {
    tally(`${score}`);
    assert.match(`${score}`, /^faults: \d+ scenarios, 0 orphans, 0 duplicates, 0 lost secrets, 0 unexplained plans$/);
    assert.ok(score.scenarios >= 400 || wanted !== undefined);
  });
});
