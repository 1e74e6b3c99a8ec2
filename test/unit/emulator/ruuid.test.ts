import assert from "node:assert/strict";
import { isRuuid, newRuuid, ruuidFromUuid, uuidFromRuuid } from "../../../provider/emulator";

describe("emulator: RUUID", () => {
  it("is the base64url of a UUID's bytes, most significant first, and is converted back", () => {
    assert.equal(ruuidFromUuid("635bc4e5-b5eb-42fa-a680-c20506a36d10"), "Y1vE5bXrQvqmgMIFBqNtEA");
    assert.equal(uuidFromRuuid("Y1vE5bXrQvqmgMIFBqNtEA"), "635bc4e5-b5eb-42fa-a680-c20506a36d10");
    assert.throws(() => uuidFromRuuid("Y1vE5bXrQvqmgMIFBqNtEB"), TypeError);
  });

  it("is well formed and different each time it is generated", () => {
    const made = Array.from({ length: 50 }, newRuuid);
    assert.ok(made.every(isRuuid));
    assert.equal(new Set(made).size, 50);
  });

  const almost = "A".repeat(21);
  for (const wrong of ["", almost, `${almost}AA`, `${almost}B`, `${"A".repeat(20)}=A`, `${almost}A\n`]) {
    it(`is not ${JSON.stringify(wrong)}`, () => assert.equal(isRuuid(wrong), false));
  }
});
