import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { livedInSeed } from "../../provider/emulator";
import { describeLong } from "../tally";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

describeLong("getting what exists without managing it", function () {
  this.timeout(60_000);
  const fixture = useFixture({ seed: "livedIn" });
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
    const { steps } = await fixture.stack.up(reading);
    const outputs = await fixture.stack.outputs();
    assert.deepEqual([...steps].sort(), ["read genea", "read hq", "read kisi", "read warehouse"]);
    const group = fixture.console.groups().find(({ name }) => name === "Warehouse");
    assert.equal(outputs.name?.value, "Warehouse");
    assert.equal(outputs.locationUuid?.value, group?.locationUuid);
    assert.deepEqual(outputs.userUuids?.value, [...(group?.userUuids ?? [])].sort());
    assert.deepEqual(outputs.doors?.value, fixture.console.genea()?.doorInfoMap);
    assert.deepEqual(Object.keys(outputs.places?.value), Object.keys(fixture.console.kisi()?.placeToSettingsMap ?? {}));
    assert.deepEqual(outputs.onGuardDoors?.value, fixture.console.onGuard()[0]?.doorInfoMap);
  });

  it("has secrets as secrets", async () => {
    const outputs = await fixture.stack.outputs();
    const { rhombusToken, presharedSecret } = livedInSeed.headquartersOnGuard;
    assert.deepEqual(outputs.signature, { value: fixture.console.genea()?.webhookSignatureSecret, secret: true });
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
      "OnGuardIntegration",
      /OnGuardIntegration\.get found nothing with the id "3d813cbb-.*getOnGuardIntegrations/,
      () => rhombus.OnGuardIntegration.get("it", "3d813cbb-47fb-5b6a-9d4e-2a1d0c9f7b11"),
    ],
  ];
  for (const [type, said, get] of missing) {
    it(`fails when it is missing, and says where ids are found: ${type}`, async () => {
      const { message } = await refusal(fixture.stack.preview(async () => void get()));
      assert.match(message.replace(/\s+/g, " "), said);
    });
  }

  const { rhombusToken } = livedInSeed.headquartersOnGuard;
  const mistaken: readonly [how: string, said: RegExp, program: PulumiFn][] = [
    [
      "a token, in clear",
      /OnGuardIntegration \(a text of \d+ characters, not shown/,
      async () => void rhombus.OnGuardIntegration.get("it", rhombusToken),
    ],
    [
      "a token, in clear, as an output",
      /OnGuardIntegration \(a text of \d+ characters, not shown/,
      async () => void rhombus.OnGuardIntegration.get("it", pulumi.output(rhombusToken)),
    ],
    [
      "a token, as the secret output that it is",
      /OnGuardIntegration is a secret, and Pulumi stores and prints ids in clear/,
      async () => {
        const deployments = await rhombus.getOnGuardIntegrations({ displayNames: ["Headquarters OnGuard"] });
        const onGuard = rhombus.OnGuardIntegration.get("hq", deployments.ids[0] ?? "");
        rhombus.OnGuardIntegration.get("it", onGuard.rhombusToken);
      },
    ],
    [
      "no id at all",
      /GeneaIntegration \(a text of 0 characters/,
      async () => void rhombus.GeneaIntegration.get("it", ""),
    ],
  ];
  for (const [how, said, program] of mistaken) {
    it(`is refused when it is asked for by ${how}, which shows nowhere`, async () => {
      fixture.emulator.clearRequests();
      const { message } = await refusal(fixture.stack.up(program));
      assert.match(message.replace(/\s+/g, " "), said);
      assert.ok(!message.includes(rhombusToken), message);
      assert.ok(!fixture.stack.onDisk().includes(rhombusToken), "nor in the state");
      const writes = fixture.emulator.requests().filter(({ operation = "" }) => !/^(?:get|find)/.test(operation));
      assert.deepEqual(writes, []);
    });
  }

  it("deletes nothing when the stack is destroyed", async () => {
    const before = fixture.emulator.remains();
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), before);
  });
});
