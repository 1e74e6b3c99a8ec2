import assert from "node:assert/strict";
import { areDifferent, fingerprintOf } from "../../../../provider/core/ownership/fingerprint";
import { map, text } from "../../../../provider/core/schema/fields";

const outputs = { token: text({ secret: true }), placeTokens: map(text(), { secret: true }), webhookId: text() };
const definition = { outputs };
const fingerprint = (outputs: Parameters<typeof fingerprintOf>[1]) => fingerprintOf(definition, outputs);

describe("core: the fingerprint of an object", () => {
  it("is made of its secrets, at any depth, and of nothing else", () => {
    const found = fingerprint({ token: "t", placeTokens: { "41001": "a" }, webhookId: "w", name: "Staff" });
    assert.deepEqual(Object.fromEntries(found), { token: "t", "placeTokens.41001": "a" });
  });

  it("proves another object when all secrets that both have differ", () => {
    assert.equal(
      areDifferent(fingerprint({ token: "t" }), fingerprint({ token: "u", placeTokens: { "41001": "a" } })),
      true,
    );
  });

  it("proves nothing when one secret is the same, such as beside one that was renewed", () => {
    const old = fingerprint({ token: "t", placeTokens: { "41001": "a" } });
    assert.equal(areDifferent(old, fingerprint({ token: "u", placeTokens: { "41001": "a" } })), false);
  });

  it("proves nothing when the two have no secret in common", () => {
    assert.equal(areDifferent(fingerprint({ token: "t" }), fingerprint({ placeTokens: { "41001": "a" } })), false);
    assert.equal(areDifferent(fingerprint({}), fingerprint({})), false);
  });
});
