import assert from "node:assert/strict";
import { type CustomResourceOptions, isSecret, Output, output, type Resource, runtime, secret } from "@pulumi/pulumi";
import * as rhombus from "../../../../provider";
import { definitions } from "../../../../provider/resources/registry";
import { mockEngine, promised, type Registered, watched } from "../mocked";

type Type = keyof typeof definitions;

/** Each class as a program uses it, and what its definition makes of it. */
const classes: readonly {
  type: Type;
  make(name: string, options?: CustomResourceOptions): Resource;
  get(name: string, id: string, options?: CustomResourceOptions): Resource;
  id: string;
  secrets: readonly string[];
}[] = [
  {
    type: "AccessControlGroup",
    make: (name, options) => new rhombus.AccessControlGroup(name, {}, options),
    get: rhombus.AccessControlGroup.get,
    id: "Z04p4MkMTCKnu7wjgDrmyQ",
    secrets: [],
  },
  {
    type: "OnGuardIntegration",
    make: (name, options) => new rhombus.OnGuardIntegration(name, {}, options),
    get: rhombus.OnGuardIntegration.get,
    id: "3d813cbb-47fb-5b6a-9d4e-2a1d0c9f7b11",
    secrets: ["adopt", "rhombusToken", "presharedSecret", "webhookUrl"],
  },
  {
    type: "GeneaIntegration",
    make: (name, options) => new rhombus.GeneaIntegration(name, {}, options),
    get: rhombus.GeneaIntegration.get,
    id: "genea",
    secrets: ["apiToken", "rhombusToken", "refreshToken", "webhookSignatureSecret"],
  },
  {
    type: "KisiIntegration",
    make: (name, options) => new rhombus.KisiIntegration(name, {}, options),
    get: rhombus.KisiIntegration.get,
    id: "kisi",
    secrets: ["apiSecretKey", "rhombusToken", "placeTokens"],
  },
];

for (const { type, make, get, id, secrets } of classes) {
  describe(`The class ${type}`, () => {
    const defaults: Readonly<Record<string, object>> = {
      AccessControlGroup: { name: "hq" },
      OnGuardIntegration: { displayName: "hq" },
    };
    const __provider = `exports.handler = () => require("pulumi-rhombus/provider").${type};`;

    it("registers a dynamic resource of its type, with the frozen line as its code and the resource's name as the default name", async () => {
      const registered = await mockEngine();
      await registration(make("hq"));
      assert.deepEqual(registered, [
        {
          type: `pulumi-nodejs:dynamic/rhombus:${type}`,
          name: "hq",
          id: "",
          inputs: { ...defaults[type], __logicalName: "hq", __provider },
        },
      ]);
    });

    it("reads an existing object by its id, without any input of its own", async () => {
      const registered = await mockEngine();
      await registration(get("hq", id));
      assert.deepEqual(registered, [
        {
          type: `pulumi-nodejs:dynamic/rhombus:${type}`,
          name: "hq",
          id,
          inputs: { __get: true, __provider },
        },
      ]);
    });

    it("deletes before it replaces, unless the options change that", async () => {
      await mockEngine();
      const [silent, otherwise] = [watched(), watched({ deleteBeforeReplace: false })];
      await Promise.all([make("a", silent.options), make("b", otherwise.options)].map(registration));
      assert.deepEqual([silent.seen().deleteBeforeReplace, otherwise.seen().deleteBeforeReplace], [true, false]);
    });

    it("declares its secret outputs to the engine, in addition to those of the options", async () => {
      await mockEngine();
      const options = watched({ additionalSecretOutputs: ["orgUuid"] });
      await registration(make("hq", options.options));
      assert.deepEqual(options.seen().additionalSecretOutputs, [...secrets, "orgUuid"]);
    });

    for (const preview of [false, true]) {
      it(`has secret outputs that are secret, and no others, ${preview ? "in a preview" : "under mocks"}`, async () => {
        await mockEngine({ preview, outputs: preview ? {} : Object.fromEntries(secrets.map((name) => [name, "x"])) });
        const resource = make("hq");
        const hidden: string[] = [];
        for (const name of outputNames(type)) if (await isSecret(outputOf(resource, name))) hidden.push(name);
        assert.deepEqual(hidden.sort(), [...secrets].sort());
      });
    }

    it("has an output for each input and each output of its definition", async () => {
      const outputs = Object.fromEntries(outputNames(type).map((name) => [name, `the ${name}`]));
      await mockEngine({ outputs });
      const resource = make("hq");
      for (const name of outputNames(type)) assert.equal(await promised(outputOf(resource, name)), `the ${name}`);
    });

    it("passes the program's other options on, and does not change them", async () => {
      await mockEngine();
      const { options, seen } = watched({ protect: true, ignoreChanges: ["doorInfoMap"] });
      const before = { ...options };
      await registration(make("hq", options));
      assert.deepEqual([seen().protect, seen().ignoreChanges, { ...options }], [true, ["doorInfoMap"], before]);
    });
  });
}

describe("The arguments of a resource class", () => {
  let registered: Registered[];
  beforeEach(async () => {
    registered = await mockEngine();
  });

  it("may be outputs at any depth", async () => {
    const camera = output("Z04p4MkMTCKnu7wjgDrmyQ");
    const door = output({ doorName: "Lobby", assignedCameraList: [camera] });
    await registration(
      new rhombus.OnGuardIntegration("hq", { displayName: output("HQ"), doorInfoMap: { "1:4": door } }),
    );
    assert.deepEqual(registered[0]?.inputs.doorInfoMap, {
      "1:4": { doorName: "Lobby", assignedCameraList: ["Z04p4MkMTCKnu7wjgDrmyQ"] },
    });
    assert.equal(registered[0]?.inputs.displayName, "HQ");
  });

  it("are secret if the field is, also if the program gives a plain value", async () => {
    await registration(new rhombus.GeneaIntegration("genea", { apiToken: "in clear", saveClips: true }));
    const { apiToken, saveClips } = registered[0]?.inputs ?? {};
    assert.deepEqual(apiToken, { [runtime.specialSigKey]: runtime.specialSecretSig, value: "in clear" });
    assert.equal(saveClips, true);
  });

  it("make the output of their name secret if the program makes them secret", async () => {
    const group = new rhombus.AccessControlGroup("vip", { description: secret("who is in it is nobody's business") });
    assert.ok(await isSecret(group.description));
    assert.equal(await isSecret(group.name), false);
  });

  it("keep the name that the program gives", async () => {
    await registration(new rhombus.AccessControlGroup("engineering", { name: "R&D" }));
    assert.deepEqual([registered[0]?.name, registered[0]?.inputs.name], ["engineering", "R&D"]);
  });

  it("are ignored when an existing object is read", async () => {
    await registration(new rhombus.AccessControlGroup("vip", { description: "new" }, { id: "Z04p4MkMTCKnu7wjgDrmyQ" }));
    assert.deepEqual(Object.keys(registered[0]?.inputs ?? {}).sort(), ["__get", "__provider"]);
  });
});

function registration(resource: Resource): Promise<string> {
  return promised(resource.urn);
}

function outputNames(type: Type): string[] {
  const { fields, outputs } = definitions[type];
  return [...Object.keys(fields), ...Object.keys(outputs)];
}

function outputOf(resource: Resource, name: string): Output<unknown> {
  const found: unknown = Reflect.get(resource, name);
  assert.ok(Output.isInstance(found), `${name} is no output`);
  return found;
}
