import assert from "node:assert/strict";
import { inspect } from "node:util";
import {
  containsUnknown,
  entryOf,
  haveSameKeys,
  isValueMap,
  pathText,
  Secret,
  UNKNOWN,
  valueFrom,
} from "../../../../provider/core/schema/values";

describe("core: values", () => {
  it("never prints a secret, and prints an unknown value as [unknown]", () => {
    const secret = new Secret("s3cr3t-value");
    const printed = [`${secret}`, JSON.stringify({ secret }), [secret].join(), inspect({ secret }, { depth: 9 })];
    for (const text of [...printed, inspect(secret, { showHidden: true })])
      assert.match(text, /^[^3]*\[secret\][^3]*$/);
    assert.equal(`${UNKNOWN}`, "[unknown]");
  });

  it("finds an unknown value at any depth, also inside a secret", () => {
    for (const value of [UNKNOWN, [UNKNOWN], { a: { b: [UNKNOWN] } }, new Secret({ a: UNKNOWN })]) {
      assert.ok(containsUnknown(value));
    }
    assert.ok(!containsUnknown({ a: [null, "x", 1, new Secret("x")] }));
  });

  it("treats only own properties as entries", () => {
    assert.equal(entryOf({}, "constructor"), undefined);
    assert.equal(entryOf(JSON.parse('{"__proto__": 1}'), "__proto__"), 1);
    assert.equal(entryOf(["a"], "0"), undefined);
  });

  it("distinguishes maps from lists, secrets, unknown values and undefined", () => {
    assert.ok(isValueMap({}));
    for (const other of [null, [], new Secret("x"), UNKNOWN, "x", undefined]) assert.ok(!isValueMap(other));
  });

  it("compares only the keys of maps, at every depth", () => {
    assert.ok(haveSameKeys({ a: { b: 1, c: [] } }, { a: { c: ["x"], b: null } }));
    assert.ok(!haveSameKeys({ a: { b: 1 } }, { a: {} }));
    assert.ok(!haveSameKeys({ a: {} }, { a: { b: 1 } }));
    assert.ok(!haveSameKeys({}, JSON.parse('{"__proto__": 1}')));
    assert.deepEqual([haveSameKeys(undefined, undefined), haveSameKeys(undefined, false)], [true, false]);
  });

  it("converts JSON, and undefined to null", () => {
    assert.deepEqual(valueFrom({ a: [undefined, 1] }), { a: [null, 1] });
    assert.equal(JSON.stringify(valueFrom(JSON.parse('{"__proto__": {"a": 1}}'))), '{"__proto__":{"a":1}}');
  });

  it("converts the properties of objects that are not plain, at any depth", () => {
    const door = Object.assign(Object.create({ inherited: 1 }), { doorName: "Lobby" });
    for (const read of [valueFrom({ deep: [door] }), valueFrom({ deep: [Object.assign(Object.create(null), door)] })]) {
      assert.deepStrictEqual(read, { deep: [{ doorName: "Lobby" }] });
    }
  });

  it("refuses values that JSON cannot represent", () => {
    for (const value of [() => 1, Symbol("x"), 1n, { deep: [() => 1] }]) {
      assert.throws(() => valueFrom(value), { name: "TypeError", message: /is not a valid property value/ });
    }
  });

  it("writes a path in the syntax of TypeScript", () => {
    assert.equal(pathText(["doorInfoMap", "1:4", "doorName"]), 'doorInfoMap["1:4"].doorName');
    assert.equal(pathText(["places", "4821"]), 'places["4821"]');
    assert.equal(pathText(["users", 0]), "users[0]");
    assert.equal(pathText(["map", 'a"b', "__proto__"]), 'map["a\\"b"].__proto__');
  });
});
