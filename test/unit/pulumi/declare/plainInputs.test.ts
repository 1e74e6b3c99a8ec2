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
  /is an object with the key "__proto__",.* which Pulumi's SDK cannot send: write a plain object without that key/;

/** Names of the objects that a JavaScript program and Pulumi's SDK use, and texts with a meaning to some format. */
const keys: readonly string[] = [
  ...[Object, Promise, Array, Map, Function].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype)),
  ...Object.keys(output("")),
  ...[
    "Archive",
    "Asset",
    "ComponentResource",
    "CustomResource",
    "Output",
    "Resource",
    "RunError",
    "Type",
    "Unknown",
  ].map((each) => `__pulumi${each}`),
  ...["__defaults", "__provider", "__name", "id", "urn", "prototype", "toJSON", "path", "value", "secret"],
  ...["a.b", '"', "[0]", "*", "", "\u0000", "-1", "\ud800", "a\udc00", "\ud83d\udeaa"],
  ...[runtime.specialSigKey, runtime.unknownValue],
];

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
  [{ toString: { doorName: "Lobby" } }, /is an object with the key "toString", which Pulumi's SDK cannot send/],
  [{ toString: () => "door" }, /is an object with the key "toString"/],
  [{ ...doors, __pulumiAsset: true }, /is an object with the key "__pulumiAsset"/],
  [
    { [runtime.specialSigKey]: runtime.specialSecretSig },
    /is an object with the key "4dabf18193072939515e22adb298388d"/,
  ],
  [{ "1:\ud800": {} }, /is an object with the key "1:\\ud800", which Pulumi's SDK cannot send/],
  ["Lobby \ud83d", /is a text with half of a surrogate pair: write `text\.toWellFormed\(\)`/],
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

describe("A key of a map", () => {
  const isRefused = (key: string) => {
    try {
      plainInput(Object.fromEntries([[key, true]]), ["doorInfoMap"], "it");
      return false;
    } catch {
      return true;
    }
  };

  it("is refused only if the SDK, Pulumi's format or UTF-8 reserve it", () => {
    const sdkNames = keys.filter((key) => key.startsWith("__pulumi"));
    const others = ["toString", "__proto__", runtime.specialSigKey, "\ud800", "a\udc00"];
    assert.deepEqual(new Set(keys.filter(isRefused)), new Set([...sdkNames, ...others]));
  });

  for (const value of [true, "Lobby", null, { doorName: "Lobby" }]) {
    it(`with the value ${JSON.stringify(value)} arrives, wherever it stands, if it is not refused`, async () => {
      const sent = Object.fromEntries(keys.filter((key) => !isRefused(key)).map((key) => [key, value]));
      const later = output("").apply(() => sent);
      for (const doorInfoMap of [sent, { "1:4": sent }, [sent], Promise.resolve(sent), later]) {
        const seen = await mockEngine();
        const declared = declare({ doorInfoMap });
        await new Promise((resolve) => declared.urn.apply(resolve));
        const expected = doorInfoMap === later ? sent : await doorInfoMap;
        assert.deepEqual(seen[0]?.inputs.doorInfoMap, expected);
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

  for (const key of [
    "hasOwnProperty",
    "__proto__",
    "__name",
    "__pulumiResource",
    "__provider",
    runtime.specialSigKey,
  ]) {
    it(`are refused if one is called "${key}"`, async () => {
      const seen = await mockEngine();
      const args = Object.fromEntries([
        ["name", "Staff"],
        [key, null],
      ]);
      assert.throws(
        () => Reflect.construct(rhombus.AccessControlGroup, ["it", args]),
        new RegExp(
          `^TypeError: AccessControlGroup "it": leave out the argument "${key}": Pulumi's SDK reserves that name`,
        ),
      );
      assert.deepEqual(seen, []);
    });
  }

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
