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

describe("What is sent to the engine", () => {
  it("has secrets in envelopes, at any depth", () => {
    const sent = toWire({ key: new Secret("k"), map: { inner: [new Secret({ deep: 1 })] }, plain: "p" });
    assert.deepEqual(sent, { key: envelope("k"), map: { inner: [envelope({ deep: 1 })] }, plain: "p" });
  });

  it("has the sentinel for what is unknown, and no envelope around it, as the engine would take that for a text", () => {
    const sent = toWire({ a: UNKNOWN, b: [UNKNOWN], c: new Secret(UNKNOWN), d: new Secret(["x", UNKNOWN]) });
    const { unknownValue } = runtime;
    assert.deepEqual(sent, { a: unknownValue, b: [unknownValue], c: unknownValue, d: envelope(["x", unknownValue]) });
  });

  it("leaves out what is undefined, and keeps null, false, 0 and empty ones", () => {
    const kept = { none: null, no: false, zero: 0, text: "", list: [], map: {} };
    assert.deepEqual(toWire({ ...kept, nothing: undefined }), kept);
  });

  it("has null for a number that JSON does not know", () => {
    assert.deepEqual(toWire({ a: Number.NaN, b: [Number.POSITIVE_INFINITY] }), { a: null, b: [null] });
  });

  it("keeps a key that is the name of something every object inherits", () => {
    const doors = JSON.parse('{"__proto__":{"doorName":"trap"},"constructor":1,"toString":"x"}');
    const sent: object = Object(toWire({ doors }).doors);
    assert.deepEqual(Object.keys(sent), ["__proto__", "constructor", "toString"]);
    assert.equal(Reflect.getPrototypeOf(sent), Object.prototype);
  });

  it("is something that the SDK can always send", () => {
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

describe("What comes from the engine", () => {
  it("has unknowns at any depth where the sentinel stood", () => {
    const { unknownValue } = runtime;
    assert.deepEqual(fromWire({ a: unknownValue, b: { c: [1, unknownValue] } }), {
      a: UNKNOWN,
      b: { c: [1, UNKNOWN] },
    });
  });

  it("is without what is Pulumi's own", () => {
    assert.deepEqual(fromWire({ __provider: "code", __get: true, __defaults: [], name: "x" }), { name: "x" });
  });

  it("keeps keys with underscores below the top, where they are the user's", () => {
    assert.deepEqual(fromWire({ doors: { __x: 1 } }), { doors: { __x: 1 } });
  });

  it("takes undefined for null inside, and refuses what no property can be", () => {
    assert.deepEqual(fromWire({ list: [undefined] }), { list: [null] });
    assert.throws(() => fromWire({ count: 3n }), TypeError);
  });

  it("is what was sent, once the engine has opened the secrets", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }).filter(isOurs), plainValue), (values) => {
        assert.deepEqual(fromWire(toWire(values)), { ...values });
      }),
    );
  });
});

describe("The texts in a value", () => {
  it("are found at any depth and inside secrets, and nothing else is", () => {
    const values: Values = { a: new Secret({ x: "one", y: [new Secret("two"), 3, UNKNOWN, null, true] }) };
    assert.deepEqual(textsIn(values.a), ["one", "two"]);
    assert.deepEqual(textsIn(undefined), []);
  });
});

function isOurs(name: string): boolean {
  return !name.startsWith("__");
}
