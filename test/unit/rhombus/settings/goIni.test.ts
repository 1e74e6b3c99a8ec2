import assert from "node:assert/strict";
import { GoIni } from "../../../../provider/rhombus/settings/goIni";
import { FileFault } from "../../../../provider/rhombus/settings/textFile";
import { goIniCases, goIniWritten } from "./goIniCases";

const keys = ["api_key", "cert_file", "key_file"] as const;

function read(text: string, section: string) {
  const ini = new GoIni(text);
  if (!ini.titles.includes(section)) return "missing";
  const found = keys.flatMap((key) => {
    const value = ini.valueOf(section, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(found);
}

describe("a file of the Rhombus command line is read as go-ini reads it:", () => {
  for (const [title, text, section, result] of goIniCases) {
    it(title, () => {
      if (result === "refused") assert.throws(() => read(text, section), FileFault);
      else assert.deepEqual(read(text, section), result);
    });
  }

  for (const [value, text] of goIniWritten) {
    it(`the value ${JSON.stringify(value)} as go-ini writes it`, () => {
      assert.deepEqual(read(text, "acme"), { api_key: value });
    });
  }

  it("a mistake is named by its line, without showing the line", () => {
    const mistakes = [
      ["[acme]\nCANARY\n", "has a mistake in line 2: write [NAME] or KEY = VALUE"],
      ["\n[acme]\n= CANARY\n", "has a mistake in line 3: write [NAME] or KEY = VALUE"],
      ["[CANARY\nx = y\n", "has a mistake in line 1: a title is written as [NAME]"],
      ["[acme]\nx = `CANARY\n\ny = z\n", "has a mistake in line 2: the value has no closing `"],
    ] as const;
    for (const [text, message] of mistakes) assert.throws(() => new GoIni(text), { message });
  });
});
