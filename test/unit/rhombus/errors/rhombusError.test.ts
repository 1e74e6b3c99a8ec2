import assert from "node:assert/strict";
import { inspect } from "node:util";
import { endSentence, RhombusError } from "../../../../provider/rhombus/errors/rhombusError";

const asIs = (text: string) => text;

describe("RhombusError", () => {
  it("has operation, failure and remedy in one line", () => {
    const error = new RhombusError(
      {
        operation: "createAccessControlGroup",
        kind: "auth",
        outcome: "refused",
        status: 403,
        what: "403 Access Denied",
        remedy: "Use another key.",
      },
      asIs,
    );
    assert.equal(error.message, "createAccessControlGroup failed: 403 Access Denied. Use another key.");
    assert.ok(error instanceof Error);
    assert.equal(error.name, "RhombusError");
    assert.equal(error.status, 403);
    assert.equal(error.cause, undefined);
  });

  it("ends after the failure without a remedy", () => {
    const error = new RhombusError({ operation: "getOrgV2", kind: "domain", outcome: "refused", what: "No." }, asIs);
    assert.equal(error.message, "getOrgV2 failed: No.");
  });

  it("redacts every field and removes line breaks", () => {
    const error = new RhombusError(
      {
        operation: "getOrgV2",
        kind: "server",
        outcome: "refused",
        what: "hunter22\nwas here",
        vendorMessage: "hunter22\r\nsaid",
        remedy: "forget\thunter22",
      },
      (text) => text.replaceAll("hunter22", "[secret]"),
    );
    assert.equal(error.message, "getOrgV2 failed: [secret] was here. forget [secret]");
    assert.equal(error.vendorMessage, "[secret] said");
    assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /hunter22/);
    assert.doesNotMatch(JSON.stringify(error), /hunter22/);
  });
});

describe("a vendor's words in an error", () => {
  it("have no unseen characters, in any field", () => {
    const words = "\u202eall\u{e0041} is\u200b well\u001b[2J\u2028\ud800";
    const facts = { operation: "getOrgV2", kind: "server", outcome: "refused" } as const;
    const error = new RhombusError({ ...facts, what: words, vendorMessage: words, remedy: words }, asIs);
    const shown = [error.message, String(error), error.vendorMessage ?? "", error.remedy ?? ""].join("");
    assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Zl}\p{Cs}]/u);
    assert.equal(error.vendorMessage, "\ufffdall\ufffd is\ufffd well [2J \ufffd");
  });
});

describe("sentences of a message", () => {
  it("end with a punctuation mark", () => {
    assert.deepEqual(["a", "a.", "a!", "a?"].map(endSentence), ["a.", "a.", "a!", "a?"]);
  });
});
