import assert from "node:assert/strict";
import { filesIn, textOf } from "./sources";

const readme = textOf("README.md");

/** The README's parts, in the order in which a newcomer needs them. */
const HEADINGS = [
  "Status",
  "Requirements",
  "Install",
  "A first program",
  "Try it without an account",
  "What it guarantees",
  "Resources",
  "Commands",
  "Documentation",
  "Contributing, security, licence",
];

describe("the README", () => {
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
    assert.equal(claims.length, 4);
    assert.deepEqual(
      claims.filter((claim) => !/\]\(docs\/[\w-]+\.md(?:#[\w-]+)?\)\.$/.test(claim)),
      [],
    );
  });

  it("lists every command, and no other", () => {
    const commands = filesIn("provider/cli").flatMap((file) =>
      [...textOf(file).matchAll(/new Command\("(\w+)"\)/g)].map(([, name]) => name),
    );
    const listed = [...readme.matchAll(/^\| `npx pulumi-rhombus (\w+)`/gm)].map(([, name]) => name);
    assert.deepEqual(listed.sort(), commands.sort());
  });
});

describe("the pages on the commands", () => {
  it("name every option of every command", () => {
    const option = /(?:new Option|\.option)\(\s*"(?:-\w, )?(--[a-z-]+)/g;
    const options = filesIn("provider/cli").flatMap((file) =>
      [...textOf(file).matchAll(option)].map(([, name]) => name),
    );
    const text = filesIn("docs", ".md").map(textOf).join("\n");
    assert.ok(options.length > 20);
    assert.deepEqual(
      options.filter((name) => !new RegExp(`${name}\\b`).test(text)),
      [],
    );
  });
});
