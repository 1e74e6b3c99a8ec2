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

  for (const name of ["default", "acme", "acme-prod", "Acme_2", "eu.clinic", "headquarters-staging"]) {
    it(`is the name ${name}`, () => assert.equal(looksLikeName(name), true));
  }

  for (const name of ["", "acme prod", "[acme", "a/b", "ab12cd34ef56", "a-name-of-too-many-characters"]) {
    it(`is not shown for a name: ${JSON.stringify(name)}`, () => assert.equal(looksLikeName(name), false));
  }

  for (const region of ["mars", "EU ", "eu-west-1", "us2"]) {
    it(`is the region ${JSON.stringify(region)}`, () => assert.equal(looksLikeRegion(region), true));
  }

  for (const file of [
    "client.pem",
    "~/certs",
    "certs/none.key",
    "/var/folders/n0000000000000000000000gn/T/c.pem",
    "C:\\c",
  ]) {
    it(`is the path ${file}`, () => assert.equal(looksLikePath(file), true));
  }

  for (const text of [
    "client",
    "0123456789abcdef01234567.pem",
    "/0123456789abcdef01234567",
    "head.pay.signature",
    ".env",
  ]) {
    it(`is not shown for a path: ${text}`, () => assert.equal(looksLikePath(text), false));
  }
});
