import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { assertHidden, knownSecrets, madeSecrets, useScene } from "./scene";
import { refusal } from "./stack";

const { acme } = campusSeed;
const { genea, kisi } = acme;
const wrongKey = "wrongCanaryKey00000001";
const wrongGeneaToken = "genea-canary-that-is-wrong";

describe("secrets", function () {
  this.timeout(60_000);
  const scene = useScene();
  const made = new Set<string>();
  const program =
    (change: { saveClips?: boolean; apiToken?: string } = {}): PulumiFn =>
    async () => {
      const { saveClips = false, apiToken = genea.apiToken } = change;
      const badges = new rhombus.OnGuardIntegration("hq", { displayName: "HQ", saveClips });
      const integration = new rhombus.GeneaIntegration("genea", { apiToken: pulumi.secret(apiToken), saveClips });
      const places = { [kisi.places.headquarters.id]: { saveClips } };
      const locks = new rhombus.KisiIntegration("kisi", {
        apiSecretKey: pulumi.secret(kisi.apiSecretKey),
        placeToSettingsMap: places,
      });
      const { webhookUrl, presharedSecret, rhombusToken } = badges;
      const { refreshToken, webhookSignatureSecret } = integration;
      const { placeTokens, placeToSettingsMap, apiSecretKey } = locks;
      const secret = {
        webhookUrl,
        presharedSecret,
        rhombusToken,
        refreshToken,
        webhookSignatureSecret,
        placeTokens,
        apiSecretKey,
      };
      return { ...secret, placeToSettingsMap };
    };
  /** Nothing that any run so far has shown, stored or logged holds a secret. */
  const assertNothingShown = () => {
    for (const secret of madeSecrets(scene.emulator)) made.add(secret);
    assertHidden([...knownSecrets(), ...made, wrongKey, wrongGeneaToken], scene.stack, scene.emulator);
  };

  it("reach the program, and are stored encrypted and shown as [secret] everywhere else", async () => {
    const { text, outputs } = await scene.stack.up(program());
    assert.equal(outputs.webhookSignatureSecret?.value, scene.console.genea()?.webhookSignatureSecret);
    for (const [name, { secret }] of Object.entries(outputs)) assert.equal(secret, name !== "placeToSettingsMap", name);
    assert.match(text, /webhookUrl\s*: \[secret\]/);
    assert.match(await scene.stack.cli("stack", "output"), /placeTokens\s+\[secret\]/);
    const listed = await scene.stack.cli("stack", "export");
    assert.ok(
      madeSecrets(scene.emulator).length >= 7 && !madeSecrets(scene.emulator).some((each) => listed.includes(each)),
    );
    assertNothingShown();
  });

  it("stay hidden in previews, updates and refreshes with all differences", async () => {
    await scene.stack.preview(program({ saveClips: true, apiToken: genea.rotatedApiToken }));
    await scene.stack.up();
    assert.equal(scene.console.genea()?.apiToken, genea.rotatedApiToken);
    scene.console.setGenea({ flags: { saveClips: false } });
    assert.match(await scene.stack.cli("refresh", "--preview-only", "--diff"), /~ saveClips: true => false/);
    assertNothingShown();
  });

  it("stay hidden when a vendor refuses its key", async () => {
    const { message } = await refusal(scene.stack.up(program({ saveClips: true, apiToken: wrongGeneaToken })));
    assert.match(message, /Genea refused its own key: check apiToken/);
    assertNothingShown();
  });

  it("stay hidden when the API quotes them in an error", async () => {
    const { rhombusToken = "", presharedSecret = "" } = scene.console.onGuard()[0] ?? {};
    const errorMsg = `no deployment ${rhombusToken} with ${presharedSecret} for ${acme.apiKey} or ${kisi.apiSecretKey}`;
    for (const operation of ["updateHoneywellOnGuardIntegration", "updateKisiIntegrationV2"] as const) {
      scene.emulator.fail({ operation, with: { kind: "errorEnvelope", errorMsg }, times: 9 });
    }
    const { message } = await refusal(scene.stack.up(program({ saveClips: false, apiToken: genea.rotatedApiToken })));
    assert.match(message, /updateHoneywellOnGuardIntegration failed: no deployment .* with .* for/);
    assert.match(message, /updateKisiIntegrationV2 failed: no deployment/);
    scene.emulator.clearFaults();
    assertNothingShown();
  });

  it("stay hidden when Rhombus refuses the API key", async () => {
    await scene.stack.setConfig("rhombus:apiKey", wrongKey, true);
    const { message } = await refusal(scene.stack.up(program({ saveClips: false, apiToken: genea.rotatedApiToken })));
    assert.match(message, /403 Access Denied\. The key \(from rhombus:apiKey\) may be wrong or revoked/);
    assertNothingShown();
  });

  it("are not touched by a new API key: no resource changes", async () => {
    await scene.stack.setConfig("rhombus:apiKey", acme.apiKey, true);
    await scene.stack.up();
    await scene.stack.setConfig("rhombus:apiKey", acme.rotatedApiKey, true);
    await scene.stack.expectNothingToDo();
    assert.deepEqual((await scene.stack.up()).steps, []);
    await scene.stack.destroy();
    assertNothingShown();
  });
});
