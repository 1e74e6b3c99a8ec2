import assert from "node:assert/strict";
import { masked, unmasked } from "../../../../provider/rhombus/redaction/masks";

describe("masks of secrets", () => {
  it("shows the length of a secret and nothing else", () => {
    assert.equal(masked("Y1vE5bXrQvqmgMIFBqNtEA"), "[secret], 22 characters");
  });

  for (const masked of ["********", "********en-1", "•••", "xxxx", "XXXXXXXX", "..."]) {
    it(`recognizes ${masked} as masked`, () => {
      assert.equal(unmasked(masked), undefined);
    });
  }

  for (const plain of ["genea-key-1", "a*b", "Y1vE5bXrQvqmgMIFBqNtEA", "x-1", "xx"]) {
    it(`does not take ${plain} for a mask`, () => assert.equal(unmasked(plain), plain));
  }

  for (const nothing of [null, undefined, ""]) {
    it(`returns undefined for ${JSON.stringify(nothing)}`, () => assert.equal(unmasked(nothing), undefined));
  }
});
