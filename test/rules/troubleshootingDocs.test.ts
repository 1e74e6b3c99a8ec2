import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(__dirname, "../..");

/** What Node and Pulumi say, which is not ours to hold. */
const STRANGERS = [
  "Cannot find module",
  "toJavaScript",
  "reading 'configure'",
  "pending operations",
  "reading from server: EOF",
  "the stack is currently locked by",
];

describe("the README", () => {
  const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");

  it("quotes messages as the code has them", () => {
    const code = sourceText();
    const missing = quotedMessages(readme).filter((message) => {
      const parts = message.split("…").map((part) => part.trim().replace(/[.;,:()]+$/, ""));
      return parts.some((part) => part.length > 5 && !code.includes(part));
    });
    assert.deepEqual(missing, []);
  });

  it("begins with the whole program of examples/quickstart", () => {
    const program = readFileSync(path.join(ROOT, "examples/quickstart/index.ts"), "utf8");
    assert.ok(readme.slice(0, 2500).includes(`// examples/quickstart/index.ts\n${program}\`\`\``));
  });
});

function quotedMessages(readme: string): string[] {
  const [, section = ""] = readme.split("## Troubleshooting");
  const rows = [...section.matchAll(/^\| `(?<message>[^`]+)`/gm)].map(({ groups }) => groups?.message ?? "");
  return rows.filter((message) => !STRANGERS.some((words) => message.includes(words)));
}

/** All sources, with texts that are put together over several lines in one piece. */
function sourceText(): string {
  return readdirSync(path.join(ROOT, "provider"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(path.join(ROOT, "provider", name), "utf8"))
    .join("\n")
    .replace(/["'`] \+\s*["'`]/g, "");
}
