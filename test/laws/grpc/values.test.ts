import assert from "node:assert/strict";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import { samples } from "../../drivers/grpc/samples";
import { isList, isProperties, opened, type Properties, unknown } from "../../drivers/properties";

describe("What crosses the wire of Pulumi's dynamic-provider process", function () {
  this.timeout(30_000);
  const fixture = GrpcFixture.here();

  for (const { type, inputs } of samples) {
    it(`may be unknown at any place of the inputs of ${type}`, async () => {
      const { state } = await fixture.during((engine) => engine.up({ type, inputs }));
      const engine = await fixture.start();
      for (const [where, news] of eachUnknown(inputs)) {
        const checked = await engine.provider.check(type, { olds: state.inputs, news });
        assert.deepEqual(checked.failures, [], where);
        const { __provider, ...rest } = opened(checked.inputs);
        assert.deepEqual(rest, opened(news), where);
        const diff = await engine.provider.diff(type, { id: state.id, olds: state.outputs, news: checked.inputs });
        assert.notEqual(diff.changes, "none", where);
      }
    });

    it(`is never undefined, however little ${type} declares and the vendor answers`, async () => {
      fixture.emulator.behave({ vendorKeyReads: "absent", onGuardSecretReads: "absent", notConfigured: "absent" });
      const few = Object.entries(inputs).filter(([name]) => /name|key|token/i.test(name));
      const { state } = await fixture.during((engine) => engine.up({ type, inputs: Object.fromEntries(few) }));
      const after = await fixture.start();
      assert.deepEqual(await after.refresh(state), state);
      assert.ok((await after.get(type, state.id)).outputs.orgUuid);
    });

    it(`takes null of ${type} for not declared`, async () => {
      const engine = await fixture.start();
      const checked = await engine.provider.check(type, { news: { ...inputs, adopt: null } });
      assert.deepEqual(checked.failures, []);
      assert.ok(!Object.values(checked.inputs).includes(null));
    });
  }

  it("never holds the key of the configuration", async () => {
    const engine = await fixture.start();
    const key = fixture.config["rhombus:apiKey"] ?? "";
    for (const { type, inputs } of samples) {
      const { state } = await engine.up({ type, inputs });
      assert.ok(!JSON.stringify([opened(state.inputs), opened(state.outputs)]).includes(key));
    }
  });

  it("refuses a property that does not exist, and says which one was meant", async () => {
    const engine = await fixture.start();
    const { failures } = await engine.provider.check("GeneaIntegration", { news: { apiTokn: "hunter2hunter2" } });
    assert.deepEqual(failures, [{ property: "", reason: 'apiTokn is an unknown property. Did you mean "apiToken"?' }]);
  });
});

/** The properties once with each of their values, at any depth, unknown; and where that is. */
function eachUnknown(properties: Properties, at = ""): [where: string, properties: Properties][] {
  return Object.entries(properties).flatMap(([name, value]): [string, Properties][] => {
    const where = `${at}/${name}`;
    const inside = variants(value, where).map(([place, variant]): [string, Properties] => {
      return [place, { ...properties, [name]: variant }];
    });
    return [[where, { ...properties, [name]: unknown }], ...inside];
  });
}

function variants(value: unknown, at: string): [where: string, property: unknown][] {
  if (isProperties(value)) return eachUnknown(value, at);
  if (!isList(value)) return [];
  return value.map((_, index) => [`${at}/${index}`, value.map((each, i) => (i === index ? unknown : each))]);
}
