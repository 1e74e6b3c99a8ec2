import assert from "node:assert/strict";
import { progressOn } from "../../../../provider/cli/import/progress";

describe("the progress bar of an import", () => {
  for (const [total, isTTY, expected] of [
    [40, true, /^\r\[\.{30}\] 0\/40\r\[\.{30}\] 1\/40\r\[#\.{29}\] 2\/40[^\n]*\r\[#{30}\] 40\/40\r.\[K$/],
    [40, false, /^$/],
    [5, true, /^$/],
  ] as const) {
    it(`for ${total} items ${isTTY ? "in a terminal" : "without a terminal"}`, () => {
      let written = "";
      const progress = progressOn({ isTTY, write: (text) => (written += text) }, total);
      for (let done = 0; done < total; done += 1) progress.advance();
      progress.end();
      assert.match(written, expected);
    });
  }
});
