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
