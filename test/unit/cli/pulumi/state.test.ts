import assert from "node:assert/strict";
import { explicitProviderIn, memberOf, membersWith, PROVIDER_TYPE, urnOf } from "../../../../provider/cli/pulumi/state";

/** Names that programs may choose, some of which every JavaScript object inherits. */
const names = [
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "a::b",
  "::",
  "a:",
  "x$y z",
  "Zürich 🚪",
  "'\"`",
];

describe("a URN", () => {
  for (const name of names) {
    it(`has the parts that it was made of, with the name ${name}`, () => {
      // Stacks and projects have letters, digits, dots, dashes and underscores.
      const [stack, project] = /^\w+$/.test(name) ? [name, name] : ["dev", "shop"];
      const types = "x:y:constructor$a:b:__proto__$pulumi-nodejs:dynamic/rhombus:AccessControlGroup";
      const parts = urnOf(`urn:pulumi:${stack}::${project}::${types}::${name}`);
      assert.deepEqual(parts, { stack, project, types, name });
    });

    it(`of a provider is the start of a reference, with the name ${name}`, () => {
      const urn = `urn:pulumi:dev::shop::x:y:Site$${PROVIDER_TYPE}::${name}`;
      assert.equal(explicitProviderIn(`${urn}::04da6b54-80e4-46f7-96ec-b56ff0331ba9`), urn);
    });
  }
});

describe("JSON of the Pulumi CLI", () => {
  it("has only its own members, whatever their names are", () => {
    for (const name of names) {
      assert.equal(memberOf({}, name), undefined);
      const own: unknown = JSON.parse(`{${JSON.stringify(name)}:"own"}`);
      assert.equal(memberOf(own, name), "own");
      assert.deepEqual(Object.entries(membersWith(own, (value) => value)), [[name, "own"]]);
    }
  });
});
