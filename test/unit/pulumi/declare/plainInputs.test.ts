import assert from "node:assert/strict";
import vm from "node:vm";
import { type Inputs, output, type Resource, runtime, secret } from "@pulumi/pulumi";
import * as rhombus from "../../../../provider";
import { campusSeed } from "../../../../provider/emulator";
import { plainInput } from "../../../../provider/pulumi/declare/plainInputs";
import { mockEngine } from "../mocked";

class Door {
  readonly doorName = "Lobby";
}

const doors = { "1:4": { doorName: "Lobby" } };

/** JavaScript and the SDK take such a key for the prototype, and the entry is lost. */
const NO_PROTO =
  /is an object with the key `__proto__`, .* Pulumi's SDK cannot send: write a plain object without that key/;

/** Values that are not plain, and the error about each. */
const odd: readonly [value: unknown, said: RegExp][] = [
  [new Map(Object.entries(doors)), /is a Map: write `Object\.fromEntries\(map\)`/],
  [new Map(), /is a Map/],
  [new Set([campusSeed.acme.cameras.lobby.uuid]), /is a Set: write `\[\.\.\.set\]`/],
  [new Date(0), /is a Date: write `date\.toISOString\(\)`/],
  [new Door(), /is an object of a class \(Door\): write a plain object/],
  [new (class {})(), /is an object of a class/],
  [() => doors, /is a function: write what it returns/],
  [Symbol("door"), /is a symbol/],
  [10n, /is a bigint: write `Number\(value\)`/],
  [Buffer.from("door"), /is binary data \(Uint8Array\)/],
  [new Float64Array(2), /is binary data \(Float64Array\)/],
  [new ArrayBuffer(2), /is binary data \(ArrayBuffer\)/],
  [new String("door"), /is a String object/],
  [new Number(1), /is a Number object/],
  [new Boolean(true), /is a Boolean object/],
  [Number.NaN, /is NaN: write a finite number/],
  [Number.POSITIVE_INFINITY, /is Infinity/],
  [new URL("https://example.com"), /is a URL: write `url\.href`/],
  [/door/, /is an object of a class \(RegExp\)/],
  [new Error("door"), /is an object of a class \(Error\)/],
  [new WeakMap(), /is an object of a class \(WeakMap\)/],
  [{ __proto__: { doorName: "Lobby" } }, NO_PROTO],
  [{ __proto__: { doorName: "Lobby" }, ...doors }, NO_PROTO],
  [JSON.parse('{"__proto__":{"doorName":"Lobby"},"1:4":{}}'), NO_PROTO],
  [JSON.parse('{"__proto__":"Lobby"}'), NO_PROTO],
  [Object.create(doors), NO_PROTO],
  [vm.runInNewContext("new Map([['1:4', {}]])"), /is a Map/],
];

/** Ways in which a value may come later. */
const wraps: Readonly<Record<string, (value: unknown) => unknown>> = {
  "a promise": (value) => Promise.resolve(value),
  "an output": (value) => output("").apply(() => value),
  "an output of a promise": (value) => output("").apply(async () => value),
  "an output in an output": (value) => output("").apply(() => output("").apply(() => value)),
  "an object in an output": (value) => output("").apply(() => ({ "1:4": value })),
  "an output in an object": (value) => ({ "1:4": output("").apply(() => value) }),
  "a promise in an object in an output": (value) => output("").apply(() => ({ "1:4": Promise.resolve(value) })),
  "a secret output": (value) => secret("").apply(() => value),
};

/** A program in plain JavaScript: TypeScript would refuse most of this. */
function declare(inputs: object): Resource {
  const given: Inputs = { ...inputs };
  return new rhombus.GeneaIntegration("front doors", given);
}

describe("An input that is not a plain value", () => {
  const places: readonly [where: RegExp, of: (value: unknown) => object][] = [
    [/doorInfoMap/, (value) => ({ doorInfoMap: value })],
    [/doorInfoMap\["1:4"\]/, (value) => ({ doorInfoMap: { "1:4": value } })],
    [
      /doorInfoMap\.a\.assignedCameraList\[1\]/,
      (value) => ({ doorInfoMap: { a: { assignedCameraList: ["x", value] } } }),
    ],
    [/apiToken/, (value) => ({ apiToken: value })],
  ];
  it("is refused before anything is registered", async () => {
    const seen = await mockEngine();
    for (const [value, message] of odd) {
      for (const [where, of] of places) {
        const expected = new RegExp(`^TypeError: GeneaIntegration "front doors": ${where.source} ${message.source}`);
        assert.throws(
          () => declare(of(value)),
          (error) => expected.test(String(error)),
          `${where} ${message}`,
        );
      }
    }
    assert.deepEqual(seen, []);
  });

  for (const [wrapped, wrap] of Object.entries(wraps)) {
    it(`is refused in ${wrapped}, when it resolves`, async () => {
      await mockEngine();
      for (const [value, message] of odd) {
        const doorInfoMap = plainInput(wrap(value), ["doorInfoMap"], 'GeneaIntegration "front doors"');
        const sent = runtime.serializeProperties("front doors", { doorInfoMap });
        const expected = new RegExp(`^TypeError: .*GeneaIntegration "front doors": doorInfoMap\\S* ${message.source}`);
        await assert.rejects(sent, (error) => expected.test(String(error)), `${message}`);
      }
    });
  }
});

describe("An input of plain values", () => {
  it("is registered unchanged: objects of other realms and without prototype, unusual keys, and outputs at any depth", async () => {
    const seen = await mockEngine();
    const bare: object = Object.assign(Object.create(null), { doorName: "Dock" });
    const foreign: unknown = vm.runInNewContext("({ doorName: 'Yard', assignedCameraList: ['x'] })");
    const promised: unknown = vm.runInNewContext("Promise.resolve({ doorName: 'Roof' })");
    const doorInfoMap = { "1:4": output(doors["1:4"]), bare, foreign, promised, constructor: {} };
    const declared = declare({ doorInfoMap, saveClips: true, enabled: null, indexFaces: undefined });
    await new Promise((resolve) => declared.urn.apply(resolve));
    const { doorInfoMap: sent, ...others } = seen[0]?.inputs ?? {};
    const plainForeign = { doorName: "Yard", assignedCameraList: ["x"] };
    const plain = { ...doors, bare: { doorName: "Dock" }, foreign: plainForeign, promised: { doorName: "Roof" } };
    assert.deepEqual(sent, { ...plain, constructor: {} });
    assert.deepEqual([others.saveClips, others.enabled, "indexFaces" in others], [true, null, false]);
  });

  it("stays secret", async () => {
    const seen = await mockEngine({ preview: true });
    const made = declare({ doorInfoMap: { "1:4": { doorName: secret("Lobby") } } });
    await new Promise((resolve) => made.urn.apply(resolve));
    assert.match(JSON.stringify(seen[0]?.inputs), new RegExp(runtime.specialSecretSig));
  });
});

describe("The arguments of a resource", () => {
  it("are refused if they are no plain object", async () => {
    const seen = await mockEngine();
    for (const args of [new Map(), Promise.resolve({}), output({}), [{}], new Date(0), "Staff", null]) {
      for (const type of [rhombus.AccessControlGroup, rhombus.OnGuardIntegration, rhombus.KisiIntegration]) {
        assert.throws(() => Reflect.construct(type, ["it", args]), /"it": write the arguments as a plain object/);
      }
    }
    assert.deepEqual(seen, []);
  });

  it("are refused if they contain themselves", async () => {
    await mockEngine();
    const door: Record<string, unknown> = {};
    door.again = door;
    assert.throws(
      () => Reflect.construct(rhombus.OnGuardIntegration, ["it", { doorInfoMap: { "1:1": door } }]),
      /OnGuardIntegration "it": doorInfoMap is nested too deeply, or contains itself/,
    );
  });
});
