import assert from "node:assert/strict";
import ts from "typescript";
import { camelCase, Identifiers, identifierOf, kebabCase, Names } from "../../../../provider/cli/import/names";
import { call, commentOf, literal, statement } from "../../../../provider/cli/import/printer";
import { progressOn } from "../../../../provider/cli/import/progress";
import { matchesPattern } from "../../../../provider/cli/import/selection";

describe("the names that an import gives", () => {
  it("are readable, in any alphabet", () => {
    const texts = ["HQ lobby", "Ada O’Kafor", "Zürich 2", "夜間 警備"];
    assert.deepEqual(texts.map(camelCase), ["hqLobby", "adaOKafor", "zurich2", "夜間警備"]);
    assert.deepEqual([...texts, "서울 본사"].map(identifierOf), [
      "hqLobby",
      "adaOKafor",
      "zurich2",
      "夜間警備",
      "서울본사",
    ]);
    assert.equal(kebabCase("Headquarters OnGuard (new)"), "headquarters-onguard-new");
    assert.equal(kebabCase("long ".repeat(30)).length, 59);
  });

  it("are unique, no reserved words, and do not begin with a digit", () => {
    const identifiers = new Identifiers();
    const taken = ["class", "1st floor", "Lobby", "lobby", "LOBBY", "…"].map((text) =>
      identifiers.take(text, "camera"),
    );
    assert.deepEqual(taken, ["classCamera", "camera1stFloor", "lobby", "lobbyCamera", "lobbyCamera2", "camera"]);
  });

  it("are valid for every compiler, with any character", () => {
    const target = ts.ScriptTarget.ES2015;
    for (let start = 0; start <= 0x10ffff; start += 0x400) {
      const words = Array.from({ length: 0x400 }, (_, offset) => `a${String.fromCodePoint(start + offset)}`);
      const identifier = identifierOf(words.join(" "));
      const isName = Array.from(identifier).every((each) => ts.isIdentifierPart(each.codePointAt(0) ?? 0, target));
      assert.ok(isName, `U+${start.toString(16)} to U+${(start + 0x3ff).toString(16)}`);
    }
  });

  it("are numbered from 2", () => {
    const names = new Names(["night-shift"]);
    assert.deepEqual(
      [names.take(["night-shift"], "-"), names.take(["night-shift"], "-")],
      ["night-shift-2", "night-shift-3"],
    );
  });
});

describe("the text of an imported program", () => {
  it("keeps a name inside its quotes or its comment", () => {
    const code = call("f", [literal('a"b\\c\u202e\u2028$\u007bx}')]);
    assert.equal(statement("", code), "f('a\"b\\\\c\\u202e\\u2028\\u0024{x}');\n");
    assert.equal(commentOf("one\n// two\u2029\u202ethree\u0007"), "// one // two \ufffdthree");
  });
});

describe("a pattern of names", () => {
  const cases: readonly (readonly [pattern: string, name: string, isFit: boolean])[] = [
    ["*", "", true],
    ["night*", "Night shift", true],
    ["*shift", "Night shift!", false],
    ["?ight*", "Night", true],
    ["a.c", "abc", false],
    ["*a*b*c*", "xxaxxbxxc", true],
    ["é", "e\u0301", true],
    ["ΟΔΟΣ*", "οδοσα", true],
    [" night shift", "Night shift ", true],
    [`${"*a".repeat(30)}b`, "a".repeat(5000), false],
  ];
  for (const [pattern, name, isFit] of cases) {
    it(`${isFit ? "matches" : "does not match"}: ${pattern.slice(0, 10)} and ${name.slice(0, 12)}`, () => {
      assert.equal(matchesPattern(name, pattern), isFit);
    });
  }
});

describe("the bar of a long reading", () => {
  const run = (total: number, isTTY: boolean) => {
    let written = "";
    const write = (text: string) => {
      written += text;
    };
    const progress = progressOn({ isTTY, write }, total);
    for (let done = 0; done < total; done += 1) progress.advance();
    progress.end();
    return written;
  };

  it("grows in one line of a terminal, and is removed at the end", () => {
    const written = run(40, true);
    assert.match(written, /^\r\[\.{30}\] 0\/40\r\[\.{30}\] 1\/40\r\[#\.{29}\] 2\/40/);
    assert.ok(written.endsWith(`\r[${"#".repeat(30)}] 40/40\r\u001b[K`));
    assert.ok(!written.includes("\n"));
  });

  it("is not shown without a terminal, nor for a few items", () => {
    assert.deepEqual([run(40, false), run(5, true)], ["", ""]);
  });
});
