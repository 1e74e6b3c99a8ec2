import assert from "node:assert/strict";
import { code, columns } from "../../../../provider/cli/output/plainText";

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

  it("cut off a long cell, also in the middle of an emoji, and do not move the others", () => {
    const [short = "", long = "", emoji = "", prose = ""] = columns([
      ["short", "text"],
      ["x".repeat(50_000), "text"],
      [`${"x".repeat(198)}😀😀`, "text"],
      ["short", "x".repeat(50_000)],
    ]);
    assert.equal(short, "  short  text");
    assert.equal(long, `  ${"x".repeat(199)}…  text`);
    assert.equal(emoji, `  ${"x".repeat(198)}…  text`);
    assert.equal(prose, `  short  ${"x".repeat(999)}…`);
  });

  it("do not cut off a cell that just fits", () => {
    const fits = "x".repeat(200);
    assert.deepEqual(columns([[fits, "text"]]), [`  ${fits}  text`]);
  });
});

describe("code of Markdown", () => {
  it("is fenced by more backticks than the text has in a row, however many rows there are", () => {
    assert.equal(code("a `b` ``c``"), "``` a `b` ``c`` ```");
    assert.equal(code("` ".repeat(200_000)).slice(0, 5), "`` ` ");
  });
});
