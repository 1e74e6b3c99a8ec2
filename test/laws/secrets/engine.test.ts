import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { refusal } from "../../engine/stack";
import { canaryNames, newCanary } from "./canaries";
import { EngineStage } from "./engineStage";
import { Watch } from "./watch";

const { acme, bluebird } = campusSeed;

/** What people run to look at a stack. */
const commands = [
  "stack",
  "stack output",
  "stack output --json",
  "stack export",
  "stack history --json",
  "config",
  "config --json",
];

const [planned, asJson, drift, refused, rotated] = [
  "preview --diff --save-plan plan.json",
  "preview --json",
  "refresh --preview-only --diff",
  "up --yes --skip-preview --continue-on-error",
  "preview --diff",
];

describe("secrets on the real engine", function () {
  this.timeout(90_000);
  const watch = new Watch();
  let stage: EngineStage;
  before("sets the stage", async function () {
    this.timeout(120_000);
    stage = await EngineStage.begin(watch);
  });
  const cli = (command: string) => stage.stack.cli(...command.split(" "));

  it("reach the program, and are shown as [secret] everywhere else", async () => {
    const { text } = await stage.stack.up(stage.program);
    const outputs = await stage.stack.outputs();
    await stage.learn();
    assert.equal(outputs.webhookSignatureSecret?.value, stage.console.genea()?.webhookSignatureSecret);
    for (const [name, { secret }] of Object.entries(outputs))
      assert.equal(secret, !["bait", "note"].includes(name), name);
    assert.match(text, /webhookUrl\s*: \[secret\]/);
  });

  it("stay hidden in the plan that gives each of them another value", async () => {
    await stage.configure();
    await stage.rotate("apiToken", "GeneaIntegration.apiToken", stage.swap(acme.genea.rotatedApiToken));
    await stage.rotate("apiSecretKey", "KisiIntegration.apiSecretKey", stage.swap(acme.kisi.rotatedApiSecretKey));
    await stage.rotate("firstKey", "KisiIntegration.apiSecretKey", stage.swap(bluebird.kisi.rotatedApiSecretKey));
    await stage.stack.setConfig("saveClips", "true");
    const plan = await cli(planned);
    assert.match(plan, /~ apiToken\s*: \[secret\]/);
    assert.doesNotMatch(plan, /is stored unencrypted in the stack config/);
    await cli(asJson);
    await stage.stack.up();
    assert.equal(stage.console.genea()?.apiToken, stage.swap(acme.genea.rotatedApiToken));
  });

  it("stay hidden in what a person looks at", async () => {
    for (const command of commands) await cli(command);
  });

  it("stay hidden in what has changed outside", async () => {
    const [{ uuid = "", description = "" } = {}] = stage.console.groups();
    stage.console.setGroup(uuid, { description: `no longer ${watch.bait}` });
    stage.console.setGenea({ flags: { saveClips: false } });
    assert.match(await cli(drift), /~ saveClips: true => false/);
    stage.console.setGroup(uuid, { description });
  });

  it("stay hidden when a vendor refuses its key, and when the API quotes them in an error", async () => {
    await stage.rotate("apiToken", "GeneaIntegration.apiToken", newCanary());
    await stage.stack.setConfig("saveClips", "false");
    for (const [operation, type] of [
      ["updateHoneywellOnGuardIntegration", "OnGuardIntegration"],
      ["updateKisiIntegrationV2", "KisiIntegration"],
    ] as const) {
      const errorMsg = `${watch.bait}: ${stage.secretsOf(type).join(" ")}`;
      stage.emulator.fail({ operation, with: { kind: "errorEnvelope", errorMsg }, times: 9 });
    }
    const { message } = await refusal(cli(refused));
    stage.emulator.clearFaults();
    assert.match(message, /Genea refused its own key: check apiToken/);
    assert.match(message, /updateHoneywellOnGuardIntegration failed: bait/);
    assert.match(message, /updateKisiIntegrationV2 failed: bait/);
  });

  it("stay hidden when Rhombus refuses the API key", async () => {
    await stage.rotate("rhombus:apiKey", "rhombus:apiKey", newCanary());
    const { message } = await refusal(stage.stack.up());
    assert.match(message, /403 Access Denied\. The key \(from rhombus:apiKey\) may be wrong or revoked/);
  });

  it("are not touched by new API keys: no resource changes", async () => {
    await stage.rotate("rhombus:apiKey", "rhombus:apiKey", stage.swap(acme.rotatedApiKey));
    await stage.rotate("apiToken", "GeneaIntegration.apiToken", stage.swap(acme.genea.apiToken));
    await stage.stack.up();
    await stage.rotate("rhombus:apiKey", "rhombus:apiKey", stage.swap(acme.apiKey));
    await stage.rotate("apiKey", "Provider.apiKey", newCanary());
    await stage.stack.setConfig("note", watch.bait);
    const plan = await cli(rotated);
    assert.match(plan, /pulumi:providers:pulumi-nodejs/);
    assert.doesNotMatch(plan, /dynamic\/rhombus/);
  });

  it("stay hidden when all is removed", async () => {
    await stage.stack.destroy();
    assert.deepEqual(stage.emulator.remains(), []);
  });

  it("are nowhere in all that was shown, stored and logged", async () => {
    await stage.end();
    const shown = [planned, asJson, drift, refused, rotated, ...commands].map((command) => `pulumi ${command}`);
    watch.verify({
      canaries: canaryNames,
      channels: ["printed", "events", "errors", ...shown, ...EngineStage.kept],
    });
  });
});
