import assert from "node:assert/strict";
import { pages } from "./pages";
import { filesIn, textOf } from "./sources";

/** The long options of all commands, as their declarations in the source name them. */
const options = filesIn("provider/cli").flatMap((file) =>
  [...textOf(file).matchAll(/(?:new Option|\.option)\(\s*"(?:-\w, )?(--[a-z-]+)/g)].map(([, option = ""]) => option),
);

describe("the pages on the commands", () => {
  it("name every option of every command", () => {
    const text = pages
      .filter((page) => page.startsWith("docs/"))
      .map(textOf)
      .join("\n");
    assert.ok(options.length > 20);
    assert.deepEqual(
      [...new Set(options)].filter((option) => !new RegExp(`${option}\\b`).test(text)),
      [],
    );
  });
});
