import assert from "node:assert/strict";
import { unmasked } from "../../provider/rhombus/masks";

describe("masks of secrets", () => {
  for (const masked of ["********", "********en-1", "•••", "xxxx", "XXXXXXXX", "..."]) {
    it(`takes ${masked} for a secret that a read hides`, () => {
      assert.equal(unmasked(masked), undefined);
    });
  }

  for (const plain of ["genea-key-1", "a*b", "Y1vE5bXrQvqmgMIFBqNtEA", "x-1", "xx"]) {
    it(`takes ${plain} for what it is`, () => assert.equal(unmasked(plain), plain));
  }

  for (const nothing of [null, undefined, ""]) {
    it(`takes ${JSON.stringify(nothing)} for no secret`, () => assert.equal(unmasked(nothing), undefined));
  }
});
