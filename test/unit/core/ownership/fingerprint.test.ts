import assert from "node:assert/strict";
import { areDifferent, fingerprintOf } from "../../../../provider/core/ownership/fingerprint";
import { map, text } from "../../../../provider/core/schema/fields";

const outputs = { token: text({ secret: true }), placeTokens: map(text(), { secret: true }), webhookId: text() };
const definition = { outputs };
const traits = (outputs: Parameters<typeof fingerprintOf>[1]) => fingerprintOf(definition, outputs);

describe("core: what tells an object from its successor", () => {
  it("is its secrets, at any depth, and nothing that may be seen", () => {
    const found = traits({ token: "t", placeTokens: { "41001": "a" }, webhookId: "w", name: "Staff" });
    assert.deepEqual(Object.fromEntries(found), { token: "t", "placeTokens.41001": "a" });
  });

  it("holds when all that both have differs", () => {
    assert.equal(areDifferent(traits({ token: "t" }), traits({ token: "u", placeTokens: { "41001": "a" } })), true);
  });

  it("does not hold when one of them is the same, such as beside one that was renewed", () => {
    const old = traits({ token: "t", placeTokens: { "41001": "a" } });
    assert.equal(areDifferent(old, traits({ token: "u", placeTokens: { "41001": "a" } })), false);
  });

  it("does not hold when they have nothing in common", () => {
    assert.equal(areDifferent(traits({ token: "t" }), traits({ placeTokens: { "41001": "a" } })), false);
    assert.equal(areDifferent(traits({}), traits({})), false);
  });
});
