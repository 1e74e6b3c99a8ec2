import assert from "node:assert/strict";
import { Campus } from "../../drivers/grpc/campus";
import { isList, isMap, opened, type Properties, type Property, unknown } from "../../drivers/grpc/properties";
import { samples } from "../../drivers/grpc/samples";

describe("What crosses the wire of Pulumi's dynamic-provider process", function () {
  this.timeout(30_000);
  const campus = Campus.here();

  for (const { type, inputs } of samples) {
    it(`may be unknown at any place of the inputs of ${type}`, async () => {
      const { state } = await campus.during((engine) => engine.up({ type, inputs }));
      const engine = await campus.start();
      for (const [where, news] of eachUnknown(inputs)) {
        const checked = await engine.rpc.check(type, { olds: state.inputs, news });
        assert.deepEqual(checked.failures, [], where);
        const { __provider, ...rest } = opened(checked.inputs);
        assert.deepEqual(rest, opened(news), where);
        const diff = await engine.rpc.diff(type, { id: state.id, olds: state.outputs, news: checked.inputs });
        assert.notEqual(diff.changes, "none", where);
      }
    });

    it(`is never undefined, however little ${type} declares and the vendor answers`, async () => {
      campus.emulator.behave({ vendorKeyReads: "absent", onGuardSecretReads: "absent", notConfigured: "absent" });
      const few = Object.entries(inputs).filter(([name]) => /name|key|token/i.test(name));
      const { state } = await campus.during((engine) => engine.up({ type, inputs: Object.fromEntries(few) }));
      const after = await campus.start();
      assert.deepEqual(await after.refresh(state), state);
      assert.ok((await after.get(type, state.id)).outputs.orgUuid);
    });

    it(`takes null of ${type} for not declared`, async () => {
      const engine = await campus.start();
      const checked = await engine.rpc.check(type, { news: { ...inputs, adopt: null } });
      assert.deepEqual(checked.failures, []);
      assert.ok(!Object.values(checked.inputs).includes(null));
    });
  }

  it("never holds the key of the configuration", async () => {
    const engine = await campus.start();
    const key = campus.config["rhombus:apiKey"] ?? "";
    for (const { type, inputs } of samples) {
      const { state } = await engine.up({ type, inputs });
      assert.ok(!JSON.stringify([opened(state.inputs), opened(state.outputs)]).includes(key));
    }
  });

  it("refuses a property that does not exist, and says which one was meant", async () => {
    const engine = await campus.start();
    const { failures } = await engine.rpc.check("GeneaIntegration", { news: { apiTokn: "hunter2hunter2" } });
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

function variants(value: Property, at: string): [where: string, property: Property][] {
  if (isMap(value)) return eachUnknown(value, at);
  if (!isList(value)) return [];
  return value.map((_, index) => [`${at}/${index}`, value.map((each, i) => (i === index ? unknown : each))]);
}
