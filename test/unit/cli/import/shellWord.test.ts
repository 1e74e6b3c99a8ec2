import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { shellWord } from "../../../../provider/cli/import/shellWord";

describe("a word of a printed command", () => {
  for (const word of ["import.json", "--stack", "my file", "$HOME", "a'b", "`id`", '"', "\\", "*", "a;b", ""]) {
    it(`reaches the command as it is: ${JSON.stringify(word)}`, () => {
      assert.equal(execFileSync("sh", ["-c", `printf %s ${shellWord(word)}`], { encoding: "utf8" }), word);
    });
  }

  it("has no quotes that it does not need", () => {
    assert.equal(shellWord("./out/import.json"), "./out/import.json");
  });
});
