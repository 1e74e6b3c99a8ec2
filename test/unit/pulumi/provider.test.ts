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

  it("is a provider of the package pulumi-nodejs, so that one process serves its resources", async () => {
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

  it("with its own key takes no setting of the stack's key", async () => {
    assert.deepEqual(await inputsOf({ apiKey: "ownKey" }), {
      "rhombus:apiKey": hidden("ownKey"),
      "rhombus:maxConcurrency": "3",
      "rhombus:timeoutSeconds": "60",
    });
  });

  it("marks a client certificate and its key as secret, also those of the stack", async () => {
    const config = { "rhombus:clientCertificate": "client.pem", "rhombus:clientKey": "client.key" };
    assert.deepEqual(await inputsOf({}, config), {
      "rhombus:clientCertificate": hidden("client.pem"),
      "rhombus:clientKey": hidden("client.key"),
    });
  });

  it("with its own key, or half a certificate, takes no part of the stack's client certificate", async () => {
    const config = { "rhombus:clientCertificate": "client.pem", "rhombus:clientKey": "client.key" };
    assert.deepEqual(await inputsOf({ apiKey: "k" }, config), { "rhombus:apiKey": hidden("k") });
    const inputs = await inputsOf({ clientCertificate: "other.pem" }, config);
    assert.deepEqual(inputs, { "rhombus:clientCertificate": hidden("other.pem") });
  });

  it("with its own profile takes no setting of the stack's key, and stores only the profile's name", async () => {
    const inputs = await inputsOf({ profile: "acme" });
    const { "rhombus:maxConcurrency": pace, "rhombus:timeoutSeconds": patience } = stack;
    const paced = { "rhombus:maxConcurrency": pace, "rhombus:timeoutSeconds": patience };
    assert.deepEqual(inputs, { "rhombus:profile": "acme", ...paced });
  });

  it("with its own key takes no profile of the stack; without key and profile it does", async () => {
    const config = { "rhombus:profile": "acme" };
    assert.deepEqual(await inputsOf({ apiKey: "k" }, config), { "rhombus:apiKey": hidden("k") });
    assert.deepEqual(await inputsOf({}, config), config);
  });

  it("with only an organization uses the stack's partner key", async () => {
    const inputs = await inputsOf({ orgUuid: "lWrTLMVzRGGwhoCA6GIcvg" });
    assert.equal(inputs["rhombus:orgUuid"], "lWrTLMVzRGGwhoCA6GIcvg");
    assert.deepEqual(inputs["rhombus:apiKey"], hidden(stack["rhombus:apiKey"]));
    assert.equal(inputs["rhombus:partner"], "true");
  });

  it("has only texts as inputs, because Pulumi passes nothing else to its process", async () => {
    const inputs = await inputsOf({ apiKey: "k", partner: false, maxRetries: 0, timeoutSeconds: output(5) }, {});
    assert.deepEqual(inputs, {
      "rhombus:apiKey": hidden("k"),
      "rhombus:partner": "false",
      "rhombus:maxRetries": "0",
      "rhombus:timeoutSeconds": "5",
    });
  });

  it("accepts a key that is an output, and keeps other secrets secret too", async () => {
    const inputs = await inputsOf({ apiKey: output("later"), orgUuid: secret("2uVVrIrfR22PS0zgP8gJHg") }, {});
    assert.deepEqual(inputs["rhombus:apiKey"], hidden("later"));
    assert.deepEqual(inputs["rhombus:orgUuid"], hidden("2uVVrIrfR22PS0zgP8gJHg"));
  });

  it("has no inputs without arguments and stack config: the environment is read at run time and never stored", async () => {
    assert.deepEqual(await inputsOf({}, {}), {});
  });

  it("leaves out an argument that is undefined", async () => {
    assert.deepEqual(await inputsOf({ apiKey: "k", orgUuid: undefined }, {}), { "rhombus:apiKey": hidden("k") });
  });
});
