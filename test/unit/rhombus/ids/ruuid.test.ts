import assert from "node:assert/strict";
import { isRuuid, ruuidFromUuid } from "../../../../provider/rhombus/ids/ruuid";
import { isUuid } from "../../../../provider/rhombus/ids/uuid";

const pairs = [
  ["635bc4e5-b5eb-42fa-a680-c20506a36d10", "Y1vE5bXrQvqmgMIFBqNtEA"],
  ["00000000-0000-0000-0000-000000000000", "AAAAAAAAAAAAAAAAAAAAAA"],
  ["ffffffff-ffff-ffff-ffff-ffffffffffff", "_____________________w"],
] as const;

describe("RUUID", () => {
  for (const [uuid, ruuid] of pairs) {
    it(`writes ${uuid} as ${ruuid}`, () => {
      assert.equal(ruuidFromUuid(uuid), ruuid);
      assert.ok(isRuuid(ruuid));
      assert.ok(isUuid(uuid));
    });
  }

  it("accepts a uuid in upper case", () => {
    assert.equal(ruuidFromUuid("635BC4E5-B5EB-42FA-A680-C20506A36D10"), "Y1vE5bXrQvqmgMIFBqNtEA");
  });

  for (const last of "AQgw") {
    it(`accepts ${last} as the last character`, () => assert.ok(isRuuid(`Y1vE5bXrQvqmgMIFBqNtE${last}`)));
  }

  for (const [why, text] of [
    ["a last character with more than two bits", "Y1vE5bXrQvqmgMIFBqNtEB"],
    ["21 characters", "Y1vE5bXrQvqmgMIFBqNtE"],
    ["23 characters", "Y1vE5bXrQvqmgMIFBqNtEAA"],
    ["a facet suffix", "Y1vE5bXrQvqmgMIFBqNtEA.v0"],
    ["plain base64", "Y1vE5bXrQvqmgMIFBq+/EA"],
    ["padding", "Y1vE5bXrQvqmgMIFBqNt=="],
    ["a line break at the end", "Y1vE5bXrQvqmgMIFBqNtEA\n"],
    ["the form of 36 characters", "635bc4e5-b5eb-42fa-a680-c20506a36d10"],
    ["nothing", ""],
  ] as const) {
    it(`is not an RUUID with ${why}`, () => assert.equal(isRuuid(text), false));
  }

  it("is not a uuid without dashes or as an RUUID", () => {
    assert.equal(isUuid("635bc4e5b5eb42faa680c20506a36d10"), false);
    assert.equal(isUuid("Y1vE5bXrQvqmgMIFBqNtEA"), false);
  });

  it("throws a TypeError for other text", () => {
    assert.throws(() => ruuidFromUuid("lobby"), TypeError);
  });
});
