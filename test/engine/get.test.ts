import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { livedInSeed } from "../../provider/emulator";
import { describeLong } from "../longRun";
import { useFixture } from "./fixture";

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

  it("deletes nothing when the stack is destroyed", async () => {
    const before = fixture.emulator.remains();
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), before);
  });
});
