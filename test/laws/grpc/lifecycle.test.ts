import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { handlerText } from "../../../provider/pulumi/handler";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import { opened } from "../../drivers/properties";
import { resourceFacts } from "../../resources/facts";
import { samples } from "./samples";

describe("The dynamic-provider process of Pulumi", function () {
  this.timeout(30_000);
  const fixture = GrpcFixture.here();

  for (const { type, inputs, changed } of samples) {
    it(`creates ${type} with all inputs in the outputs, reads, updates, gets and deletes it`, async () => {
      const { step, state } = await fixture.during((engine) => engine.up({ type, inputs }));
      assert.deepEqual([step, state.initErrors, state.outputs.__provider], ["create", [], handlerText(type)]);
      const outputs = opened(state.outputs);
      assert.deepEqual({ ...outputs, ...opened(inputs) }, outputs);

      const later = await fixture.start();
      assert.deepEqual(await later.refresh(state), state);
      assert.equal((await later.up({ type, inputs }, state)).step, "same");

      const updated = await fixture.during((engine) => engine.up({ type, inputs: changed }, state));
      assert.deepEqual([updated.step, updated.state.initErrors], ["update", []]);
      assert.deepEqual(await fixture.during((engine) => engine.refresh(updated.state)), updated.state);

      const got = await fixture.during((engine) => engine.get(type, state.id));
      const missing = Object.keys(updated.state.outputs).filter((name) => !(name in got.outputs));
      // No read shows the URL of the webhook, local inputs or the mark of this stack.
      assert.ok(
        missing.every((name) => ["__mark", "webhookUrl", "membership"].includes(name)),
        missing.join(", "),
      );

      await later.destroy(state);
      await later.destroy(state);
      assert.deepEqual(resourceFacts[type].objects(fixture.console), []);
      const [read, gone] = await Promise.allSettled([
        fixture.during((engine) => engine.refresh(state)),
        later.get(type, state.id),
      ]);
      assert.deepEqual(read, { status: "fulfilled", value: undefined });
      assert.match(String(gone.status === "rejected" && gone.reason), /found nothing with the id/);
    });
  }

  it("replaces a group that moves, and deletes it first because its name is taken", async () => {
    const { headquarters, warehouse } = campusSeed.acme.locations;
    const group = (locationUuid: string) =>
      ({ type: "AccessControlGroup", inputs: { name: "Staff", locationUuid } }) as const;
    const { state } = await fixture.during((engine) => engine.up(group(headquarters.uuid)));
    const replaced = await fixture.during((engine) => engine.up(group(warehouse.uuid), state));
    assert.equal(replaced.step, "replace");
    assert.deepEqual(
      fixture.console.groups().map(({ uuid }) => uuid),
      [replaced.state.id],
    );
  });

  it("that is killed during a create leaves an object, which the next deployment adopts only with adopt", async () => {
    const type = "AccessControlGroup";
    const inputs = { name: "Engineering" };
    fixture.emulator.fail({ operation: "createAccessControlGroup", with: { kind: "timeout", when: "after" } });
    const killed = await fixture.startProcess();
    const lost = assert.rejects(killed.provider.create(type, inputs));
    while (fixture.console.groups().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await killed.close();
    await lost;
    const engine = await fixture.start();
    await assert.rejects(engine.up({ type, inputs }), /already exists.*adopt: true/);
    const { state } = await engine.up({ type, inputs: { ...inputs, adopt: true } });
    assert.deepEqual(
      fixture.console.groups().map(({ uuid }) => uuid),
      [state.id],
    );
  });
});
