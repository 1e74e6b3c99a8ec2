import assert from "node:assert/strict";
import { masked, unmasked } from "../../../../provider/rhombus/redaction/masks";

describe("masks of secrets", () => {
  it("says how long a secret is, and shows nothing of it", () => {
    assert.equal(masked("Y1vE5bXrQvqmgMIFBqNtEA"), "[secret], 22 characters");
  });

  for (const hidden of ["********", "********en-1", "•••", "xxxx", "XXXXXXXX", "..."]) {
    it(`takes ${hidden} for a secret that a read hides`, () => {
      assert.equal(unmasked(hidden), undefined);
    });
  }

  for (const plain of ["genea-key-1", "a*b", "Y1vE5bXrQvqmgMIFBqNtEA", "x-1", "xx"]) {
    it(`takes ${plain} for what it is`, () => assert.equal(unmasked(plain), plain));
  }

  for (const nothing of [null, undefined, ""]) {
    it(`takes ${JSON.stringify(nothing)} for no secret`, () => assert.equal(unmasked(nothing), undefined));
  }
});
