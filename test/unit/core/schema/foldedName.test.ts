import assert from "node:assert/strict";
import fc from "fast-check";
import { foldedName } from "../../../../provider/core/schema/foldedName";

describe("core: names", () => {
  const same: [string, string][] = [
    ["Café staff", "Cafe\u0301 staff"],
    ["CAFÉ STAFF", "cafe\u0301 staff"],
    [" Staff\t", "staff"],
    ["\u00a0Staff\ufeff", "staff"],
    ["\u212b", "\u00e5"],
    ["\u212aiosk", "kiosk"],
    ["ΟΔΟΣ", "οδοσ"],
    ["İzmir", "I\u0307zmir"],
    ["İZMİR", "i\u0307zmi\u0307r"],
    ["한글", "한글".normalize("NFD")],
  ];
  const apart: [string, string][] = [
    ["Straße", "Strasse"],
    ["ılgaz", "ilgaz"],
    ["İzmir", "izmir"],
    ["Café", "Cafe"],
    ["Lab 1", "Lab  1"],
    ["²", "2"],
  ];
  for (const [pairs, isSame] of [
    [same, true],
    [apart, false],
  ] as const) {
    for (const [one, other] of pairs) {
      it(`${JSON.stringify(one)} and ${JSON.stringify(other)} are ${isSame ? "one name" : "two names"}`, () => {
        assert.equal(foldedName(one) === foldedName(other), isSame);
      });
    }
  }

  it("a folded name folds to itself, and every way of composing a name folds alike", () => {
    const written = fc.string({ unit: fc.oneof(fc.string({ unit: "binary", minLength: 1, maxLength: 1 }), oddities) });
    fc.assert(
      fc.property(written, (name) => {
        assert.equal(foldedName(foldedName(name)), foldedName(name));
        assert.equal(foldedName(name.normalize("NFD")), foldedName(name));
        assert.equal(foldedName(`  ${name}\n`), foldedName(name));
      }),
      { numRuns: 2000 },
    );
  });
});

const oddities = fc.constantFrom("İ", "I\u0307", "ς", "Σ", "\u0301", "\u0323", "\u0307", "\u00a0", "ẞ", "ǅ", "Å");
