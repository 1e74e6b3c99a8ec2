import assert from "node:assert/strict";
import { Terminal } from "../../../../provider/cli/output/terminal";

/** A terminal, and what was written to it. */
function opened(env: Readonly<Record<string, string>> = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = new Terminal(
    { write: (text: string) => out.push(text) },
    { write: (text: string) => err.push(text) },
    env,
  );
  return { terminal, written: () => ({ out: out.join(""), err: err.join("") }) };
}

describe("the terminal of a command", () => {
  it("shows no secret that the command has learned, nor one of the environment", () => {
    const { terminal, written } = opened({ PULUMI_ACCESS_TOKEN: "pul-0123456789", PULUMI_CONFIG_PASSPHRASE: "short" });
    terminal.redactor.add("learned-later");
    terminal.print("pul-0123456789 learned-later short\n");
    terminal.log("Error: pul-0123456789");
    assert.deepEqual(written(), { out: "[secret] [secret] short\n", err: "Error: [secret]\n" });
  });

  it("shows all there is in a text, and keeps lines and columns", () => {
    const { terminal, written } = opened();
    terminal.print("a\u202eb\u{e0041}\n  c\u001b[2J  d\u2028e\n");
    assert.equal(written().out, "a\ufffdb\ufffd\n  c [2J  d e\n");
  });

  const long = "x".repeat(50_000);
  const cut = (length: number) => `${"x".repeat(length - 1)}…`;
  for (const [what, line, expected] of [
    ["a quoted name", `import: group "${long}": change "its name".`, `import: group "${cut(255)}": change "its name".`],
    ["a name with escapes", `"${"\\u202e".repeat(9_000)}" is long`, `"${"\\u202e".repeat(42)}…" is long`],
    ["quotes in a name", `"${'\\"'.repeat(25_000)}" is long`, `"${'\\"'.repeat(127)}…" is long`],
    ["a cell of a table", `  ${long}  text  text`, `  ${cut(255)}  text  text`],
    ["a sentence", `error: ${long}`, `error: ${cut(1_993)}`],
    ["a name with spaces", `error: ${"x  ".repeat(20_000)}.`, `error: ${"x  ".repeat(664)}…`],
    ["an emoji at the end", `"${"x".repeat(253)}😀😀"`, `"${"x".repeat(253)}…"`],
    ["what just fits", `a "${"x".repeat(255)}"`, `a "${"x".repeat(255)}"`],
  ] as const) {
    it(`cuts off long parts of a line: ${what}`, () => {
      const { terminal, written } = opened();
      terminal.print(`${line}\nnext\n`);
      terminal.log(line);
      assert.deepEqual(written(), { out: `${expected}\nnext\n`, err: `${expected}\n` });
    });
  }

  it("shows no part of a secret where a line is cut off", () => {
    const { terminal, written } = opened({ GITHUB_TOKEN: "ghp-canary-0123456789" });
    for (const length of [240, 250, 1_990]) {
      const name = `${"x".repeat(length)}ghp-canary-0123456789${long}`;
      for (const text of [`"${name}" is long`, `  ${name}  text`, name]) terminal.print(`${text}\n`);
    }
    assert.doesNotMatch(written().out, /ghp/);
  });

  it("hides no other line if a line looks as if it began a secret, and in a document nothing", () => {
    const { terminal, written } = opened({ GITHUB_TOKEN: "ghp-canary-0123456789" });
    const lines = "A apiToken='\nnext ghp-canary-0123456789\n`http://x.example/webhook` and\n";
    terminal.print(lines);
    assert.equal(written().out, "A apiToken='\nnext [secret]\n`[webhook URL] and\n");
    terminal.printDocument(lines);
    assert.ok(written().out.endsWith("A apiToken='\nnext [secret]\n`http://x.example/webhook` and\n"));
  });

  it("does not cut off a document", () => {
    const { terminal, written } = opened();
    terminal.printDocument(`"${long}"\n`);
    assert.equal(written().out, `"${long}"\n`);
  });

  it("writes JSON in which nothing is lost but secrets, in names as well as in values", () => {
    const { terminal, written } = opened({ GITHUB_TOKEN: "ghp-canary" });
    const content = {
      "a\u202eb": ["\u{e0041}\n", 1, null, true],
      "ghp-canary": "x ghp-canary",
      ["__proto__"]: { x: "y" },
    };
    terminal.printJson(content);
    assert.doesNotMatch(written().out, /[\p{Cf}\p{Cs}]/u);
    const expected = {
      "a\u202eb": ["\u{e0041}\n", 1, null, true],
      "[secret]": "x [secret]",
      ["__proto__"]: { x: "y" },
    };
    assert.deepEqual(JSON.parse(written().out), expected);
  });

  it("does not change what has to stay as it is", () => {
    const { terminal, written } = opened({ RHOMBUS_API_KEY: "acme-made-up-key" });
    terminal.printVerbatim("export RHOMBUS_API_KEY=acme-made-up-key\n\tx\n");
    assert.equal(written().out, "export RHOMBUS_API_KEY=acme-made-up-key\n\tx\n");
  });
});
