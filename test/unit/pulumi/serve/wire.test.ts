import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Secret, UNKNOWN, type Value, type Values } from "../../../../provider/core/schema/values";
import { fromWire, textsIn, toWire } from "../../../../provider/pulumi/serve/wire";

const envelope = (value: unknown) => ({ [runtime.specialSigKey]: runtime.specialSecretSig, value });

const scalars = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.string(), fc.constant(UNKNOWN));
/** Any value made of these, in lists and maps. */
function valuesOf(leaves: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      leaves,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  return value;
}

const plainValue = valuesOf(scalars);
const anyValue = valuesOf(
  fc.oneof(
    scalars,
    plainValue.map((value) => new Secret(value)),
  ),
);

describe("Values that are sent to the engine", () => {
  const { unknownValue } = runtime;
  const empty = { none: null, no: false, zero: 0, text: "", list: [], map: {} };
  const cases: [title: string, values: Values, sent: object][] = [
    [
      "have secrets in envelopes, at any depth",
      { key: new Secret("k"), map: { inner: [new Secret({ deep: 1 })] }, plain: "p" },
      { key: envelope("k"), map: { inner: [envelope({ deep: 1 })] }, plain: "p" },
    ],
    [
      "have the sentinel for unknowns, without an envelope, in which the engine would read a text",
      { a: UNKNOWN, b: [UNKNOWN], c: new Secret(UNKNOWN), d: new Secret(["x", UNKNOWN]) },
      { a: unknownValue, b: [unknownValue], c: unknownValue, d: envelope(["x", unknownValue]) },
    ],
    ["lack undefined ones, but not null, false, 0 and empty ones", { ...empty, nothing: undefined }, empty],
    ["are null for numbers that JSON lacks", { a: Number.NaN, b: [Infinity] }, { a: null, b: [null] }],
  ];
  for (const [title, values, sent] of cases) it(title, () => assert.deepEqual(toWire(values), sent));

  it("include keys that every object inherits", () => {
    const doors = JSON.parse('{"__proto__":{"doorName":"trap"},"constructor":1,"toString":"x"}');
    const sent: object = Object(toWire({ doors }).doors);
    assert.deepEqual(Object.keys(sent), ["__proto__", "constructor", "toString"]);
    assert.equal(Reflect.getPrototypeOf(sent), Object.prototype);
  });

  it("can always be encoded by the SDK", () => {
    // The SDK's protobuf drops a property of this name; no field is called so.
    const name = fc.string().filter((each) => each !== "__proto__");
    fc.assert(
      fc.property(fc.dictionary(name, anyValue), (values) => {
        const sent = toWire(values);
        assert.deepEqual(Object.keys(Struct.fromJavaScript(sent).toJavaScript()).length, Object.keys(values).length);
      }),
    );
  });
});

describe("Values that come from the engine", () => {
  const { unknownValue } = runtime;
  const cases: [title: string, wire: object, values: object][] = [
    ["have unknowns for the sentinel", { a: unknownValue, b: [1, unknownValue] }, { a: UNKNOWN, b: [1, UNKNOWN] }],
    ["lack Pulumi's own properties", { __provider: "code", __get: true, __defaults: [], name: "x" }, { name: "x" }],
    ["include keys with underscores below the top", { doors: { __x: 1 } }, { doors: { __x: 1 } }],
    ["are null for undefined inside", { list: [undefined] }, { list: [null] }],
  ];
  for (const [title, wire, values] of cases) it(title, () => assert.deepEqual(fromWire(wire), values));

  it("are those that were sent, once the engine has opened the secrets", () => {
    const name = fc.string({ minLength: 1 }).filter((each) => !each.startsWith("__"));
    fc.assert(
      fc.property(fc.dictionary(name, plainValue), (values) => {
        assert.deepEqual(fromWire(toWire(values)), { ...values });
      }),
    );
  });

  it("contain texts at any depth and inside secrets", () => {
    const value = new Secret({ x: "one", y: [new Secret("two"), 3, UNKNOWN, null, true] });
    assert.deepEqual([textsIn(value), textsIn(undefined)], [["one", "two"], []]);
  });
});
