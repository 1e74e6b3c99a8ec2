import assert from "node:assert/strict";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import {
  isList,
  isProperties,
  opened,
  type Properties,
  readable,
  SecretProperty,
  unknown,
} from "../../drivers/properties";
import { resourceFacts } from "../../resources/facts";
import { samples } from "./samples";

describe("The wire of the dynamic-provider process of Pulumi", function () {
  this.timeout(30_000);
  const fixture = GrpcFixture.here();

  for (const { type, inputs, changed, secrets, secretTexts } of samples) {
    it(`may have an unknown value at any place of the inputs of ${type}`, async () => {
      const { state } = await fixture.during((engine) => engine.up({ type, inputs }));
      const { provider } = await fixture.start();
      for (const [place, news] of eachUnknown(inputs)) {
        const checked = await provider.check(type, { olds: state.inputs, news });
        assert.deepEqual(checked.failures, [], place);
        assert.deepEqual(opened(checked.inputs), opened(news), place);
        const diff = await provider.diff(type, { id: state.id, olds: state.outputs, news: checked.inputs });
        assert.notEqual(diff.changes, "none", place);
      }
    });

    it(`has no undefined value, however few inputs of ${type} are declared and outputs shown`, async () => {
      fixture.emulator.behave({ vendorKeyReads: "absent", onGuardSecretReads: "absent", notConfigured: "absent" });
      const [sample] = Object.values(resourceFacts[type].samples);
      const { state } = await fixture.during((engine) => engine.up({ type, inputs: sample?.least ?? {} }));
      const engine = await fixture.start();
      assert.deepEqual(await engine.refresh(state), state);
      assert.ok((await engine.get(type, state.id)).outputs.orgUuid);
      const checked = await engine.provider.check(type, { news: { ...inputs, adopt: null } });
      assert.deepEqual([checked.failures, Object.values(checked.inputs).includes(null)], [[], false]);
    });

    it(`has the secrets of ${type} in envelopes in every answer`, async () => {
      const assertHidden = (answer: Properties) => {
        const plain = secrets.filter((name) => name in answer && !(answer[name] instanceof SecretProperty));
        assert.deepEqual(plain, []);
        for (const text of secretTexts(fixture.console)) assert.ok(!readable(answer).includes(text), text);
      };
      const engine = await fixture.startProcess();
      const { provider } = engine;
      const checked = await provider.check(type, { news: inputs });
      const { id, outputs } = await provider.create(type, inputs);
      const later = await fixture.start();
      const read = await later.provider.read(type, { id, outputs });
      const got = await later.get(type, id);
      const updated = await later.provider.update(type, { id, olds: outputs, news: changed });
      for (const answer of [
        checked.inputs,
        outputs,
        read.outputs,
        read.inputs ?? {},
        got.outputs,
        got.inputs,
        updated.outputs,
      ]) {
        assertHidden(answer);
      }
      assert.deepEqual(
        secrets.filter((name) => opened(outputs)[name] !== undefined),
        secrets.filter((name) => opened(updated.outputs)[name] !== undefined),
      );
      assertHidden({ id });
      assert.ok(!JSON.stringify(opened(outputs)).includes(fixture.config["rhombus:apiKey"] ?? ""));
      assert.equal(engine.written, "");
    });

    it(`keeps the secrets of ${type} in the state when Rhombus no longer shows them`, async () => {
      const { state } = await fixture.during((engine) => engine.up({ type, inputs }));
      fixture.emulator.behave({ vendorKeyReads: "masked", onGuardSecretReads: "masked" });
      const engine = await fixture.start();
      assert.deepEqual(await engine.refresh(state), state);
      assert.equal((await engine.up({ type, inputs }, state)).step, "same");
    });

    it(`refuses a state of ${type} that a newer version wrote, in every call`, async () => {
      const { provider } = await fixture.start();
      const outputs = { ...inputs, __format: 2 };
      const asked = { id: "some id", outputs, olds: outputs, news: inputs };
      for (const call of ["diff", "read", "update", "delete"] as const) {
        await assert.rejects(
          provider[call](type, asked),
          /A newer pulumi-rhombus wrote this state: it is in format 2, .* no format beyond 1\. Nothing was read or changed/s,
        );
      }
      assert.deepEqual(fixture.emulator.requests(), []);
    });
  }

  it("refuses an unknown property and suggests the right one, without its value", async () => {
    const { provider } = await fixture.start();
    const { failures } = await provider.check("GeneaIntegration", { news: { apiTokn: "hunter2hunter2" } });
    assert.deepEqual(failures, [{ property: "", reason: 'apiTokn is an unknown property. Did you mean "apiToken"?' }]);
  });
});

/** The properties once with each of their values, at any depth, unknown; and its place. */
function eachUnknown(properties: Properties, at = ""): [place: string, properties: Properties][] {
  return Object.entries(properties).flatMap(([name, value]): [string, Properties][] => {
    const place = `${at}/${name}`;
    const inside = variants(value, place).map(([inner, variant]): [string, Properties] => {
      return [inner, { ...properties, [name]: variant }];
    });
    return [[place, { ...properties, [name]: unknown }], ...inside];
  });
}

function variants(value: unknown, at: string): [place: string, property: unknown][] {
  if (isProperties(value)) return eachUnknown(value, at);
  if (!isList(value)) return [];
  return value.map((_, index) => [`${at}/${index}`, value.map((each, i) => (i === index ? unknown : each))]);
}
