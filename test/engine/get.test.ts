import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { useScene } from "./scene";
import { refusal } from "./stack";

describe("getting what exists without managing it", function () {
  this.timeout(60_000);
  const scene = useScene({ seed: "livedIn" });
  const reading =
    (id: string): PulumiFn =>
    async () => {
      const group = rhombus.AccessControlGroup.get("warehouse", id);
      const integration = rhombus.GeneaIntegration.get("genea", "genea");
      const { name, locationUuid, userUuids } = group;
      return {
        name,
        locationUuid,
        userUuids,
        doors: integration.doorInfoMap,
        signature: integration.webhookSignatureSecret,
      };
    };

  it("finds it with all that Rhombus knows of it, secrets as secrets", async () => {
    const group = scene.console.groups().find(({ name }) => name === "Warehouse");
    const { outputs, steps } = await scene.stack.up(reading(group?.uuid ?? ""));
    assert.deepEqual([...steps].sort(), ["read genea", "read warehouse"]);
    assert.equal(outputs.name?.value, "Warehouse");
    assert.equal(outputs.locationUuid?.value, group?.locationUuid);
    assert.deepEqual(outputs.userUuids?.value, [...(group?.userUuids ?? [])].sort());
    assert.deepEqual(outputs.doors?.value, scene.console.genea()?.doorInfoMap);
    assert.deepEqual(outputs.signature, { value: scene.console.genea()?.webhookSignatureSecret, secret: true });
  });

  it("fails when it is missing, and says where ids are found", async () => {
    const { message } = await refusal(scene.stack.up(reading("AAAAAAAAAAAAAAAAAAAAAA")));
    assert.match(message, /AccessControlGroup\.get found nothing with the id "AAAAAAAAAAAAAAAAAAAAAA"/);
    assert.match(message, /The id is the group's uuid, as findAccessControlGroupsByOrg lists it/);
  });

  it("deletes nothing when the stack is destroyed", async () => {
    const before = scene.emulator.remains();
    await scene.stack.destroy();
    assert.deepEqual(scene.emulator.remains(), before);
  });
});
