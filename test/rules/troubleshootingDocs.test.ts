import assert from "node:assert/strict";
import { filesIn, textOf } from "./sources";

/** Messages of Node and Pulumi, which this repository cannot hold. */
const FOREIGN = [
  "Cannot find module",
  "toJavaScript",
  "reading 'configure'",
  "pending operations",
  "reading from server: EOF",
  "the stack is currently locked by",
];

/** The first cells of the tables: a message in backticks, where `…` stands for any text. */
const messages = [...textOf("docs/troubleshooting.md").matchAll(/^\| (?:``(.+?)``|`([^`]+)`)/gm)]
  .map(([, doubled, single]) => doubled ?? single ?? "")
  .filter((message) => !FOREIGN.some((words) => message.includes(words)));

/** All sources, with texts that are put together over several lines in one piece. */
const code = filesIn("provider")
  .map(textOf)
  .join("\n")
  .replaceAll("\\`", "`")
  .replace(/["'`] \+\s*["'`]/g, "");

describe("the page on troubleshooting", () => {
  it("quotes messages as the code has them", () => {
    const missing = messages.filter((message) => {
      const parts = message.split("…").map((part) => part.trim().replace(/[.;,:()]+$/, ""));
      return parts.some((part) => part.length > 5 && !code.includes(part));
    });
    assert.deepEqual(missing, []);
  });

  it("has each message once", () => {
    assert.ok(messages.length > 0);
    assert.equal(new Set(messages).size, messages.length);
  });
});
