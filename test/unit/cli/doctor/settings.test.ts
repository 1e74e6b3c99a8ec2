import assert from "node:assert/strict";
import path from "node:path";
import { tableOf } from "../../../../provider/cli/doctor/table";
import { connectFrom } from "../../../../provider/cli/pulumi/stack";
import { campusSeed } from "../../../../provider/emulator";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { selfSigned } from "../../../certificates";
import { CommandSetup } from "../commandSetup";
import { configFor, type ShownValue, scriptedCli } from "../scriptedCli";
import { checkLines, contextFor, diagnosisOf } from "./diagnoses";

const { acme, bluebird } = campusSeed;

describe("doctor, about settings", () => {
  const setup = CommandSetup.here();

  const sources = async (config: Readonly<Record<string, ShownValue>>, env: Record<string, string> = {}) => {
    const diagnosis = await diagnosisOf({ ...contextFor(setup, config), env });
    return Object.fromEntries(diagnosis.settings.map(({ name, value, source }) => [name, `${value} < ${source}`]));
  };

  it("shows the source of each, and only the length of a secret", async () => {
    const shown = await sources({
      ...configFor(setup.emulator.url),
      "rhombus:maxRetries": { value: "1", secret: false },
    });
    assert.deepEqual(shown, {
      apiKey: "[secret], 22 characters < rhombus:apiKey",
      endpoint: `${setup.emulator.url} < rhombus:endpoint`,
      region: "neither us nor eu < rhombus:endpoint",
      partner: "false < the default",
      orgUuid: "the organization of the key < the default",
      maxConcurrency: "10 < the default",
      maxRetries: "1 < rhombus:maxRetries",
      timeoutSeconds: "30 < the default",
    });
  });

  it("takes them from the environment, and from a profile, as a deployment does", async () => {
    const { url } = setup.emulator;
    const variables = { RHOMBUS_API_KEY: acme.apiKey, RHOMBUS_ENDPOINT_URL: url, RHOMBUS_ORG_UUID: acme.orgUuid };
    const { apiKey, orgUuid } = await sources({}, variables);
    assert.equal(apiKey, "[secret], 22 characters < RHOMBUS_API_KEY");
    assert.equal(orgUuid, `${acme.orgUuid} < RHOMBUS_ORG_UUID`);
    setup.programFolder.write(".rhombus/credentials", `[lab]\napi_key = ${acme.apiKey}\nendpoint_url = ${url}\n`);
    const named = await sources({ "rhombus:profile": { value: "lab", secret: false } });
    assert.equal(named.profile, "lab < rhombus:profile");
    const file = path.join(setup.programFolder.folder, ".rhombus", "credentials");
    assert.equal(named.apiKey, `[secret], 22 characters < api_key of the profile "lab" in ${file}`);
  });

  it("warns of ignored variables, unknown settings, and keys that are not encrypted", async () => {
    const config = {
      ...configFor(setup.emulator.url),
      "rhombus:apiKey": { value: acme.apiKey, secret: false },
      "rhombus:maxRetrys": { value: "3", secret: false },
      [`rhombus:${bluebird.apiKey}`]: { value: "apiKey", secret: false },
    };
    const env = { RHOMBUS_API_KEY: "otherKey", RHOMBUS_REGION: "eu" };
    const diagnosis = await diagnosisOf({ ...contextFor(setup, config), env });
    const text = checkLines(diagnosis, "warning");
    assert.match(
      text,
      /RHOMBUS_API_KEY, RHOMBUS_REGION in the environment are ignored: rhombus:apiKey gives the key, .* \| To use them, select another stack, or remove rhombus:apiKey\./,
    );
    assert.match(
      text,
      /rhombus:maxRetrys is set in the stack config, and there is no such setting \| Did you mean rhombus:maxRetries\?/,
    );
    assert.ok(!text.includes(bluebird.apiKey), text);
    assert.match(text, /rhombus:apiKey is stored unencrypted in the stack config/);
    assert.equal(diagnosis.ok, true);
  });

  it("finds relative paths from the folder of the program, wherever the command runs", async () => {
    const { programFolder } = setup;
    programFolder.write("Pulumi.yaml", "name: shop\nruntime: nodejs\nmain: infra/\n");
    programFolder.write("infra/certs/client.pem", selfSigned.certificate);
    programFolder.write("infra/certs/client.key", selfSigned.key);
    const config = {
      ...configFor("https://127.0.0.1:1"),
      "rhombus:clientCertificate": { value: "certs/client.pem", secret: true },
      "rhombus:clientKey": { value: "certs/client.key", secret: true },
      "rhombus:maxRetries": { value: "0", secret: false },
    };
    for (const folder of [".", "infra", "infra/certs"]) {
      const context = { ...contextFor(setup, config), folder: path.join(programFolder.folder, folder) };
      assert.match(checkLines(await diagnosisOf(context), "ok"), /^settings: the key comes from rhombus:apiKey$/m);
      const { folder: commandFolder, env, cli } = context;
      await connectFrom({ folder: commandFolder, env, cli, log: () => {} }, new Redactor());
    }
  });

  it("lists all errors, and does not try a key then", async () => {
    const config = { ...configFor(setup.emulator.url), "rhombus:region": { value: "mars", secret: false } };
    const diagnosis = await diagnosisOf(contextFor(setup, config));
    assert.match(checkLines(diagnosis, "failed"), /^settings: rhombus:region: "mars" is not a region/m);
    assert.deepEqual(
      [checkLines(diagnosis, "unknown"), diagnosis.settings],
      ["key: not tried without valid settings", []],
    );
    assert.deepEqual(setup.emulator.requests(), []);
  });

  for (const [text, failure] of [
    ["no stack selected; please", /\| Select one with `pulumi stack select`/],
    ["incorrect passphrase", /\| Set PULUMI_CONFIG_PASSPHRASE or/],
    ["PULUMI_ACCESS_TOKEN must be set for login", /\| Run `pulumi login`/],
    ["something else", /^stack: something else$/],
  ] as const) {
    it(`reports the key as unknown if the stack config cannot be read: ${text}`, async () => {
      const diagnosis = await diagnosisOf({ ...contextFor(setup), cli: scriptedCli({ config: text }) });
      assert.equal(diagnosis.ok, false);
      const failed = checkLines(diagnosis, "failed");
      assert.match(failed, failure);
      assert.doesNotMatch(failed, /\n/);
      const unknown = /^settings: no key outside the stack config, which could not be read$/m;
      assert.match(checkLines(diagnosis, "unknown"), unknown);
    });
  }

  it("shows no key in any position", async () => {
    const key = "canaryKeyCanaryKeyCan1";
    const places: readonly Readonly<Record<string, ShownValue>>[] = [
      configFor(setup.emulator.url, key),
      { "rhombus:apiKey": { value: ` ${key} x`, secret: true } },
      { ...configFor(setup.emulator.url, key), "rhombus:region": { value: key, secret: false } },
      {
        ...configFor(setup.emulator.url, key),
        "rhombus:endpoint": { value: `https://${key}@a.example`, secret: false },
      },
      { "rhombus:profile": { value: key, secret: false } },
    ];
    for (const config of places) {
      const env = { RHOMBUS_API_KEY: key, RHOMBUS_PROFILE: key };
      const diagnosis = await diagnosisOf({ ...contextFor(setup, config), env });
      assert.doesNotMatch(`${tableOf(diagnosis)}${JSON.stringify(diagnosis)}`, new RegExp(key));
    }
  });
});
