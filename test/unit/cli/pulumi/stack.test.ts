import assert from "node:assert/strict";
import { inspect } from "node:util";
import { connectedWith, connectFrom, explicitProvider, stackConfig } from "../../../../provider/cli/pulumi/stack";
import { stackResources } from "../../../../provider/cli/pulumi/stackResources";
import { campusSeed, startEmulator } from "../../../../provider/emulator";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { configFor, inStack, providerInStack, providerUrn, scriptedCli } from "../scriptedCli";

const { acme, bluebird } = campusSeed;
const endpoint = "https://rhombus.example";

describe("the settings of a stack", () => {
  it("are the values of the stack config that are texts", async () => {
    const list = { value: "[1]", objectValue: [1], secret: false };
    const broken = { secret: true };
    const run = async () => JSON.stringify({ "door:list": list, "door:broken": broken });
    assert.deepEqual(await stackConfig({ run }), { "door:list": { value: "[1]", secret: false } });
  });

  it("are the inputs of an explicit provider, by its name or URN", async () => {
    const [one, two, inner] = [providerUrn("bluebird"), providerUrn("cedar"), providerUrn("cedar", "x:y:Site$")];
    const old = providerInStack(providerUrn("old"), endpoint, "key", { delete: true });
    const all = [one, two, inner].map((urn) => providerInStack(urn, endpoint, "key"));
    const byDefault = providerInStack(providerUrn("default"), endpoint, "key", { parent: undefined });
    const cli = scriptedCli({ resources: { dev: [...all, old, byDefault] } });
    assert.deepEqual(await explicitProvider(cli, "bluebird"), {
      urn: one,
      name: "bluebird",
      config: {
        "rhombus:apiKey": { value: "key", secret: true },
        "rhombus:endpoint": { value: endpoint, secret: false },
      },
    });
    assert.equal((await explicitProvider(cli, inner)).urn, inner);
    await assert.rejects(
      explicitProvider(cli, "cedar"),
      /Give the URN of one of them: ".*cedar", ".*x:y:Site\$pulumi:prov/,
    );
    const none =
      /no explicit provider "old"\. Name one that it has \("bluebird", "cedar"\), or deploy that provider first\.$/;
    await assert.rejects(explicitProvider(cli, "old"), none);
  });

  for (const name of ["default", "default_1_2_0", "default-eu", "constructor", "__proto__", "a::b", "x$y z", ""]) {
    it(`are the inputs of an explicit provider called "${name}", and its resources are known`, async () => {
      const urn = providerUrn(name);
      const group = inStack("AccessControlGroup", "nights", "id", { provider: `${urn}::p` });
      const cli = scriptedCli({ resources: { dev: [providerInStack(urn, endpoint, "key"), group] } });
      assert.deepEqual([(await explicitProvider(cli, name)).urn, (await explicitProvider(cli, urn)).name], [urn, name]);
      const [resource] = await stackResources(cli);
      assert.equal(resource?.provider, urn);
    });
  }

  it("have no explicit provider in the default provider that Pulumi creates", async () => {
    const urn = providerUrn("default");
    const byDefault = providerInStack(urn, endpoint, "key", { parent: undefined });
    const group = inStack("AccessControlGroup", "nights", "id", { provider: `${urn}::p` });
    const cli = scriptedCli({ resources: { dev: [byDefault, group] } });
    const none = /no explicit provider "default", and no other\. Deploy it first, or use the settings of the stack\.$/;
    await assert.rejects(explicitProvider(cli, "default"), none);
    assert.equal((await stackResources(cli))[0]?.provider, undefined);
  });

  it("connect to the organization of their key, and their secrets are redacted", async () => {
    const emulator = await startEmulator();
    const redactor = new Redactor();
    const config = {
      "rhombus:apiKey": { value: acme.apiKey, secret: true },
      "rhombus:endpoint": { value: emulator.url, secret: false },
      "door:other": { value: "another-secret-of-the-stack", secret: true },
    };
    const api = connectedWith(config, {}, redactor, () => {});
    assert.equal((await api.organization())?.uuid, acme.orgUuid);
    await emulator.close();
    assert.doesNotMatch(redactor.redact(`${acme.apiKey} another-secret-of-the-stack`), /acmeEm|another/);
    assert.doesNotMatch(inspect(api, { depth: 0 }), new RegExp(acme.apiKey));
  });

  it("are refused, and nothing is read, if the key opens another organization than they name", async () => {
    const emulator = await startEmulator();
    const ofOrganization = (orgUuid: string) => {
      const config = { ...configFor(emulator.url), "rhombus:orgUuid": { value: orgUuid, secret: false } };
      const context = { folder: process.cwd(), env: {}, cli: scriptedCli({ config }), stack: "dev", log: () => {} };
      return connectFrom(context, new Redactor());
    };
    const both = new RegExp(
      `settings name the organization ${bluebird.orgUuid}, but the key belongs to ${acme.orgUuid}`,
    );
    await assert.rejects(ofOrganization(bluebird.orgUuid), both);
    assert.deepEqual(
      emulator.requests().map(({ operation }) => operation),
      ["getOrgV2"],
    );
    assert.equal((await (await ofOrganization(acme.orgUuid)).organization())?.uuid, acme.orgUuid);
    await emulator.close();
  });

  it("warn of ignored variables, unless they are those of a Provider, whose messages say that they were deployed earlier", async () => {
    const emulator = await startEmulator();
    const config = {
      "rhombus:apiKey": { value: "wrong-key-wrong-key-22", secret: true },
      "rhombus:endpoint": { value: emulator.url, secret: false },
    };
    const connect = async (name: string | undefined) => {
      const lines: string[] = [];
      const log = (line: string) => void lines.push(line);
      const api = connectedWith(config, { RHOMBUS_REGION: "us", RHOMBUS_API_KEY: "x" }, new Redactor(), log, {
        provider: name,
      });
      const { message } = await api.list("getLocations", {}).then(
        () => assert.fail("connected"),
        (error: Error) => error,
      );
      return { lines: lines.join(), message };
    };
    const [stack, provider] = [await connect(undefined), await connect("blue")];
    await emulator.close();
    assert.match(
      stack.lines,
      /^warning: RHOMBUS_API_KEY, RHOMBUS_REGION in the environment are ignored: rhombus:apiKey/,
    );
    assert.doesNotMatch(stack.message, /deployed earlier/);
    assert.equal(provider.lines, "");
    assert.match(stack.message, /the key from rhombus:apiKey/);
    assert.match(provider.message, /the key from apiKey of the Provider "blue"/);
    assert.match(provider.message, /The arguments of the Provider are those that were deployed earlier; after a cor/);
  });
});
