import assert from "node:assert/strict";
import ts from "typescript";
import { camelCase, Identifiers, identifierOf, kebabCase } from "../../../../provider/cli/import/names";

describe("the names in an imported program", () => {
  it("are readable, in any alphabet", () => {
    const texts = ["HQ lobby", "Ada O’Kafor", "Zürich 2", "夜間 警備", "서울 본사"];
    const names = ["hqLobby", "adaOKafor", "zurich2", "夜間警備", "서울본사"];
    assert.deepEqual(texts.map(identifierOf), names);
    assert.deepEqual(texts.slice(0, 4).map(camelCase), names.slice(0, 4));
    assert.equal(kebabCase("Headquarters OnGuard (new)"), "headquarters-onguard-new");
    assert.equal(kebabCase("long ".repeat(30)).length, 59);
  });

  it("are unique, not reserved, and do not begin with a digit", () => {
    const identifiers = new Identifiers();
    const texts = ["class", "1st floor", "Lobby", "lobby", "LOBBY", "…"];
    const names = ["classCamera", "camera1stFloor", "lobby", "lobbyCamera", "lobbyCamera2", "camera"];
    assert.deepEqual(
      texts.map((text) => identifiers.take(text, "camera")),
      names,
    );
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
});
