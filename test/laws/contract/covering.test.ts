import assert from "node:assert/strict";
import fc from "fast-check";
import { covering } from "./covering";

it("contract: a covering array has every combination of three parameters", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 6, maxLength: 6 });
  const three = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(sizes, three, (sizes, three) => {
      const rows = covering(sizes);
      for (const row of rows) assert.ok(row.every((value, parameter) => value < (sizes[parameter] ?? 0)));
      const found = new Set(rows.map((row) => three.map((parameter) => row[parameter]).join()));
      const product = three.map((parameter) => sizes[parameter] ?? 0).reduce((one, other) => one * other);
      assert.equal(found.size, product);
    }),
    { numRuns: 100 },
  );
});
