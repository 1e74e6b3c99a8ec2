import assert from "node:assert/strict";
import { prepare } from "../../../tools/setup.mjs";
import type { Declared } from "../../drivers/fakeEngine";
import { opened } from "../../drivers/properties";
import { LiveOrganization } from "./liveOrganization";

describe("a real organization (RHOMBUS_LIVE=1)", function () {
  this.timeout(300_000);
  let live: LiveOrganization;
  before("removes the objects of earlier runs", async function () {
    if (process.env.RHOMBUS_LIVE !== "1") this.skip();
    await prepare({ engine: false, install: false });
    live = await LiveOrganization.open(process.env);
    for (const name of await live.removeAbandoned()) console.log(`removed an object of an earlier run: ${name}`);
  });
  after("removes the objects of this run", async () => {
    for (const name of (await live?.removeOwn()) ?? []) console.log(`removed an object of a failed test: ${name}`);
  });

  /** Creates, reads, updates and deletes one object, each as an operation of its own. */
  const lifecycle = async (declared: Declared, changed: Declared["inputs"]) => {
    const { state } = await live.during((engine) => engine.up(declared));
    assert.deepEqual(state.initErrors, []);
    await live.during(async (engine) => {
      assert.equal((await engine.preview(declared, state)).step, "same");
      const read = await engine.refresh(state);
      assert.deepEqual(opened(read?.inputs ?? {}), opened(state.inputs));
    });
    const update = { type: declared.type, inputs: { ...declared.inputs, ...changed } };
    const updated = await live.during((engine) => engine.up(update, state));
    assert.deepEqual([updated.step, updated.state.initErrors, updated.state.id], ["update", [], state.id]);
    assert.equal((await live.during((engine) => engine.preview(update, updated.state))).step, "same");
    await live.during((engine) => engine.destroy(updated.state));
    await live.during(async (engine) => {
      assert.equal(await engine.refresh(updated.state), undefined);
      await engine.destroy(updated.state);
    });
    return updated.state;
  };

  it("creates, updates and deletes a group", async () => {
    const inputs = { name: live.nameFor("group"), description: "Created by a test, which removes it" };
    await lifecycle({ type: "AccessControlGroup", inputs }, { description: "Created and changed by a test" });
  });

  it("creates, updates and deletes an OnGuard deployment, with its secrets", async function () {
    // What a create without a token does to deployments that exist is not documented, so it is not tried beside those of others.
    if ((await live.foreignDeployments()) > 0) this.skip();
    const inputs = { displayName: live.nameFor("deployment"), doorInfoMap: { "1:4": { doorName: "Lobby" } } };
    const doors = { doorInfoMap: { "1:4": { doorName: "Entrance" }, "1:5": { doorName: "Yard" } } };
    const { outputs } = await lifecycle({ type: "OnGuardIntegration", inputs }, { saveClips: true, ...doors });
    const { webhookUrl, presharedSecret } = opened(outputs);
    assert.ok(webhookUrl && presharedSecret, "an output is missing");
  });
});
