import assert from "node:assert/strict";
import { inspect } from "node:util";
import { RhombusError } from "../../../../provider/rhombus/errors/rhombusError";

const asIs = (text: string) => text;

describe("RhombusError", () => {
  const facts = { operation: "getOrgV2", kind: "auth", outcome: "refused" } as const;

  for (const [what, remedy, message] of [
    ["403 Access Denied", "Use another key.", "Use another key. getOrgV2 failed: 403 Access Denied."],
    ["Really?", "Use another key", "Use another key. getOrgV2 failed: Really?"],
    ['Rhombus reported "No."', "Use another key.", 'Use another key. getOrgV2 failed: Rhombus reported "No."'],
    ["No.", undefined, "getOrgV2 failed: No."],
  ] as const) {
    it(`has remedy, operation and failure in one line: ${message}`, () => {
      const error = new RhombusError({ ...facts, what, remedy }, asIs);
      assert.equal(error.message, message);
      assert.equal(error.summary, `getOrgV2 failed: ${what}`);
      assert.deepEqual([error.name, error.cause], ["RhombusError", undefined]);
    });
  }

  it("redacts every field and removes line breaks", () => {
    const texts = { what: "hunter22\nwas here", vendorMessage: "hunter22\r\nsaid", remedy: "forget\thunter22" };
    const error = new RhombusError({ ...facts, ...texts }, (text) => text.replaceAll("hunter22", "[secret]"));
    assert.equal(error.message, "forget [secret]. getOrgV2 failed: [secret] was here.");
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
