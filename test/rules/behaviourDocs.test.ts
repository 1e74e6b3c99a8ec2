import assert from "node:assert/strict";
import { describeBehaviours } from "../../provider/emulator/behaviours/checkBehaviours";
import { filesIn, textOf } from "./sources";

const PAGE = "docs/rhombus-api-open-questions.md";
const page = textOf(PAGE);
const behaviours = describeBehaviours();

describe(PAGE, () => {
  it("has a row for each behaviour of the emulator, in the order and the words of the code", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| `"));
    const expected = behaviours.map(({ name, question, settings, settledBy }) => {
      return `| \`${name}\` | ${question} | ${settings.map((each) => `\`${each}\``).join(", ")} | ${settledBy} |`;
    });
    assert.deepEqual(rows, expected);
  });

  it("marks the behaviours that the probe observes", () => {
    const asked = filesIn("provider/cli/doctor/probe").flatMap((file) => {
      return [...textOf(file).matchAll(/[rR]ecord\(\s*"(\w+)"/g)].map(([, name = ""]) => name);
    });
    const marked = behaviours.filter(({ settledBy }) => settledBy === "probe").map(({ name }) => name);
    assert.deepEqual([...new Set(asked)].sort(), marked.sort());
  });

  it("says that nothing was verified live, for as long as no row says when it was", () => {
    const isNone = !behaviours.some(({ settledBy }) => /verified live on \d{4}-\d\d-\d\d/.test(settledBy));
    assert.equal(page.includes("None of these behaviours has been verified live."), isNone);
  });

  it("explains each behaviour that docs/rhombus-api.md names", () => {
    const facts = textOf("docs/rhombus-api.md");
    const unnamed = behaviours.map(({ name }) => name).filter((name) => !facts.includes(`\`${name}\``));
    assert.deepEqual(unnamed, []);
  });
});
