import assert from "node:assert/strict";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import { samples } from "../../drivers/grpc/samples";
import { type Properties, readable, SecretProperty } from "../../drivers/properties";

for (const { type, inputs, changed, secrets, canaries } of samples) {
  describe(`The secrets of ${type} in Pulumi's dynamic-provider process`, function () {
    this.timeout(30_000);
    const fixture = GrpcFixture.here();

    /** What the provider itself answers, before the engine marks anything. */
    function assertHidden(answer: Properties, names: readonly string[]): void {
      const hidden = names.filter((name) => answer[name] instanceof SecretProperty);
      assert.deepEqual(hidden, names);
      for (const canary of canaries(fixture.console)) assert.ok(!readable(answer).includes(canary), canary);
    }

    const declared = secrets.filter((name) => name in inputs);

    it("leave in envelopes from check, create, read and update", async () => {
      const engine = await fixture.startProcess();
      assertHidden((await engine.provider.check(type, { news: inputs })).inputs, declared);
      const { id, outputs } = await engine.provider.create(type, inputs);
      assertHidden(outputs, secrets);
      const later = await fixture.start();
      const read = await later.provider.read(type, { id, outputs });
      assertHidden(read.outputs, secrets);
      assertHidden(read.inputs ?? {}, declared);
      const updated = await later.provider.update(type, { id, olds: outputs, news: changed });
      assertHidden(updated.outputs, secrets);
      assert.ok(canaries(fixture.console).every((canary) => !id.includes(canary)));
      assert.equal(engine.written, "");
    });

    it("leave in envelopes when an existing one is read by its id", async () => {
      const { id } = await fixture.during((engine) => engine.provider.create(type, inputs));
      const { outputs, inputs: read } = await fixture.during((engine) => engine.get(type, id));
      assertHidden(
        outputs,
        secrets.filter((name) => name !== "webhookUrl"),
      );
      assertHidden(read, declared);
    });

    it("stay in the state when the vendor no longer shows them", async () => {
      const { state } = await fixture.during((engine) => engine.up({ type, inputs }));
      fixture.emulator.behave({ vendorKeyReads: "masked", onGuardSecretReads: "masked" });
      const engine = await fixture.start();
      assert.deepEqual(await engine.refresh(state), state);
      assert.equal((await engine.up({ type, inputs }, state)).step, "same");
    });
  });
}
