import assert from "node:assert/strict";
import { spread, summary } from "../../../bench/statistics";

describe("the statistics of the benchmark", () => {
  it("use the median of numbers in any order, or the mean of the two in the middle", () => {
    assert.deepEqual(summary([9, 100, 10]), { median: 10, min: 9, max: 100, count: 3 });
    assert.equal(summary([1, 100, 2, 4]).median, 3);
  });

  it("refuse an empty list", () => {
    assert.throws(() => summary([]), RangeError);
  });

  it("relate the spread to the median", () => {
    assert.equal(spread(summary([9, 10, 14])), 0.5);
    assert.equal(spread(summary([0, 0])), 0);
  });
});
