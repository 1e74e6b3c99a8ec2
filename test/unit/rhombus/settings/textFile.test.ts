import assert from "node:assert/strict";
import { faultOf, textOfFile } from "../../../../provider/rhombus/settings/textFile";

describe("a small file that cannot be read", () => {
  for (const [code, reason, isMissing] of [
    ["ENOENT", "does not exist", true],
    ["ENOTDIR", "does not exist", true],
    ["EACCES", "may not be read by this user", false],
    ["EPERM", "may not be read by this user", false],
    ["EIO", "cannot be read (EIO)", false],
  ] as const) {
    it(`has the error "${reason}" after ${code}`, () => {
      const { message, isMissing: missing } = faultOf(Object.assign(new Error("inside"), { code }));
      assert.deepEqual([message, missing], [reason, isMissing]);
    });
  }

  it("has an error with the reason if its name is no name", () => {
    assert.throws(() => textOfFile("a\0b"), { message: /^cannot be read/ });
  });
});
