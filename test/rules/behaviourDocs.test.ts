import assert from "node:assert/strict";
import { describeBehaviours } from "../../provider/emulator/behaviours/checkBehaviours";
import { filesIn, textOf } from "./sources";

const [section = ""] = /## What the vendor does not document\n[\s\S]*/.exec(textOf("docs/rhombus-api.md")) ?? [];

/** The cells of each row of the table. */
const rows = [...section.matchAll(/^\| (`\w+` \|.*) \|$/gm)].map(([, row = ""]) => row.split(" | "));

/** The behaviours that `doctor --probe` asks about. */
const probed = filesIn("provider/cli/doctor/probe").flatMap((file) => {
  return [...textOf(file).matchAll(/[aA]sk\(\s*"(\w+)"/g)].map(([, name = ""]) => name);
});

describe("the table of what the vendor does not document", () => {
  it("has all behaviours of the emulator, with all their settings and in their order", () => {
    const written = rows.map(([name, , settings = ""]) => [name, settings.replaceAll(", ", "|").replaceAll("`", "")]);
    const known = describeBehaviours().map((each) => each.split("="));
    assert.deepEqual(
      written,
      known.map(([name, settings]) => [`\`${name}\``, settings]),
    );
  });

  it("says which of them the doctor asks about", () => {
    const asked = rows.filter(([, , , asks]) => asks === "asks").map(([name = ""]) => name.replaceAll("`", ""));
    assert.deepEqual(asked.sort(), [...new Set(probed)].sort());
  });

  it("says of each how it was verified, and above the table no more than it says itself", () => {
    const verified = rows.map((row) => row[4] ?? "");
    const others = verified.filter((each) => !/^(?:by emulator only|verified live on \d{4}-\d\d-\d\d)$/.test(each));
    assert.deepEqual(others, []);
    const isNone = verified.every((each) => each === "by emulator only");
    assert.equal(section.includes("**none of it has been verified live.**"), isNone);
  });
});
