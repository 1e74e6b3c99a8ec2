import assert from "node:assert/strict";
import fc from "fast-check";
import { plainJson, plainLines, plainText } from "../../../../provider/rhombus/redaction/plainText";

/** Unseen characters, by their kind. */
const invisible: Readonly<Record<string, readonly number[]>> = {
  "marks of direction": [0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
  "zero width": [0xad, 0x34f, 0x180e, 0x200b, 0x200c, 0x200d, 0x2060, 0x2061, 0x2064, 0x206a, 0x206f, 0xfeff],
  tags: [0xe0000, 0xe0001, 0xe0020, 0xe0041, 0xe007f],
  "variation selectors": [0xfe00, 0xfe0e, 0xfe0f, 0xe0100, 0xe01ef],
  fillers: [0x115f, 0x1160, 0x2800, 0x3164, 0xffa0],
  annotations: [0xfff9, 0xfffa, 0xfffb],
  "halves of a pair": [0xd800, 0xdbff, 0xdc00, 0xdfff],
};

const controls = [...Array(0x20).keys(), 0x7f, ...Array.from({ length: 0x20 }, (_, at) => 0x80 + at)];

describe("a foreign text", () => {
  for (const [kind, codes] of Object.entries(invisible)) {
    it(`shows ${kind}`, () => {
      for (const code of codes) {
        const character = code >= 0xd800 && code <= 0xdfff ? String.fromCharCode(code) : String.fromCodePoint(code);
        assert.equal(plainText(`a${character}b`), "a\ufffdb", code.toString(16));
        assert.equal(plainLines(`a${character}b`), "a\ufffdb", code.toString(16));
      }
    });
  }

  it("has spaces for control characters and line ends", () => {
    for (const code of [...controls, 0x2028, 0x2029]) {
      assert.equal(plainText(`a${String.fromCharCode(code)}b`), "a b", code.toString(16));
    }
    assert.equal(plainText(" a\u001b[31m\r\n\tb\u2028c\u0000 "), "a [31m b c");
    assert.equal(plainLines("a\r\n  b\tc\rd\u2029e\u009bf"), "a\n  b\tc d e f");
  });

  it("keeps scripts of all directions, accents and emoji", () => {
    const texts = [
      "Büro 3. Stock",
      "東京オフィス",
      "مبنى الإدارة",
      "בניין",
      "e\u0301",
      "☎️ Lobby",
      "👩🏽‍💻",
      "❤️‍🔥 ok",
      "10 ½ €",
    ];
    for (const text of texts) assert.equal(plainText(text), text);
  });

  it("is not changed a second time", () => {
    const texts = fc.string({ unit: "binary" });
    fc.assert(fc.property(texts, (text) => plainText(plainText(text)) === plainText(text)));
    fc.assert(fc.property(texts, (text) => plainLines(plainLines(text)) === plainLines(text)));
    fc.assert(fc.property(texts, (text) => plainLines(plainText(text)) === plainText(text)));
  });

  it("loses nothing in JSON", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const written = plainJson(JSON.stringify({ [text]: [text] }, undefined, 2));
        assert.equal(plainLines(written), written);
        assert.deepEqual(JSON.parse(written), { [text]: [text] });
      }),
    );
  });
});
