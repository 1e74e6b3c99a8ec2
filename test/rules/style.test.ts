import assert from "node:assert/strict";
import path from "node:path";
import ts from "typescript";
import { filesIn, locationOf, parsed, textOf, walk } from "./sources";

/** Words that do not describe a file. */
const EMPTY_WORDS = /(?:^|[^a-z])(?:util|helper|common|manager)s?(?:[^a-z]|$)/i;

/** The largest number of lines of a file. */
const MOST_LINES = { provider: 300, others: 360 };

/** Ways around the compiler that biome allows. */
const evasions = [new RegExp(`@ts-${"expect"}-error|@ts-${"no"}check`), new RegExp(`\\bas ${"unknown"} as\\b`)];

/** Functions that take any number of arguments. A list of some hundred thousand exceeds the stack. */
const TAKES_ARGUMENTS = /\.(?:push|unshift|splice|concat|max|min|fromCharCode|fromCodePoint)$/;

const sources = ["provider", "test", "tools", "examples", "bench"].flatMap((folder) => [
  ...filesIn(folder, ".ts"),
  ...filesIn(folder, ".mjs"),
]);

describe("style rules", () => {
  it("no file and no folder has an empty name", () => {
    const words = (part: string) => path.parse(part).name.replace(/(?=[A-Z])/g, " ");
    assert.deepEqual(
      sources.filter((file) => file.split("/").some((part) => EMPTY_WORDS.test(words(part)))),
      [],
    );
  });

  it(`no file of provider/ has more than ${MOST_LINES.provider} lines, and no other more than ${MOST_LINES.others}`, () => {
    const limit = (file: string) => (file.startsWith("provider/") ? MOST_LINES.provider : MOST_LINES.others);
    assert.deepEqual(
      sources.filter((file) => textOf(file).split("\n").length > limit(file)),
      [],
    );
  });

  it("no compiler error is suppressed, and no assertion goes through unknown", () => {
    assert.deepEqual(
      sources.filter((file) => evasions.some((evasion) => evasion.test(textOf(file)))),
      [],
    );
  });

  it("no list is spread over the arguments of a function that takes any number of them", () => {
    const found: string[] = [];
    const look = (node: ts.Node) => {
      if (!ts.isCallExpression(node) || !node.arguments.some(ts.isSpreadElement)) return;
      if (TAKES_ARGUMENTS.test(node.expression.getText())) found.push(locationOf(node));
    };
    for (const file of filesIn("provider")) walk(parsed(file), look);
    assert.deepEqual(found, []);
  });
});
