import assert from "node:assert/strict";
import { inspect } from "node:util";
import { RhombusError } from "../../../../provider/rhombus/errors/rhombusError";

const asIs = (text: string) => text;

describe("RhombusError", () => {
  const facts = { operation: "getOrgV2", kind: "auth", outcome: "refused" } as const;

  for (const [what, remedy, message] of [
    ["403 Access Denied", "Use another key.", "403 Access Denied. Use another key."],
    ["Really?", "Use another key.", "Really? Use another key."],
    ["No.", undefined, "No."],
  ] as const) {
    it(`has operation, failure and remedy in one line: ${message}`, () => {
      const error = new RhombusError({ ...facts, what, remedy }, asIs);
      assert.equal(error.message, `getOrgV2 failed: ${message}`);
      assert.deepEqual([error.name, error.cause], ["RhombusError", undefined]);
    });
  }

  it("redacts every field and removes line breaks", () => {
    const texts = { what: "hunter22\nwas here", vendorMessage: "hunter22\r\nsaid", remedy: "forget\thunter22" };
    const error = new RhombusError({ ...facts, ...texts }, (text) => text.replaceAll("hunter22", "[secret]"));
    assert.equal(error.message, "getOrgV2 failed: [secret] was here. forget [secret]");
    assert.equal(error.vendorMessage, "[secret] said");
    assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /hunter22/);
    assert.doesNotMatch(JSON.stringify(error), /hunter22/);
  });

  it("has no invisible characters, in any field", () => {
    const words = "\u202eall\u{e0041} is\u200b well\u001b[2J\u2028\ud800";
    const error = new RhombusError({ ...facts, what: words, vendorMessage: words, remedy: words }, asIs);
    const shown = [error.message, String(error), error.vendorMessage ?? "", error.remedy ?? ""].join("");
    assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Zl}\p{Cs}]/u);
    assert.equal(error.vendorMessage, "\ufffdall\ufffd is\ufffd well [2J \ufffd");
  });
});
