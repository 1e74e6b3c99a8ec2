import assert from "node:assert/strict";
import { tally } from "../../tally";
import { requested, totals } from "./findings";

describe("faults: all scenarios together", () => {
  it("are at least 400, and leave no orphan, no duplicate, no lost secret and no unexplained plan", () => {
    tally(`${totals}`);
    assert.match(`${totals}`, /^faults: \d+ scenarios, 0 orphans, 0 duplicates, 0 lost secrets, 0 unexplained plans$/);
    assert.ok(totals.scenarios >= 400 || requested !== undefined);
  });
});
