import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import { refusal, TestStack, textBelow } from "../../engine/stack";
import { secretNamesOf, textsIn } from "../contract/secretValues";
import {
  canaryNames,
  canarySeed,
  generatedSecrets,
  issueCertificates,
  newCanary,
  settingIn,
  settingsIn,
  type sources,
} from "./canaries";
import { engineProgram } from "./engineProgram";
import { LeakScan } from "./leakScan";

const { acme, bluebird } = campusSeed;

/** The commands with which people look at a stack. */
const commands = [
  ...["stack", "stack output", "stack output --json", "stack export"],
  ...["stack history --json", "config", "config --json"],
];

const [planned, asJson, drift, refused, rotated] = [
  "preview --diff --save-plan plan.json",
  "preview --json",
  "refresh --preview-only --diff",
  "up --yes --skip-preview --continue-on-error",
  "preview --diff",
];

/** The channels that are read at the end. */
const stored = {
  states: "state, history and backups on disk",
  disk: "project, plans and PULUMI_HOME on disk",
  requests: "the emulator's request log",
} as const;

describe("secrets on the real engine", function () {
  this.timeout(90_000);
  const scan = new LeakScan();
  const scenario = scan.scenario();
  const { seed, apiKeys, swap } = canarySeed();
  let emulator: Emulator;
  let stack: TestStack;
  // Outside the project, because all certificates are alike in parts.
  let trusted: string;
  let ofAcme: Record<string, string>;

  // Acme's settings are in the environment at first, those of an explicit provider in the stack config.
  before("starts the emulator and creates a stack", async function () {
    this.timeout(120_000);
    const { tls, authority, clients } = issueCertificates();
    emulator = await startEmulator({ seed, tls });
    const { rhombusToken } = console().addOnGuard({ displayName: "Before" });
    const settingsOf = (source: (typeof sources)[number]) => ({ apiKey: apiKeys[source], ...clients[source] });
    const own = { ...settingsOf("Provider"), apiKey: swap(bluebird.apiKey) };
    ofAcme = settingsOf("rhombus");
    for (const [source, settings] of [
      ["environment", settingsOf("environment")],
      ["rhombus", ofAcme],
      ["Provider", own],
    ] as const) {
      for (const [setting, value] of Object.entries(settings)) scenario.secret(settingIn(source, setting), value);
    }
    trusted = mkdtempSync(path.join(tmpdir(), "rhombus-authority-"));
    writeFileSync(path.join(trusted, "authority.pem"), authority);
    stack = await TestStack.open({
      config: {
        ...secret({ ...own, adopt: rhombusToken, firstKey: swap(bluebird.kisi.apiSecretKey) }),
        ...secret({ apiToken: swap(acme.genea.apiToken), apiSecretKey: swap(acme.kisi.apiSecretKey) }),
        marker: { value: scan.marker },
        place: { value: `${acme.kisi.places.headquarters.id}` },
        endpoint: { value: emulator.url },
      },
      env: {
        ...settingsIn("environment", { ...settingsOf("environment"), endpointUrl: emulator.url }),
        NODE_EXTRA_CA_CERTS: path.join(trusted, "authority.pem"),
        PULUMI_EXPERIMENTAL: "true",
      },
      files: { "index.js": "module.exports = require('./program.js')();", "program.js": engineProgram },
      onShown: (channel, text) => scenario.record(channel, text),
    });
  });

  const console = () => emulator.console(acme.orgUuid);
  const cli = (command: string) => stack.cli(...command.split(" "));

  /** Sets a secret of the stack config, another value of a canary. */
  const rotate = async (key: string, canary: string, value: string) => {
    scenario.secret(canary, value);
    await stack.setConfig(key, value, true);
  };

  /** The program, for this process. */
  const program: PulumiFn = async () => {
    const loaded: unknown = createRequire(__filename)(path.join(stack.folder, "program.js"));
    assert.ok(typeof loaded === "function");
    return Object.fromEntries(Object.entries(await Reflect.apply(loaded, undefined, [])));
  };

  /** Adds the secrets in the state. */
  const addStored = async () => {
    for (const { urn, inputs, outputs } of await stack.opened()) {
      for (const [type, definition] of Object.entries(definitions)) {
        if (!urn.includes(`rhombus:${type}::`)) continue;
        for (const name of secretNamesOf(definition)) {
          const values = [inputs[name], outputs[name]].map(plaintextOf);
          scenario.secret(`${type}.${name}`, ...values.flatMap(textsIn));
        }
      }
    }
  };

  /** The secrets that the provider of a resource of Acme's has received: those that Rhombus generated, and the keys. */
  const secretsOf = (type: string) => [
    ...generatedSecrets(console()).flatMap(([name, value]) => (name.startsWith(`${type}.`) ? [value] : [])),
    ...scenario.secrets("rhombus:apiKey", "rhombus:clientKey", "RHOMBUS_API_KEY", "RHOMBUS_CLIENT_KEY"),
  ];

  it("reach the program, and are shown as [secret] everywhere else", async () => {
    const { text } = await stack.up(program);
    const outputs = await stack.outputs();
    await addStored();
    assert.equal(outputs.webhookSignatureSecret?.value, console().genea()?.webhookSignatureSecret);
    for (const [name, { secret }] of Object.entries(outputs))
      assert.equal(secret, !["marker", "note"].includes(name), name);
    assert.match(text, /webhookUrl\s*: \[secret\]/);
  });

  it("stay hidden in the plan that gives each of them another value", async () => {
    const settings = secret(settingsIn("rhombus", ofAcme));
    await stack.configure({ "rhombus:endpoint": { value: emulator.url }, ...settings });
    await rotate("apiToken", "GeneaIntegration.apiToken", swap(acme.genea.rotatedApiToken));
    await rotate("apiSecretKey", "KisiIntegration.apiSecretKey", swap(acme.kisi.rotatedApiSecretKey));
    await rotate("firstKey", "KisiIntegration.apiSecretKey", swap(bluebird.kisi.rotatedApiSecretKey));
    await stack.setConfig("saveClips", "true");
    const plan = await cli(planned);
    assert.match(plan, /~ apiToken\s*: \[secret\]/);
    assert.doesNotMatch(plan, /is stored unencrypted in the stack config/);
    await cli(asJson);
    await stack.up();
    assert.equal(console().genea()?.apiToken, swap(acme.genea.rotatedApiToken));
  });

  it("stay hidden in what a person looks at", async () => {
    for (const command of commands) await cli(command);
  });

  it("stay hidden in what has changed outside", async () => {
    const [{ uuid = "", description = "" } = {}] = console().groups();
    console().setGroup(uuid, { description: `no longer ${scan.marker}` });
    console().setGenea({ flags: { saveClips: false } });
    assert.match(await cli(drift), /~ saveClips: true => false/);
    console().setGroup(uuid, { description });
  });

  it("stay hidden when a badge vendor refuses its key, and when the API quotes them in an error", async () => {
    await rotate("apiToken", "GeneaIntegration.apiToken", newCanary());
    await stack.setConfig("saveClips", "false");
    for (const [operation, type] of [
      ["updateHoneywellOnGuardIntegration", "OnGuardIntegration"],
      ["updateKisiIntegrationV2", "KisiIntegration"],
    ] as const) {
      const errorMsg = `${scan.marker}: ${secretsOf(type).join(" ")}`;
      emulator.fail({ operation, with: { kind: "errorEnvelope", errorMsg }, times: 9 });
    }
    const { message } = await refusal(cli(refused));
    emulator.clearFaults();
    assert.match(message, /Check apiToken, which Genea does not accept\./);
    assert.match(message, /updateHoneywellOnGuardIntegration failed: Rhombus reported "marker/);
    assert.match(message, /updateKisiIntegrationV2 failed: Rhombus reported "marker/);
  });

  it("stay hidden when Rhombus refuses the API key", async () => {
    await rotate("rhombus:apiKey", "rhombus:apiKey", newCanary());
    const { message } = await refusal(stack.up());
    assert.match(message, /Check the key from rhombus:apiKey, .* 403 Access Denied\./);
  });

  it("are not touched by new API keys: no resource changes", async () => {
    await rotate("rhombus:apiKey", "rhombus:apiKey", swap(acme.rotatedApiKey));
    await rotate("apiToken", "GeneaIntegration.apiToken", swap(acme.genea.apiToken));
    await stack.up();
    await rotate("rhombus:apiKey", "rhombus:apiKey", swap(acme.apiKey));
    await rotate("apiKey", "Provider.apiKey", newCanary());
    await stack.setConfig("note", scan.marker);
    const plan = await cli(rotated);
    assert.match(plan, /pulumi:providers:pulumi-nodejs/);
    assert.doesNotMatch(plan, /dynamic\/rhombus/);
  });

  it("stay hidden when all is removed", async () => {
    await stack.destroy();
    assert.deepEqual(emulator.remains(), []);
  });

  it("are nowhere in all that was shown, stored and logged", async () => {
    scenario.record(stored.states, textBelow(path.join(stack.folder, "state")));
    scenario.record(stored.disk, stack.onDisk());
    scenario.record(stored.requests, JSON.stringify(emulator.requests()));
    scenario.end();
    const shown = [planned, asJson, drift, refused, rotated, ...commands].map((command) => `pulumi ${command}`);
    scan.verify({
      canaries: canaryNames,
      channels: ["printed", "events", "errors", ...shown, ...Object.values(stored)],
    });
  });

  after("removes all files", async () => {
    stack?.close();
    rmSync(trusted, { recursive: true, force: true });
    await emulator?.close();
  });
});

function secret(values: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, secret: true }]));
}

/** A value of a state with its secrets in plain text: an envelope contains the secret as JSON. */
function plaintextOf(value: unknown): unknown {
  const plaintext: unknown = Reflect.get(Object(value), "plaintext");
  return typeof plaintext === "string" ? JSON.parse(plaintext) : value;
}
