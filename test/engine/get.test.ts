import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { livedInSeed } from "../../provider/emulator";
import { useScene } from "./scene";
import { refusal } from "./stack";

describe("getting what exists without managing it", function () {
  this.timeout(60_000);
  const scene = useScene({ seed: "livedIn" });
  const reading: PulumiFn = async () => {
    const found = await rhombus.getAccessControlGroup({ name: "Warehouse" });
    const deployments = await rhombus.getOnGuardIntegrations({ displayNames: ["Headquarters OnGuard"] });
    const group = rhombus.AccessControlGroup.get("warehouse", found.uuid);
    const genea = rhombus.GeneaIntegration.get("genea", "genea");
    const kisi = rhombus.KisiIntegration.get("kisi", "kisi");
    const onGuard = rhombus.OnGuardIntegration.get("hq", deployments.ids[0] ?? "");
    const { name, locationUuid, userUuids } = group;
    return {
      ...{ name, locationUuid, userUuids },
      ...{ doors: genea.doorInfoMap, signature: genea.webhookSignatureSecret },
      ...{ places: kisi.placeToSettingsMap, placeTokens: kisi.placeTokens },
      ...{ onGuardDoors: onGuard.doorInfoMap, token: onGuard.rhombusToken, signing: onGuard.presharedSecret },
    };
  };

  it("finds every kind, with all that Rhombus knows of it", async () => {
    const { steps } = await scene.stack.up(reading);
    const outputs = await scene.stack.outputs();
    assert.deepEqual([...steps].sort(), ["read genea", "read hq", "read kisi", "read warehouse"]);
    const group = scene.console.groups().find(({ name }) => name === "Warehouse");
    assert.equal(outputs.name?.value, "Warehouse");
    assert.equal(outputs.locationUuid?.value, group?.locationUuid);
    assert.deepEqual(outputs.userUuids?.value, [...(group?.userUuids ?? [])].sort());
    assert.deepEqual(outputs.doors?.value, scene.console.genea()?.doorInfoMap);
    assert.deepEqual(Object.keys(outputs.places?.value), Object.keys(scene.console.kisi()?.placeToSettingsMap ?? {}));
    assert.deepEqual(outputs.onGuardDoors?.value, scene.console.onGuard()[0]?.doorInfoMap);
  });

  it("has secrets as secrets", async () => {
    const outputs = await scene.stack.outputs();
    const { rhombusToken, presharedSecret } = livedInSeed.headquartersOnGuard;
    assert.deepEqual(outputs.signature, { value: scene.console.genea()?.webhookSignatureSecret, secret: true });
    assert.deepEqual(outputs.token, { value: rhombusToken, secret: true });
    assert.deepEqual(outputs.signing, { value: presharedSecret, secret: true });
    assert.equal(outputs.placeTokens?.secret, true);
  });

  const missing: readonly [type: string, said: RegExp, get: () => object][] = [
    [
      "AccessControlGroup",
      /AccessControlGroup\.get found nothing with the id "A{22}".*getAccessControlGroup finds it by name/,
      () => rhombus.AccessControlGroup.get("it", "AAAAAAAAAAAAAAAAAAAAAA"),
    ],
    [
      "GeneaIntegration",
      /GeneaIntegration\.get found nothing with the id "1".*its id is "genea"/,
      () => rhombus.GeneaIntegration.get("it", "1"),
    ],
    [
      "KisiIntegration",
      /KisiIntegration\.get found nothing with the id "1".*its id is "kisi"/,
      () => rhombus.KisiIntegration.get("it", "1"),
    ],
    [
      "OnGuardIntegration",
      /OnGuardIntegration\.get found nothing with the id "1".*getOnGuardIntegrations/,
      () => rhombus.OnGuardIntegration.get("it", "1"),
    ],
  ];
  for (const [type, said, get] of missing) {
    it(`fails when it is missing, and says where ids are found: ${type}`, async () => {
      const { message } = await refusal(scene.stack.preview(async () => void get()));
      assert.match(message.replace(/\s+/g, " "), said);
    });
  }

  it("deletes nothing when the stack is destroyed", async () => {
    const before = scene.emulator.remains();
    await scene.stack.destroy();
    assert.deepEqual(scene.emulator.remains(), before);
  });
});
