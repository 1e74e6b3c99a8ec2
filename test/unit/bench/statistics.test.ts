import assert from "node:assert/strict";
import { spread, summary } from "../../../bench/statistics";

describe("the statistics of the benchmark", () => {
  it("use the median, in any order of the values", () => {
    assert.deepEqual(summary([30, 100, 20]), { median: 30, min: 20, max: 100, count: 3 });
  });

  it("use the mean of the two values in the middle if their number is even", () => {
    assert.equal(summary([1, 100, 2, 4]).median, 3);
  });

  it("order values as numbers, not as texts", () => {
    assert.equal(summary([9, 10, 100]).median, 10);
  });

  it("refuse an empty list", () => {
    assert.throws(() => summary([]), RangeError);
  });

  it("relate the spread to the median", () => {
    assert.equal(spread(summary([9, 10, 14])), 0.5);
    assert.equal(spread(summary([0, 0])), 0);
  });
});
