import assert from "node:assert/strict";
import { newCanary } from "./canaries";
import { LeakScan } from "./leakScan";
import { formsOf } from "./secretForms";

const pem = `-----BEGIN PRIVATE KEY-----\n${"Ab1+".repeat(16)}\n${"Cd2/".repeat(16)}\n-----END PRIVATE KEY-----\n`;

/** A scan of one text for one secret, which becomes known later. */
function scanOf(secret: string, textOf: (scan: LeakScan) => string): LeakScan {
  const scan = new LeakScan();
  const scenario = scan.scenario();
  scenario.record("a log", textOf(scan));
  scenario.secret("a key", secret);
  scenario.end();
  return scan;
}

describe("the search for secrets", () => {
  const canary = newCanary();

  it("finds each form, the last part of an address and a line of a private key, and does not show them", () => {
    for (const [form, written] of formsOf(canary)) {
      const [leak] = scanOf(canary, () => `before ${written} after`).leaks.filter((each) => each.form === form);
      assert.ok(leak && !leak.around.includes(written), form);
    }
    assert.equal(scanOf(pem, () => `x${"Cd2/".repeat(16)}x`).leaks[0]?.form, "as it is");
    assert.equal(scanOf("https://a.example/hooks/kTokenTokenTokenTokenA", () => "…/kTokenTokenTo…").leaks.length, 1);
  });

  it("finds nothing in a redacted text", () => {
    const text = `[secret] ${canary.length} -----BEGIN PRIVATE KEY----- https://a.example/hooks/`;
    assert.deepEqual(scanOf(canary, () => text).leaks, []);
  });

  it("fails for a leak, for channels that were not recorded, and for secrets that did not exist", () => {
    const expected = { canaries: ["a key"], channels: ["a log"] };
    const scan = scanOf(canary, ({ marker }) => marker);
    assert.throws(() => scan.verify({ ...expected, canaries: ["a key", "another"] }), /did not exist/);
    assert.throws(() => scan.verify({ ...expected, channels: ["a log", "a letter"] }));
    assert.throws(() => scanOf(canary, () => "nothing").verify(expected), /not recorded/);
  });
});
