import assert from "node:assert/strict";
import fc from "fast-check";
import { allCombinations, combinationsIn, covering } from "./covering";

describe("contract: covering arrays", () => {
  it("know every combination of two parameters", () => {
    const pairs = ["0=0 1=0", "0=0 1=1", "0=1 1=0", "0=1 1=1", "0=0 2=0", "0=1 2=0", "1=0 2=0", "1=1 2=0"];
    assert.deepEqual(allCombinations([2, 2, 1], 2), pairs);
    assert.deepEqual(combinationsIn([1, 0, 0], 2), ["0=1 1=0", "0=1 2=0", "1=0 2=0"]);
  });

  for (const strength of [1, 2, 3]) {
    it(`of strength ${strength} have every combination, in rows with a choice for every parameter`, () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 7 }), (sizes) => {
          const rows = covering(sizes, strength);
          const found = new Set(rows.flatMap((row) => combinationsIn(row, strength)));
          assert.deepEqual(
            allCombinations(sizes, strength).filter((each) => !found.has(each)),
            [],
          );
          for (const row of rows) {
            assert.ok(row.length === sizes.length && row.every((choice, at) => choice < (sizes[at] ?? 0)));
          }
        }),
        { numRuns: 20 },
      );
    });
  }
});
