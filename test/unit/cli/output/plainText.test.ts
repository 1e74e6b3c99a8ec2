import assert from "node:assert/strict";
import { code, columns, quoted } from "../../../../provider/cli/output/plainText";

describe("columns", () => {
  it("align the rows, and replace line breaks and invisible characters", () => {
    assert.deepEqual(
      columns([
        ["a", "b\nb", "c"],
        ["aaa", "\u202e", ""],
        ["a", "bbbb", "cc"],
      ]),
      ["  a    b b   c", "  aaa  \ufffd", "  a    bbbb  cc"],
    );
    assert.deepEqual(columns([]), []);
  });

  it("format many rows", () => {
    const rows = columns(Array.from({ length: 130_000 }, (_, row) => [`${row}`, "text"]));
    assert.deepEqual([rows.length, rows.at(-1)], [130_000, "  129999  text"]);
  });

  it("do not move the other rows if a cell is long", () => {
    const long = "x".repeat(300);
    assert.deepEqual(
      columns([
        ["short", "text"],
        [long, "text"],
      ]),
      ["  short  text", `  ${long}  text`],
    );
  });
});

describe("code of Markdown", () => {
  it("is fenced by more backticks than the text has in a row, however many rows there are", () => {
    assert.equal(code("a `b` ``c``"), "``` a `b` ``c`` ```");
    assert.equal(code("` ".repeat(200_000)).slice(0, 5), "`` ` ");
  });
});

describe("a value that looks as if it began a secret", () => {
  for (const [value, shown] of [
    ["A apiToken={", "A apiToken=[secret]"],
    ["A apiToken='", "A apiToken='"],
    ["A apiToken='b", "A apiToken='[secret]"],
    ["The presharedSecret: [", "The presharedSecret: [secret]"],
    ["http://x.example/webhook", "[webhook URL]"],
  ] as const) {
    it(`hides nothing but itself: ${value}`, () => {
      assert.equal(code(value), `\`${shown}\``);
      assert.equal(quoted(value), `"${shown}"`);
      assert.deepEqual(columns([[value, "text"]]), [`  ${shown}  text`]);
    });
  }
});
