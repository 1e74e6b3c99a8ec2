import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { faultOf, isOpenToOthers, textOfFile } from "../../../../provider/rhombus/settings/textFile";

describe("small files", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "rhombus-file-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const written = (content: string | Buffer, mode = 0o600) => {
    const file = path.join(folder, "file");
    writeFileSync(file, content);
    chmodSync(file, mode);
    return file;
  };

  it("are read without a byte order mark", () => {
    assert.equal(textOfFile(written("\uFEFFtext")), "text");
  });

  it("have an error with the reason if they cannot be read", () => {
    assert.throws(() => textOfFile(path.join(folder, "none")), { message: "does not exist", isMissing: true });
    assert.throws(() => textOfFile(path.join(written(""), "inside")), { message: "does not exist", isMissing: true });
    assert.throws(() => textOfFile(folder), { message: "is not a file", isMissing: false });
    assert.throws(() => textOfFile(written(Buffer.alloc(1024 * 1024 + 1))), { message: "is larger than 1 MiB" });
    assert.throws(() => textOfFile("a\0b"), { message: /^cannot be read/ });
  });

  for (const [code, expectedText] of [
    ["EACCES", "may not be read by this user"],
    ["EPERM", "may not be read by this user"],
    ["EIO", "cannot be read (EIO)"],
  ] as const) {
    it(`have the error "${expectedText}" after ${code}`, () => {
      assert.equal(faultOf(Object.assign(new Error("inside"), { code })).message, expectedText);
    });
  }

  it("are open to other users with any of their permission bits", () => {
    const open = [0o600, 0o400, 0o640, 0o604, 0o644].map((mode) => isOpenToOthers(written("", mode)));
    assert.deepEqual(open, [false, false, true, true, true]);
  });
});
