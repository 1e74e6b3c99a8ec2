import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { PulumiCli } from "../../../../provider/cli/pulumi/pulumiCli";
import { connectedWith, explicitProvider, stackConfig } from "../../../../provider/cli/pulumi/stack";
import { campusSeed, type Emulator, startEmulator } from "../../../../provider/emulator";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";

const { acme } = campusSeed;

/** A CLI that answers a command and its options, in one text, with JSON. */
function cliWith(answers: Readonly<Record<string, unknown>>): PulumiCli {
  return { run: async (...words) => JSON.stringify(answers[words.join(" ")] ?? assert.fail(words.join(" "))) };
}

const secret = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});

const provider = (path: string, inputs: object, more: object = {}) => ({
  urn: `urn:pulumi:dev::door::${path}`,
  type: "pulumi:providers:pulumi-nodejs",
  inputs,
  ...more,
});

const exported = (...resources: object[]) => ({ "stack export --show-secrets": { deployment: { resources } } });

describe("the settings of a stack", () => {
  it("are read from the stack config, secrets in clear", async () => {
    const config = {
      "rhombus:apiKey": { value: "k", secret: true },
      "door:list": { value: "[1]", objectValue: [1], secret: false },
      "door:broken": { secret: true },
    };
    const cli = cliWith({ "config --json --show-secrets --stack dev": config });
    assert.deepEqual(await stackConfig(cli, "dev"), {
      "rhombus:apiKey": { value: "k", secret: true },
      "door:list": { value: "[1]", secret: false },
    });
  });

  it("are, for an explicit provider, the inputs that the state has of it", async () => {
    const inputs = { "rhombus:apiKey": secret("partnerKey"), "rhombus:partner": "true" };
    const cli = cliWith(exported(provider("pulumi:providers:pulumi-nodejs::bluebird", inputs)));
    assert.deepEqual(await explicitProvider(cli, "bluebird"), {
      urn: "urn:pulumi:dev::door::pulumi:providers:pulumi-nodejs::bluebird",
      name: "bluebird",
      config: {
        "rhombus:apiKey": { value: "partnerKey", secret: true },
        "rhombus:partner": { value: "true", secret: false },
      },
    });
  });

  it("name the providers that there are where one is asked for that is not there", async () => {
    const type = "pulumi:providers:pulumi-nodejs";
    const cli = cliWith(
      exported(
        provider(`${type}::default`, {}),
        provider(`${type}::cedar`, {}),
        provider(`${type}::old`, {}, { delete: true }),
      ),
    );
    await assert.rejects(
      explicitProvider(cli, "old"),
      /no explicit provider "old"\. It has "cedar"\. Deploy a provider/,
    );
  });

  it("ask for the URN where several providers have the name", async () => {
    const type = "pulumi:providers:pulumi-nodejs";
    const [one, two] = [provider(`${type}::cedar`, {}), provider(`x:y:Site$${type}::cedar`, {})];
    await assert.rejects(explicitProvider(cliWith(exported(one, two)), "cedar"), /x:y:Site\$pulumi:providers/);
    assert.equal((await explicitProvider(cliWith(exported(one, two)), two.urn)).urn, two.urn);
  });
});

describe("a connection with the settings of a stack", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.close());

  it("opens the organization of its key, and has learned every secret of the config", async () => {
    const redactor = new Redactor();
    const config = {
      "rhombus:apiKey": { value: acme.apiKey, secret: true },
      "rhombus:endpoint": { value: emulator.url, secret: false },
      "door:other": { value: "another-secret-of-the-stack", secret: true },
    };
    const api = connectedWith(config, {}, redactor, () => {});
    assert.equal((await api.organization())?.uuid, acme.orgUuid);
    assert.doesNotMatch(redactor.redact(`${acme.apiKey} another-secret-of-the-stack`), /acmeEm|another/);
    assert.doesNotMatch(inspect(api, { depth: 0 }), new RegExp(acme.apiKey));
  });

  it("says what is missing where the stack has no key", () => {
    assert.throws(
      () => connectedWith({ "rhombus:profile": { value: "none", secret: false } }, {}, new Redactor(), () => {}),
      /rhombus:profile/,
    );
  });
});
