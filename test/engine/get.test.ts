import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { livedInSeed } from "../../provider/emulator";
import { writes } from "../drivers/calls";
import { describeLong } from "../tally";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

describeLong("a static get", function () {
  this.timeout(60_000);
  const fixture = useFixture({ seed: "livedIn" });
  const program: PulumiFn = async () => {
    const found = await rhombus.getAccessControlGroup({ name: "Warehouse" });
    const deployments = await rhombus.getOnGuardIntegrations({ displayNames: ["Headquarters OnGuard"] });
    const { name, locationUuid, userUuids } = rhombus.AccessControlGroup.get("warehouse", found.uuid);
    const genea = rhombus.GeneaIntegration.get("genea", "genea");
    const kisi = rhombus.KisiIntegration.get("kisi", "kisi");
    const onGuard = rhombus.OnGuardIntegration.get("hq", deployments.ids[0] ?? "");
    return {
      ...{ name, locationUuid, userUuids, doors: onGuard.doorInfoMap, places: kisi.placeToSettingsMap },
      ...{ signature: genea.webhookSignatureSecret, placeTokens: kisi.placeTokens, token: onGuard.rhombusToken },
    };
  };

  it("reads every type with all fields, secrets as secrets", async () => {
    const { steps } = await fixture.stack.up(program);
    assert.deepEqual([...steps].sort(), ["read genea", "read hq", "read kisi", "read warehouse"]);
    const outputs = await fixture.stack.outputs();
    const group = fixture.console.groups().find(({ name }) => name === "Warehouse");
    assert.deepEqual([outputs.name?.value, outputs.locationUuid?.value], ["Warehouse", group?.locationUuid]);
    assert.deepEqual(outputs.userUuids?.value, [...(group?.userUuids ?? [])].sort());
    assert.deepEqual(outputs.doors?.value, fixture.console.onGuard()[0]?.doorInfoMap);
    assert.deepEqual(Object.keys(outputs.places?.value), Object.keys(fixture.console.kisi()?.placeToSettingsMap ?? {}));
    assert.deepEqual(outputs.signature, { value: fixture.console.genea()?.webhookSignatureSecret, secret: true });
    assert.deepEqual(outputs.token, { value: livedInSeed.headquartersOnGuard.rhombusToken, secret: true });
    assert.equal(outputs.placeTokens?.secret, true);
  });

  const { rhombusToken } = livedInSeed.headquartersOnGuard;
  const mistaken: readonly [how: string, error: RegExp, program: PulumiFn][] = [
    [
      "an id that does not exist",
      /AccessControlGroup\.get found nothing with the id "A{22}".*getAccessControlGroup finds it by name/,
      async () => void rhombus.AccessControlGroup.get("it", "A".repeat(22)),
    ],
    [
      "a token in clear",
      /OnGuardIntegration \(a text of \d+ characters, not shown/,
      async () => void rhombus.OnGuardIntegration.get("it", rhombusToken),
    ],
    [
      "a token as a secret output",
      /OnGuardIntegration is a secret, and Pulumi stores and prints ids in clear/,
      async () => {
        const deployments = await rhombus.getOnGuardIntegrations({ displayNames: ["Headquarters OnGuard"] });
        const onGuard = rhombus.OnGuardIntegration.get("hq", deployments.ids[0] ?? "");
        rhombus.OnGuardIntegration.get("it", onGuard.rhombusToken);
      },
    ],
  ];
  for (const [how, error, mistake] of mistaken) {
    it(`of ${how} is an error that does not show it`, async () => {
      fixture.emulator.clearRequests();
      const { message } = await refusal(fixture.stack.up(mistake));
      assert.match(message.replace(/\s+/g, " "), error);
      assert.ok(!message.includes(rhombusToken), message);
      assert.ok(!fixture.stack.onDisk().includes(rhombusToken), "the state shows it");
      assert.deepEqual(writes(fixture.emulator), []);
    });
  }

  it("deletes nothing when the stack is destroyed", async () => {
    const before = fixture.emulator.remains();
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), before);
  });
});
