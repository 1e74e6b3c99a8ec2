import assert from "node:assert/strict";
import { spread, summary } from "../../../bench/statistics";

describe("the statistics of the benchmark", () => {
  it("take the value in the middle, in whatever order the values come", () => {
    assert.deepEqual(summary([30, 100, 20]), { median: 30, least: 20, most: 100, count: 3 });
  });

  it("take what lies between the two in the middle, where there is no middle one", () => {
    assert.equal(summary([1, 100, 2, 4]).median, 3);
  });

  it("order by size, and not as texts", () => {
    assert.equal(summary([9, 10, 100]).median, 10);
  });

  it("say of nothing that it is nothing", () => {
    assert.throws(() => summary([]), RangeError);
  });

  it("relate the spread to the median", () => {
    assert.equal(spread(summary([9, 10, 14])), 0.5);
    assert.equal(spread(summary([0, 0])), 0);
  });
});
