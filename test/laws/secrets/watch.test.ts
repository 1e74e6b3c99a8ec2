import assert from "node:assert/strict";
import { canaryNames, formsOf, newCanary } from "./canaries";
import { Watch } from "./watch";

const pem = `-----BEGIN PRIVATE KEY-----\n${"Ab1+".repeat(16)}\n${"Cd2/".repeat(16)}\n-----END PRIVATE KEY-----\n`;

/** A watch that has heard one text while there was one secret. */
function heard(secret: string, text: (watch: Watch) => string): Watch {
  const watch = new Watch();
  const scene = watch.scene();
  scene.hear("a log", text(watch));
  scene.secret("a key", secret);
  scene.end();
  return watch;
}

describe("the search for secrets", () => {
  const canary = newCanary();
  for (const [form, written] of formsOf(canary)) {
    it(`finds one ${form}, also when it becomes known later`, () => {
      const [leak, ...more] = heard(canary, () => `before ${written} after`).leaks.filter((each) => each.form === form);
      assert.deepEqual([leak?.channel, leak?.canary, more], ["a log", "a key", []]);
      assert.ok(!leak?.around.includes(written), "and does not show it itself");
    });
  }

  it("finds one line of a private key, and the last part of an address", () => {
    assert.equal(heard(pem, () => `x${"Cd2/".repeat(16)}x`).leaks[0]?.form, "as it is");
    assert.equal(heard("https://a.example/hooks/kTokenTokenTokenTokenA", () => "…/kTokenTokenTo…").leaks.length, 1);
  });

  it("finds none in what is said of one", () => {
    const { leaks } = heard(
      canary,
      () => `[secret] ${canary.length} -----BEGIN PRIVATE KEY----- https://a.example/hooks/`,
    );
    assert.deepEqual(leaks, []);
  });

  it("fails when a secret has come to light", () => {
    const watch = heard(canary, ({ bait }) => `${bait} ${canary}`);
    assert.ok(watch.leaks.length > 0);
    assert.deepEqual(watch.deaf, []);
  });

  it("fails for a channel in which nothing has been heard", () => {
    const watch = heard(canary, () => "nothing");
    assert.deepEqual(watch.deaf, ["a log"]);
    assert.throws(() => watch.verify({ canaries: [], channels: ["a log"] }), /nothing was heard/);
  });

  it("fails for a secret that was never there, and for a channel that was forgotten", () => {
    const expected = { canaries: ["a key", "another"], channels: ["a log"] };
    const watch = heard(canary, ({ bait }) => bait);
    assert.throws(() => watch.verify(expected), /never there/);
    assert.throws(() => watch.verify({ ...expected, channels: ["a log", "a letter"] }));
  });

  it("knows every secret of the definitions and of the settings", () => {
    const some = ["GeneaIntegration.apiToken", "OnGuardIntegration.adopt", "OnGuardIntegration.webhookUrl"];
    const others = ["KisiIntegration.placeTokens", "rhombus:apiKey", "Provider.clientKey", "RHOMBUS_API_KEY"];
    for (const name of [...some, ...others]) assert.ok(canaryNames.includes(name), name);
  });
});
