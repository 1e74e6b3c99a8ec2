import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { anchorsOn, type Link, linesOf, linksOn, pages, snippetsOn } from "./pages";
import { filesIn, ROOT, textOf } from "./sources";

const README_LINES = 150;
const PAGE_LINES = 200;

describe("the pages", () => {
  it("show files as they are: a block of TypeScript that names a file is equal to it", () => {
    const different = pages.flatMap((page) =>
      snippetsOn(textOf(page)).flatMap(({ file, code }) =>
        file === undefined || (existsSync(path.join(ROOT, file)) && textOf(file).trimEnd() === code)
          ? []
          : `${page}: ${file}`,
      ),
    );
    assert.deepEqual(different, []);
  });

  it("link to files and headings that exist", () => {
    const dead = pages.flatMap((page) =>
      linksOn(textOf(page))
        .filter((link) => !exists(page, link))
        .map(({ file, anchor }) => `${page}: ${file}#${anchor}`),
    );
    assert.deepEqual(dead, []);
  });

  it("have the headings that the code cites", () => {
    const broken = ["provider", "test", "tools"]
      .flatMap((folder) => filesIn(folder))
      .flatMap((file) =>
        [...textOf(file).matchAll(/(docs\/[\w/-]+\.md)#([\w-]+)/g)]
          .filter(([, page = "", anchor = ""]) => !exists("README.md", { file: page, anchor }))
          .map(([citation]) => `${file}: ${citation}`),
      );
    assert.deepEqual(broken, []);
  });

  it("are short: the README has at most 150 lines, each page in docs at most 200", () => {
    const long = pages
      .filter((page) => page === "README.md" || page.startsWith("docs/"))
      .filter((page) => linesOf(page) > (page === "README.md" ? README_LINES : PAGE_LINES))
      .map((page) => `${page}: ${linesOf(page)}`);
    assert.deepEqual(long, []);
  });

  it("are linked: the README or the overview leads to each page in docs", () => {
    const linked = ["README.md", "docs/_index.md"].flatMap((page) =>
      linksOn(textOf(page)).map(({ file }) => path.posix.join(path.posix.dirname(page), file)),
    );
    const onward = linked
      .filter((page) => page.startsWith("docs/") && page.endsWith(".md"))
      .flatMap((page) =>
        linksOn(textOf(page)).map(({ file }) => path.posix.join(path.posix.dirname(page), file || ".")),
      );
    const reached = new Set([...linked, ...onward]);
    assert.deepEqual(
      pages.filter((page) => page.startsWith("docs/") && !reached.has(page)),
      [],
    );
  });

  it("are parsed: blocks with and without a file, also indented ones, links and anchors", () => {
    const block = (...lines: string[]) => ["```ts", ...lines, "```", ""].join("\n");
    const indented = "   ```ts\n   five();\n     six();\n   ```\n";
    const page = `${block("// a/b.ts", "one();")}\n<!-- c.ts -->\n${block("two();", "three();")}\n${block("four();")}\n${indented}`;
    assert.deepEqual(snippetsOn(page), [
      { file: "a/b.ts", code: "one();" },
      { file: "c.ts", code: "two();\nthree();" },
      { file: undefined, code: "four();" },
      { file: undefined, code: "five();\n  six();" },
    ]);
    assert.deepEqual(linksOn("[a](b.md#c) [d](https://e.example) [f](#g) [h](i.md)"), [
      { file: "b.md", anchor: "c" },
      { file: "", anchor: "g" },
      { file: "i.md", anchor: "" },
    ]);
    assert.deepEqual(anchorsOn("# `doctor`: would it?\n```sh\n# no\n```\n## Import and `get`"), [
      "doctor-would-it",
      "import-and-get",
    ]);
  });
});

function exists(page: string, { file, anchor }: Link): boolean {
  const target = file === "" ? page : path.posix.join(path.posix.dirname(page), file);
  if (!existsSync(path.join(ROOT, target))) return false;
  return anchor === "" || anchorsOn(textOf(target)).includes(anchor);
}
