import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { linksOn, snippetsOn } from "./pages";
import { filesIn, ROOT, textOf } from "./sources";

/** The pages that are written by hand. */
const pages = [
  ...readdirSync(ROOT).filter((file) => file.endsWith(".md")),
  ...["bench", "docs", "examples"]
    .filter((folder) => existsSync(path.join(ROOT, folder)))
    .flatMap((folder) => filesIn(folder, ".md")),
].filter((page) => !page.startsWith("docs/reference/"));

describe("the pages", () => {
  it("show code that is compiled and tested: every block of TypeScript names its file and is a part of it", () => {
    const strangers = pages.flatMap((page) =>
      snippetsOn(textOf(page))
        .filter(
          ({ file, code }) => file === undefined || !existsSync(path.join(ROOT, file)) || !textOf(file).includes(code),
        )
        .map(({ file, code }) => `${page}: ${file ?? "no file"}: ${code.split("\n")[0]}`),
    );
    assert.deepEqual(strangers, []);
  });

  it("link to files that exist", () => {
    const dead = pages.flatMap((page) =>
      linksOn(textOf(page))
        .filter((target) => !existsSync(path.join(ROOT, path.dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    assert.deepEqual(dead, []);
  });

  it("are read as people read them", () => {
    const block = (...lines: string[]) => ["```ts", ...lines, "```", ""].join("\n");
    const page = `${block("// a/b.ts", "one();")}\n<!-- c.ts -->\n${block("two();", "three();")}\n${block("four();")}`;
    assert.deepEqual(snippetsOn(page), [
      { file: "a/b.ts", code: "one();" },
      { file: "c.ts", code: "two();\nthree();" },
      { file: undefined, code: "four();" },
    ]);
    assert.deepEqual(linksOn("[a](b.md#c) [d](https://e.example) [f](#g)"), ["b.md"]);
  });
});
