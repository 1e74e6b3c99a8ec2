import assert from "node:assert/strict";
import { looksLikeName, looksLikePath, looksLikeRegion } from "../../../../provider/rhombus/redaction/presentable";

const keys = [
  "acmeEmulatorKey0000001",
  "Y1vE5bXrQvqmgMIFBqNtEA",
  "rbs_CANARYCANARY0123456789abc",
  "0123456789abcdef0123456789abcdef",
  "MC4CAQAwBQYDK2VwBCIEIDmiJvgXZlIi/Zb1ONLYe+v5XtmYvCtj7QdGWYfFrs1n",
];

describe("the value of a setting in a message", () => {
  for (const key of keys) {
    it(`is not shown if it is a key, such as ${key}`, () => {
      const shown = [looksLikeName, looksLikeRegion, looksLikePath].map((looksLike) => looksLike(key));
      assert.deepEqual(shown, [false, false, false]);
    });
  }

  for (const [looksLike, shown, hidden] of [
    [looksLikeName, ["default", "acme-prod", "Acme_2", "eu.clinic"], ["", "acme prod", "[acme", "ab12cd34ef56"]],
    [looksLikeRegion, ["mars", "EU ", "eu-west-1", "us2"], ["", "two words", "a-name-of-too-many-characters"]],
    [
      looksLikePath,
      ["client.pem", "~/certs", "/var/folders/n0000000000000000000000gn/T/c.pem", "C:\\c"],
      ["client", "0123456789abcdef01234567.pem", "/0123456789abcdef01234567", "head.pay.signature", ".env"],
    ],
  ] as const) {
    it(`is shown or not: ${looksLike.name}`, () => {
      for (const text of shown) assert.equal(looksLike(text), true, text);
      for (const text of hidden) assert.equal(looksLike(text), false, text);
    });
  }
});
