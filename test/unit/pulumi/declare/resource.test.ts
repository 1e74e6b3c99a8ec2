import assert from "node:assert/strict";
import { isSecret, mergeOptions, Output, output, type Resource, RunError, runtime, secret } from "@pulumi/pulumi";
import * as rhombus from "../../../../provider";
import type { Field } from "../../../../provider/core/schema/field";
import { definitionOf, definitions, type ResourceType, resourceTypes } from "../../../../provider/resources/registry";
import { resourceFacts } from "../../../resources/facts";
import { mockEngine, promised, watched } from "../mocked";

/** The class of a type, as programs import it. */
interface ResourceClass {
  new (name: string, args: never, options?: object): Resource;
  get(name: string, id: string): Resource;
}

const classes: Readonly<Record<ResourceType, ResourceClass>> = { ...rhombus };

/** Declares a resource without arguments, which are required by some classes. */
function construct(type: ResourceType, name: string, options: object = {}): Resource {
  return Reflect.construct(classes[type], [name, {}, options]);
}

const registration = (resource: Resource) => promised(resource.urn);

for (const type of resourceTypes) {
  describe(`The class ${type}`, () => {
    const { fields, outputs, display } = definitions[type];
    const { exampleId: id } = resourceFacts[type];
    const defaults = display.name === undefined ? {} : { [display.name]: "hq" };
    const outputNames = [...Object.keys(fields), ...Object.keys(outputs)];
    const secrets = secretsOf(type);
    const make = (name: string, options = {}) => construct(type, name, options);
    const engineType = `pulumi-nodejs:dynamic/rhombus:${type}`;
    const __provider = `exports.handler = () => require("pulumi-rhombus/provider").${type};`;

    it("registers a dynamic resource with the frozen line as its code and the resource's name as the default name", async () => {
      const registered = await mockEngine();
      await registration(make("hq"));
      const inputs = { ...defaults, __logicalName: "hq", __provider };
      assert.deepEqual(registered, [{ type: engineType, name: "hq", id: "", inputs }]);
    });

    it("deletes the old object first in a replacement, unless the definition states otherwise", async () => {
      await mockEngine();
      const { options, seen } = watched();
      await registration(make("hq", options));
      const { createsReplacementFirst = false } = definitionOf(type);
      assert.equal(seen().deleteBeforeReplace, !createsReplacementFirst);
    });

    it("reads an existing object by its id, without any input of its own", async () => {
      const registered = await mockEngine();
      await registration(classes[type].get("hq", id));
      assert.deepEqual(registered, [{ type: engineType, name: "hq", id, inputs: { __get: true, __provider } }]);
    });

    for (const preview of [false, true]) {
      it(`has secret outputs that are secret, and no others, ${preview ? "in a preview" : "under mocks"}`, async () => {
        await mockEngine({ preview, outputs: preview ? {} : Object.fromEntries(secrets.map((name) => [name, "x"])) });
        const resource = make("hq");
        const hidden: string[] = [];
        for (const name of outputNames) if (await isSecret(outputOf(resource, name))) hidden.push(name);
        assert.deepEqual(hidden.sort(), [...secrets].sort());
      });
    }

    it("has an output for each input and each output of its definition", async () => {
      await mockEngine({ outputs: Object.fromEntries(outputNames.map((name) => [name, `the ${name}`])) });
      const resource = make("hq");
      for (const name of outputNames) assert.equal(await promised(outputOf(resource, name)), `the ${name}`);
    });
  });
}

describe("The options of a resource class", () => {
  it("are passed on; by default a replacement deletes first, and secret outputs are declared", async () => {
    await mockEngine();
    const [silent, otherwise] = [
      watched(),
      watched({ deleteBeforeReplace: false, additionalSecretOutputs: ["orgUuid"], protect: true }),
    ];
    const given = { ...otherwise.options };
    await registration(new rhombus.GeneaIntegration("a", {}, silent.options));
    await registration(new rhombus.GeneaIntegration("b", {}, otherwise.options));
    const secrets = secretsOf("GeneaIntegration");
    assert.deepEqual([silent.seen().deleteBeforeReplace, silent.seen().additionalSecretOutputs], [true, secrets]);
    const { deleteBeforeReplace, additionalSecretOutputs, protect } = otherwise.seen();
    assert.deepEqual([deleteBeforeReplace, additionalSecretOutputs, protect], [false, [...secrets, "orgUuid"], true]);
    assert.deepEqual(otherwise.options, given, "the program's options are not changed");
  });
});

describe("The option `import` of a resource class", () => {
  const id = "Z04p4MkMTCKnu7wjgDrmyQ";

  for (const type of resourceTypes) {
    it(`is refused at once by ${type}, with the command to use instead`, async () => {
      const registered = await mockEngine();
      const { exampleId } = resourceFacts[type];
      assert.throws(
        () => construct(type, "hq", { import: exampleId }),
        (error) => {
          assert.ok(RunError.isInstance(error), "Pulumi shows no stack with it");
          assert.match(
            error.message,
            /^Remove the option `import`, then run `npx pulumi-rhombus import --match --apply`/,
          );
          assert.match(error.message, new RegExp(`${type} "hq"`));
          return true;
        },
      );
      assert.deepEqual(registered, []);
    });
  }

  it("is refused in merged options, in a call of get, and for an id of another format, which is not shown", async () => {
    await mockEngine();
    const merged = mergeOptions({ import: "s3cr3t-token" }, { protect: true });
    for (const options of [merged, { import: "s3cr3t-token" }]) {
      assert.throws(
        () => new rhombus.OnGuardIntegration("hq", {}, options),
        (error) => error instanceof Error && !error.message.includes("s3cr3t"),
      );
    }
    assert.throws(() => rhombus.AccessControlGroup.get("hq", id, { import: id }), /Remove the option `import`/);
  });

  it("may be present without a value", async () => {
    const registered = await mockEngine();
    for (const none of [undefined, null, ""]) await registration(construct("GeneaIntegration", "hq", { import: none }));
    assert.equal(registered.length, 3);
  });
});

describe("The arguments of a resource class", () => {
  it("may be outputs at any depth, and keep the name that the program gives", async () => {
    const registered = await mockEngine();
    const door = output({ doorName: "Lobby", assignedCameraList: [output("Z04p4MkMTCKnu7wjgDrmyQ")] });
    const args = { displayName: output("HQ"), doorInfoMap: { "1:4": door } };
    await registration(new rhombus.OnGuardIntegration("hq", args));
    const { displayName, doorInfoMap } = registered[0]?.inputs ?? {};
    const plain = { "1:4": { doorName: "Lobby", assignedCameraList: ["Z04p4MkMTCKnu7wjgDrmyQ"] } };
    assert.deepEqual([displayName, doorInfoMap], ["HQ", plain]);
  });

  it("are secret if the field is, also if the program gives a plain value", async () => {
    const registered = await mockEngine();
    await registration(new rhombus.GeneaIntegration("genea", { apiToken: "in clear", saveClips: true }));
    const { apiToken, saveClips } = registered[0]?.inputs ?? {};
    assert.deepEqual(apiToken, { [runtime.specialSigKey]: runtime.specialSecretSig, value: "in clear" });
    assert.equal(saveClips, true);
  });

  it("make the output of their name secret if the program makes them secret", async () => {
    await mockEngine();
    const group = new rhombus.AccessControlGroup("vip", { description: secret("who is in it is nobody's business") });
    assert.deepEqual([await isSecret(group.description), await isSecret(group.name)], [true, false]);
  });

  it("are ignored when an existing object is read", async () => {
    const registered = await mockEngine();
    await registration(new rhombus.AccessControlGroup("vip", { description: "new" }, { id: "Z04p4MkMTCKnu7wjgDrmyQ" }));
    assert.deepEqual(Object.keys(registered[0]?.inputs ?? {}).sort(), ["__get", "__provider"]);
  });
});

/** The inputs and outputs that are secret, in the order of the definition. */
function secretsOf(type: ResourceType): string[] {
  const { fields, outputs } = definitions[type];
  return Object.entries<Field>({ ...fields, ...outputs }).flatMap(([name, { modifiers }]) =>
    modifiers.secret ? name : [],
  );
}

function outputOf(resource: Resource, name: string): Output<unknown> {
  const found: unknown = Reflect.get(resource, name);
  assert.ok(Output.isInstance(found), `${name} is no output`);
  return found;
}
