import assert from "node:assert/strict";
import { isRuuid, newRuuid, ruuidFromUuid, uuidFromRuuid } from "../../../provider/emulator";

describe("emulator: RUUID", () => {
  it("is the base64url of a UUID's bytes, most significant first", () => {
    assert.equal(ruuidFromUuid("635bc4e5-b5eb-42fa-a680-c20506a36d10"), "Y1vE5bXrQvqmgMIFBqNtEA");
    assert.equal(ruuidFromUuid("00000000-0000-0000-0000-000000000000"), "A".repeat(22));
  });

  it("is converted back to its UUID", () => {
    assert.equal(uuidFromRuuid("Y1vE5bXrQvqmgMIFBqNtEA"), "635bc4e5-b5eb-42fa-a680-c20506a36d10");
    assert.throws(() => uuidFromRuuid("Y1vE5bXrQvqmgMIFBqNtEB"), TypeError);
  });

  it("is well formed and different each time it is generated", () => {
    const made = Array.from({ length: 50 }, newRuuid);
    assert.ok(made.every(isRuuid));
    assert.equal(new Set(made).size, 50);
  });

  for (const wrong of [
    "",
    "A".repeat(21),
    "A".repeat(23),
    `${"A".repeat(21)}B`,
    `${"A".repeat(20)}=A`,
    `${"A".repeat(22)}\n`,
  ]) {
    it(`is not ${JSON.stringify(wrong)}`, () => assert.equal(isRuuid(wrong), false));
  }
});
