import assert from "node:assert/strict";
import { output, runtime, secret } from "@pulumi/pulumi";
import * as rhombus from "../../../provider";
import { mockEngine, promised } from "./mocked";

const stack = {
  "rhombus:apiKey": "stackKey00000000000001",
  "rhombus:endpoint": "https://stack.example",
  "rhombus:region": "eu",
  "rhombus:partner": "true",
  "rhombus:orgUuid": "2uVVrIrfR22PS0zgP8gJHg",
  "rhombus:maxConcurrency": "3",
  "rhombus:timeoutSeconds": "60",
  "other:apiKey": "somebody else's",
};

const hidden = (value: string) => ({ [runtime.specialSigKey]: runtime.specialSecretSig, value });

describe("An explicit provider", () => {
  const inputsOf = async (args: rhombus.ProviderArgs, config: Record<string, string> = stack) => {
    const registered = await mockEngine({ config });
    await promised(new rhombus.Provider("p", args).urn);
    return { ...registered[0]?.inputs };
  };

  it("is one of Pulumi's dynamic provider, so that one process serves its resources", async () => {
    const registered = await mockEngine();
    const provider = new rhombus.Provider("bluebird", { apiKey: "key" });
    await promised(new rhombus.AccessControlGroup("nurses", {}, { provider }).urn);
    assert.deepEqual(
      registered.map(({ type }) => type),
      ["pulumi:providers:pulumi-nodejs", "pulumi-nodejs:dynamic/rhombus:AccessControlGroup"],
    );
  });

  it("without arguments copies the stack's configuration, because its process does not see it", async () => {
    const { "other:apiKey": _others, ...own } = stack;
    assert.deepEqual(await inputsOf({}), { ...own, "rhombus:apiKey": hidden(stack["rhombus:apiKey"]) });
  });

  it("with a key of its own takes nothing of what goes with the stack's key", async () => {
    assert.deepEqual(await inputsOf({ apiKey: "ownKey" }), {
      "rhombus:apiKey": hidden("ownKey"),
      "rhombus:maxConcurrency": "3",
      "rhombus:timeoutSeconds": "60",
    });
  });

  it("keeps a client certificate and its key secret, also those of the stack", async () => {
    const config = { "rhombus:clientCertificate": "client.pem", "rhombus:clientKey": "client.key" };
    assert.deepEqual(await inputsOf({}, config), {
      "rhombus:clientCertificate": hidden("client.pem"),
      "rhombus:clientKey": hidden("client.key"),
    });
  });

  it("takes nothing of the stack's client certificate with a key, or half a certificate, of its own", async () => {
    const config = { "rhombus:clientCertificate": "client.pem", "rhombus:clientKey": "client.key" };
    assert.deepEqual(await inputsOf({ apiKey: "k" }, config), { "rhombus:apiKey": hidden("k") });
    const inputs = await inputsOf({ clientCertificate: "other.pem" }, config);
    assert.deepEqual(inputs, { "rhombus:clientCertificate": hidden("other.pem") });
  });

  it("with a profile of its own takes nothing of the stack's key, and stores no more than its name", async () => {
    const inputs = await inputsOf({ profile: "acme" });
    const { "rhombus:maxConcurrency": pace, "rhombus:timeoutSeconds": patience } = stack;
    const paced = { "rhombus:maxConcurrency": pace, "rhombus:timeoutSeconds": patience };
    assert.deepEqual(inputs, { "rhombus:profile": "acme", ...paced });
  });

  it("with a key of its own takes no profile of the stack, and with neither it takes that", async () => {
    const config = { "rhombus:profile": "acme" };
    assert.deepEqual(await inputsOf({ apiKey: "k" }, config), { "rhombus:apiKey": hidden("k") });
    assert.deepEqual(await inputsOf({}, config), config);
  });

  it("with an organization alone goes on with the stack's partner key", async () => {
    const inputs = await inputsOf({ orgUuid: "lWrTLMVzRGGwhoCA6GIcvg" });
    assert.equal(inputs["rhombus:orgUuid"], "lWrTLMVzRGGwhoCA6GIcvg");
    assert.deepEqual(inputs["rhombus:apiKey"], hidden(stack["rhombus:apiKey"]));
    assert.equal(inputs["rhombus:partner"], "true");
  });

  it("has nothing but texts among its inputs, as Pulumi hands nothing else to its process", async () => {
    const inputs = await inputsOf({ apiKey: "k", partner: false, maxRetries: 0, timeoutSeconds: output(5) }, {});
    assert.deepEqual(inputs, {
      "rhombus:apiKey": hidden("k"),
      "rhombus:partner": "false",
      "rhombus:maxRetries": "0",
      "rhombus:timeoutSeconds": "5",
    });
  });

  it("takes a key that is an output of something else, and keeps other secrets secret too", async () => {
    const inputs = await inputsOf({ apiKey: output("later"), orgUuid: secret("2uVVrIrfR22PS0zgP8gJHg") }, {});
    assert.deepEqual(inputs["rhombus:apiKey"], hidden("later"));
    assert.deepEqual(inputs["rhombus:orgUuid"], hidden("2uVVrIrfR22PS0zgP8gJHg"));
  });

  it("has no inputs when nobody says anything: the environment is asked at run time and never stored", async () => {
    assert.deepEqual(await inputsOf({}, {}), {});
  });

  it("leaves out an argument that is undefined", async () => {
    assert.deepEqual(await inputsOf({ apiKey: "k", orgUuid: undefined }, {}), { "rhombus:apiKey": hidden("k") });
  });
});
