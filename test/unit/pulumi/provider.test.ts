import assert from "node:assert/strict";
import { ComponentResource, type ComponentResourceOptions, log, output, runtime, secret } from "@pulumi/pulumi";
import { stub } from "sinon";
import * as rhombus from "../../../provider";
import { mockEngine, promised } from "./mocked";

const stackKey = "stackKey00000000000001";
const pacing = { "rhombus:maxConcurrency": "3", "rhombus:timeoutSeconds": "60" };
const stack = {
  "rhombus:apiKey": stackKey,
  "rhombus:endpoint": "https://stack.example",
  "rhombus:region": "eu",
  "rhombus:partner": "true",
  "rhombus:orgUuid": "2uVVrIrfR22PS0zgP8gJHg",
  ...pacing,
};
const certificate = { "rhombus:clientCertificate": "client.pem", "rhombus:clientKey": "client.key" };
const otherOrg = "lWrTLMVzRGGwhoCA6GIcvg";

const hidden = (value: string) => ({ [runtime.specialSigKey]: runtime.specialSecretSig, value });
const ownKey = { "rhombus:apiKey": hidden("ownKey") };

/** The inputs of the provider for its arguments and the stack config. */
const cases: [title: string, args: rhombus.ProviderArgs, config: Record<string, string>, inputs: object][] = [
  ["copies the stack config", {}, { ...stack, "other:apiKey": "x" }, { ...stack, "rhombus:apiKey": hidden(stackKey) }],
  ["with its own key takes no setting of the stack's key", { apiKey: "ownKey" }, stack, { ...ownKey, ...pacing }],
  [
    "marks a client certificate and its key as secret",
    {},
    certificate,
    { "rhombus:clientCertificate": hidden("client.pem"), "rhombus:clientKey": hidden("client.key") },
  ],
  ["with its own key takes no certificate of the stack", { apiKey: "ownKey" }, certificate, ownKey],
  [
    "with half a certificate takes no part of the stack's",
    { clientCertificate: "other.pem" },
    certificate,
    { "rhombus:clientCertificate": hidden("other.pem") },
  ],
  [
    "with its own profile takes no setting of the stack's key",
    { profile: "acme" },
    stack,
    { "rhombus:profile": "acme", ...pacing },
  ],
  ["with its own key takes no profile", { apiKey: "ownKey" }, { "rhombus:profile": "acme" }, ownKey],
  ["takes the stack's profile", {}, { "rhombus:profile": "acme" }, { "rhombus:profile": "acme" }],
  [
    "with only an organization uses the stack's partner key",
    { orgUuid: otherOrg },
    stack,
    { ...stack, "rhombus:apiKey": hidden(stackKey), "rhombus:orgUuid": otherOrg },
  ],
  [
    "has only texts as inputs, because Pulumi passes nothing else to its process",
    { apiKey: "ownKey", partner: false, maxRetries: 0, timeoutSeconds: output(5) },
    {},
    { ...ownKey, "rhombus:partner": "false", "rhombus:maxRetries": "0", "rhombus:timeoutSeconds": "5" },
  ],
  [
    "accepts outputs, and other secrets stay secret",
    { apiKey: output("ownKey"), orgUuid: secret(otherOrg) },
    {},
    { ...ownKey, "rhombus:orgUuid": hidden(otherOrg) },
  ],
  ["has no inputs without arguments and stack config: the environment is never stored", {}, {}, {}],
  ["leaves out an undefined argument", { apiKey: "ownKey", orgUuid: undefined }, {}, ownKey],
];

describe("An explicit provider", () => {
  for (const [title, args, config, inputs] of cases) {
    it(title, async () => {
      const registered = await mockEngine({ config });
      await promised(new rhombus.Provider("p", args).urn);
      assert.deepEqual({ ...registered[0]?.inputs }, inputs);
    });
  }

  it("is a provider of the package pulumi-nodejs, so that one process serves its resources", async () => {
    const registered = await mockEngine();
    const provider = new rhombus.Provider("bluebird", { apiKey: "key" });
    await promised(new rhombus.AccessControlGroup("nurses", {}, { provider }).urn);
    const types = registered.map(({ type }) => type);
    assert.deepEqual(types, ["pulumi:providers:pulumi-nodejs", "pulumi-nodejs:dynamic/rhombus:AccessControlGroup"]);
  });

  describe("of a component", () => {
    class Site extends ComponentResource {
      readonly group: rhombus.AccessControlGroup;

      constructor(name: string, options: ComponentResourceOptions) {
        super("example:index:Site", name, {}, options);
        this.group = new rhombus.AccessControlGroup(name, {}, { parent: this });
      }
    }

    /** The provider of the group in a component, and the number of Pulumi's warnings. */
    async function deployed(options: (provider: rhombus.Provider) => ComponentResourceOptions) {
      const warn = stub(log, "warn");
      try {
        const used: (string | undefined)[] = [];
        await runtime.setMocks({
          call: () => ({}),
          newResource: ({ name, provider }) => {
            if (name === "downtown") used.push(provider);
            return { id: `${name}-id`, state: {} };
          },
        });
        const provider = new rhombus.Provider("clinic", { apiKey: "key" });
        await promised(new Site("downtown", options(provider)).group.urn);
        return { used: used.at(-1), warnings: warn.callCount };
      } finally {
        warn.restore();
      }
    }

    it("serves its resources, without a warning if it is in a list or in the option `provider`", async () => {
      const forms: ((provider: rhombus.Provider) => ComponentResourceOptions)[] = [
        (provider) => ({ providers: [provider] }),
        (provider) => ({ provider }),
      ];
      for (const form of forms) {
        const { used, warnings } = await deployed(form);
        assert.match(used ?? "", /pulumi-nodejs::clinic::clinic-id$/);
        assert.equal(warnings, 0);
      }
    });
  });
});
