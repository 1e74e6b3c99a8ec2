import assert from "node:assert/strict";
import { lengthOnly, secretOrUndefined } from "../../../../provider/rhombus/redaction/masks";

describe("masks of secrets", () => {
  it("shows the length of a secret and nothing else", () => {
    assert.equal(lengthOnly("Y1vE5bXrQvqmgMIFBqNtEA"), "[secret], 22 characters");
  });

  for (const hidden of ["********", "********en-1", "•••", "xxxx", "XXXXXXXX", "...", null, undefined, ""]) {
    it(`takes ${hidden} for no secret`, () => assert.equal(secretOrUndefined(hidden), undefined));
  }

  for (const plain of ["genea-key-1", "a*b", "x-1", "xx"]) {
    it(`does not take ${plain} for a mask`, () => assert.equal(secretOrUndefined(plain), plain));
  }
});
