import assert from "node:assert/strict";
import { areDifferent, fingerprintOf } from "../../../../provider/core/ownership/fingerprint";
import { map, text } from "../../../../provider/core/schema/fields";
import type { Values } from "../../../../provider/core/schema/values";

const outputs = { token: text({ secret: true }), placeTokens: map(text(), { secret: true }), webhookId: text() };
const fingerprint = (values: Values) => fingerprintOf({ outputs }, values);

describe("core: the fingerprint of an object", () => {
  it("is made of its secrets, at any depth, and of nothing else", () => {
    const found = fingerprint({ token: "t", placeTokens: { "41001": "a" }, webhookId: "w", name: "Staff" });
    assert.deepEqual(Object.fromEntries(found), { token: "t", "placeTokens.41001": "a" });
  });

  const placeTokens = { "41001": "a" };
  const cases: [string, Values, Values, boolean | undefined][] = [
    ["another object if all secrets that both have differ", { token: "t" }, { token: "u", placeTokens }, true],
    ["the same object if one secret is the same", { token: "t", placeTokens }, { token: "u", placeTokens }, false],
    ["nothing if the two have no secret in common", { token: "t" }, { placeTokens }, undefined],
    ["nothing if there are no secrets", {}, {}, undefined],
  ];
  for (const [what, one, other, expected] of cases) {
    it(`proves ${what}`, () => assert.equal(areDifferent(fingerprint(one), fingerprint(other)), expected));
  }
});
