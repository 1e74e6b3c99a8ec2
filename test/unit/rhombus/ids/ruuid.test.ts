import assert from "node:assert/strict";
import { isRuuid, ruuidFromUuid } from "../../../../provider/rhombus/ids/ruuid";
import { isUuid } from "../../../../provider/rhombus/ids/uuid";

const pairs = [
  ["635bc4e5-b5eb-42fa-a680-c20506a36d10", "Y1vE5bXrQvqmgMIFBqNtEA"],
  ["00000000-0000-0000-0000-000000000000", "AAAAAAAAAAAAAAAAAAAAAA"],
  ["FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "_____________________w"],
] as const;

describe("RUUID", () => {
  for (const [uuid, ruuid] of pairs) {
    it(`writes ${uuid} as ${ruuid}`, () => {
      assert.equal(ruuidFromUuid(uuid), ruuid);
      assert.ok(isRuuid(ruuid));
      assert.deepEqual([isUuid(uuid), isUuid(uuid.replaceAll("-", "")), isUuid(ruuid)], [true, false, false]);
    });
  }

  for (const [why, text] of [
    ["a last character with more than two bits", "Y1vE5bXrQvqmgMIFBqNtEB"],
    ["21 characters", "Y1vE5bXrQvqmgMIFBqNtE"],
    ["a facet suffix", "Y1vE5bXrQvqmgMIFBqNtEA.v0"],
    ["plain base64", "Y1vE5bXrQvqmgMIFBq+/EA"],
    ["padding", "Y1vE5bXrQvqmgMIFBqNt=="],
    ["a line break at the end", "Y1vE5bXrQvqmgMIFBqNtEA\n"],
    ["the form of 36 characters", "635bc4e5-b5eb-42fa-a680-c20506a36d10"],
  ] as const) {
    it(`is not an RUUID with ${why}`, () => assert.equal(isRuuid(text), false));
  }

  it("throws a TypeError for other text", () => {
    assert.throws(() => ruuidFromUuid("lobby"), TypeError);
  });
});
