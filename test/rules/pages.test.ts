import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { anchorsOn, type Link, linesOf, linksOn, pages, snippetsOn } from "./pages";
import { filesIn, ROOT, textOf } from "./sources";

const README_LINES = 150;
const PAGE_LINES = 200;

/** The README's parts, in the order in which a newcomer needs them. */
const HEADINGS = [
  ...["Status", "Requirements", "Install", "A first program", "Try it without an account", "What it guarantees"],
  ...["Resources", "Commands", "Documentation", "Contributing, security, licence"],
];

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

  it("link to files and headings that exist, and have the headings that the code cites", () => {
    const links = pages.flatMap((page) => linksOn(textOf(page)).map((link) => ({ page, ...link })));
    const citations = ["provider", "test", "tools"].flatMap((folder) =>
      filesIn(folder).flatMap((file) =>
        [...textOf(file).matchAll(/(docs\/[\w/-]+\.md)#([\w-]+)/g)].map(([, cited = "", anchor = ""]) => {
          return { page: file, file: path.posix.relative(path.posix.dirname(file), cited), anchor };
        }),
      ),
    );
    assert.deepEqual(
      [...links, ...citations].filter(({ page, ...link }) => !exists(page, link)),
      [],
    );
  });

  it("are short: the README has at most 150 lines, each page in docs at most 200", () => {
    const long = pages
      .filter((page) => page === "README.md" || page.startsWith("docs/"))
      .filter((page) => linesOf(page) > (page === "README.md" ? README_LINES : PAGE_LINES));
    assert.deepEqual(long, []);
  });

  it("are linked: the README or the overview leads to each page in docs", () => {
    const linkedFrom = (page: string) =>
      linksOn(textOf(page)).map(({ file }) => path.posix.join(path.posix.dirname(page), file || "."));
    const linked = ["README.md", "docs/_index.md"].flatMap(linkedFrom);
    const onward = linked.filter((page) => page.startsWith("docs/") && page.endsWith(".md")).flatMap(linkedFrom);
    const reached = new Set([...linked, ...onward]);
    assert.deepEqual(
      pages.filter((page) => page.startsWith("docs/") && !reached.has(page)),
      [],
    );
  });
});

describe("the README", () => {
  const readme = textOf("README.md");

  it("has its parts in order", () => {
    assert.deepEqual(
      [...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
      HEADINGS,
    );
  });

  it("shows the whole program of examples/quickstart and its output before anything else is explained", () => {
    const [first = ""] = readme.split("## Try it without an account");
    assert.ok(first.includes(`// examples/quickstart/index.ts\n${textOf("examples/quickstart/index.ts")}\`\`\``));
    assert.match(first, /\$ pulumi up\n[\s\S]*\+ 3 created/);
  });

  it("makes four claims, each with a link to the page that proves it", () => {
    const [, section = ""] = /## What it guarantees\n([\s\S]*?)\n## /.exec(readme) ?? [];
    const claims = section.trim().split(/\n(?=- )/);
    const linked = claims.filter((claim) => /\]\(docs\/[\w-]+\.md(?:#[\w-]+)?\)\.$/.test(claim));
    assert.deepEqual([claims.length, linked.length], [4, 4]);
  });
});

function exists(page: string, { file, anchor }: Link): boolean {
  const target = file === "" ? page : path.posix.join(path.posix.dirname(page), file);
  if (!existsSync(path.join(ROOT, target))) return false;
  return anchor === "" || anchorsOn(textOf(target)).includes(anchor);
}
