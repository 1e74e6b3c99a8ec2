import assert from "node:assert/strict";
import { reportCounts } from "../../reportCounts";
import { requested, totals } from "./findings";

describe("faults: all scenarios together", () => {
  it("are at least 400, without an orphan, a duplicate, a lost secret or an unexplained plan", () => {
    const kinds = ["orphan", "duplicate", "lost secret", "unexplained plan"];
    const counts = kinds.map((kind) => totals.findings.filter((finding) => finding.kind === kind).length);
    const words = kinds.map((kind, index) => `${counts[index]} ${kind}s`);
    reportCounts(`faults: ${[`${totals.scenarios} scenarios`, ...words].join(", ")}`);
    assert.deepEqual(counts, [0, 0, 0, 0]);
    assert.ok(totals.scenarios >= 400 || requested !== undefined);
  });
});
