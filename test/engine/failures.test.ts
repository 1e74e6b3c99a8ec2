import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { useScene } from "./scene";
import { refusal } from "./stack";

const { genea, users } = campusSeed.acme;

describe("a deployment that fails half way", function () {
  this.timeout(60_000);
  const scene = useScene();
  const withUsers =
    (...userUuids: string[]): PulumiFn =>
    async () => {
      new rhombus.AccessControlGroup("engineering", { userUuids });
    };
  const members = () => scene.console.groups().flatMap(({ userUuids }) => userUuids);

  it("says what is missing and why, and keeps what was made", async () => {
    const { message } = await refusal(scene.stack.up(withUsers(users.ada.uuid, users.deleted.uuid)));
    assert.match(message, new RegExp(`does not show it at userUuids.*${users.deleted.uuid}`));
    assert.match(message, /Users must belong to this organization and must not be deleted/);
    assert.deepEqual(members(), [users.ada.uuid]);
    assert.equal((await scene.stack.stored("engineering"))?.id, scene.console.groups()[0]?.uuid);
  });

  it("is finished by the next deployment, without making anything twice", async () => {
    const { steps } = await scene.stack.up(withUsers(users.ada.uuid, users.ben.uuid));
    assert.deepEqual(steps, ["update engineering"]);
    assert.equal(scene.console.groups().length, 1);
    assert.deepEqual(members().sort(), [users.ada.uuid, users.ben.uuid].sort());
    await scene.stack.expectNoDrift();
    await scene.stack.expectNothingToDo();
  });

  it("does not stop the next one from taking back what it did do", async () => {
    const { message } = await refusal(scene.stack.up(withUsers(users.chloe.uuid, users.deleted.uuid)));
    assert.match(message, new RegExp(`does not show it at userUuids.*${users.deleted.uuid}`));
    await scene.stack.up(withUsers(users.ben.uuid));
    assert.deepEqual(members(), [users.ben.uuid]);
  });

  it("can be destroyed", async () => {
    await scene.stack.destroy();
    assert.deepEqual(scene.emulator.remains(), []);
  });

  it("leaves nothing behind when a vendor key is refused before anything was written", async () => {
    const integration =
      (apiToken: string): PulumiFn =>
      async () => {
        new rhombus.GeneaIntegration("genea", { apiToken: pulumi.secret(apiToken) });
      };
    const { message } = await refusal(scene.stack.up(integration("genea-canary-that-genea-refuses")));
    assert.match(message, /Genea refused its own key: check apiToken\. The Rhombus API key is not at fault/);
    assert.equal(await scene.stack.stored("genea"), undefined);
    assert.deepEqual((await scene.stack.up(integration(genea.apiToken))).steps, ["create genea"]);
  });
});
