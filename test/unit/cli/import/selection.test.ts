import assert from "node:assert/strict";
import { matchesPattern } from "../../../../provider/cli/import/selection";

describe("a pattern of names", () => {
  const cases: readonly (readonly [pattern: string, name: string, isFit: boolean])[] = [
    ["*", "", true],
    ["night*", "Night shift", true],
    ["*shift", "Night shift!", false],
    ["?ight*", "Night", true],
    ["a.c", "abc", false],
    ["*a*b*c*", "xxaxxbxxc", true],
    ["é", "e\u0301", true],
    ["ΟΔΟΣ*", "οδοσα", true],
    [" night shift", "Night shift ", true],
    [`${"*a".repeat(30)}b`, "a".repeat(5000), false],
  ];
  for (const [pattern, name, isFit] of cases) {
    it(`${isFit ? "matches" : "does not match"}: ${pattern.slice(0, 10)} and ${name.slice(0, 12)}`, () => {
      assert.equal(matchesPattern(name, pattern), isFit);
    });
  }
});
