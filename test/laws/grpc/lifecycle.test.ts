import assert from "node:assert/strict";
import { handlerText } from "../../../provider/pulumi/handler";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import { elsewhere, samples } from "../../drivers/grpc/samples";
import { opened } from "../../drivers/properties";

for (const sample of samples) {
  const { type, inputs, changed, changedNames, secrets, drift } = sample;

  describe(`${type} in Pulumi's dynamic-provider process`, function () {
    this.timeout(30_000);
    const fixture = GrpcFixture.here();
    const created = () => fixture.during((engine) => engine.up({ type, inputs }));

    it("creates, echoing every input and the handler into the outputs", async () => {
      const engine = await fixture.startProcess();
      const { step, state } = await engine.up({ type, inputs });
      assert.deepEqual([step, state.initErrors], ["create", []]);
      const outputs = opened(state.outputs);
      const echoed = Object.keys(opened(state.inputs)).map((name) => [name, outputs[name]]);
      assert.deepEqual(Object.fromEntries(echoed), opened(inputs));
      assert.equal(state.outputs.__provider, handlerText(type));
    });

    it("reads back exactly what it created, and finds nothing to do", async () => {
      const { state } = await created();
      const engine = await fixture.start();
      assert.deepEqual(await engine.refresh(state), state);
      assert.equal((await engine.up({ type, inputs }, state)).step, "same");
    });

    it("updates what the program changed, and then finds nothing to do", async () => {
      const { state } = await created();
      const updating = await fixture.start();
      const plan = await updating.preview({ type, inputs: changed }, state);
      assert.deepEqual([plan.step, plan.changed, plan.replaces], ["update", changedNames, []]);
      const updated = await updating.up({ type, inputs: changed }, state);
      const after = await fixture.during((next) => next.refresh(updated.state));
      assert.deepEqual(after, updated.state);
      const next = await fixture.during((later) => later.preview({ type, inputs: changed }, updated.state));
      assert.equal(next.step, "same");
    });

    it("shows a change made outside, and puts it right", async () => {
      const { state } = await created();
      drift.apply(fixture.console);
      const engine = await fixture.start();
      const read = await engine.refresh(state);
      assert.ok(read);
      assert.deepEqual(opened(read.inputs)[drift.input], drift.value);
      assert.equal((await engine.up({ type, inputs }, read)).step, "update");
      const after = await fixture.during((next) => next.refresh(state));
      assert.deepEqual(after?.inputs, state.inputs);
    });

    it("finds that it is gone, fails a get of it, and makes it anew", async () => {
      const { state } = await created();
      sample.remove(fixture.console);
      const engine = await fixture.start();
      const [read, got] = await Promise.allSettled([engine.refresh(state), engine.get(type, state.id)]);
      assert.deepEqual(read, { status: "fulfilled", value: undefined });
      assert.match(String(got.status === "rejected" && got.reason), /found nothing with the id/);
      assert.equal((await engine.up({ type, inputs })).step, "create");
    });

    it("deletes it, twice if asked to", async () => {
      const { state } = await created();
      const engine = await fixture.start();
      await engine.destroy(state);
      assert.ok(fixture.emulator.isEmpty());
      await engine.destroy(state);
    });

    it("gets an existing one by its id, secrets included", async () => {
      const { state } = await created();
      const got = await fixture.during((engine) => engine.get(type, state.id));
      assert.equal(got.id, state.id);
      const missing = Object.keys(state.outputs).filter((name) => !(name in got.outputs));
      // No read of the vendor's has the webhook's URL, and what is only read is not marked as this stack's.
      assert.deepEqual(missing.sort(), ["__mark", ...(secrets.includes("webhookUrl") ? ["webhookUrl"] : [])]);
    });
  });
}

describe("What the engine may do to an access control group in Pulumi's dynamic-provider process", function () {
  this.timeout(30_000);
  const fixture = GrpcFixture.here();
  const type = "AccessControlGroup";
  const inputs = { name: "Engineering" };

  it("replaces it when it has to move, deleting it first because its name is taken", async () => {
    const { state } = await fixture.during((engine) => engine.up({ type, inputs }));
    const moved = { type, inputs: { ...inputs, locationUuid: elsewhere } } as const;
    const engine = await fixture.start();
    assert.deepEqual((await engine.preview(moved, state)).replaces, ["locationUuid"]);
    const replaced = await engine.up(moved, state);
    assert.equal(replaced.step, "replace");
    assert.deepEqual(
      fixture.console.groups().map(({ uuid }) => uuid),
      [replaced.state.id],
    );
  });

  it("kills the process while it is made: the next deployment finds it, and adopts it only when told to", async () => {
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
