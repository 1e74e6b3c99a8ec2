import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { handlerText } from "../../../provider/pulumi/handler";
import { CheckError } from "../../drivers/fakeEngine";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import { SecretProperty, secret } from "../../drivers/properties";
import { ProviderError } from "../../drivers/transport";

const { acme, bluebird } = campusSeed;
const group = { type: "AccessControlGroup", inputs: { name: "Staff" } } as const;

/** gRPC codes: of a partial failure, and of an error that the engine does not take for a crash. */
const [UNKNOWN, FAILED_PRECONDITION] = [2, 9];

describe("A failure in the dynamic-provider process of Pulumi", function () {
  this.timeout(40_000);
  const fixture = GrpcFixture.here();

  it("after the first write of a create has the state, and the next deployment completes it", async () => {
    fixture.emulator.behave({ failedDoors: true });
    const type = "GeneaIntegration";
    const inputs = { apiToken: secret(acme.genea.apiToken), doorInfoMap: { nowhere: { doorName: "Nowhere" } } };
    const { code, initFailure } = await errorOf((await fixture.start()).provider.create(type, inputs));
    assert.ok(initFailure);
    const { id, properties, reasons } = initFailure;
    assert.deepEqual([code, properties.__provider], [UNKNOWN, handlerText(type)]);
    assert.ok(properties.apiToken instanceof SecretProperty);
    assert.match(reasons.join(" "), /doorInfoMap.*nowhere/);
    const state = { type, id, inputs, outputs: properties, initErrors: reasons } as const;
    const completed = { type, inputs: { ...inputs, doorInfoMap: {} } } as const;
    const next = await (await fixture.start()).up(completed, state);
    assert.deepEqual([next.step, next.state.initErrors, next.state.id], ["update", [], id]);
  });

  it("before the first write leaves no state", async () => {
    const { provider } = await fixture.start();
    const { initFailure } = await errorOf(provider.create("GeneaIntegration", { apiToken: secret("revoked") }));
    assert.equal(initFailure, undefined);
    assert.ok(fixture.emulator.isEmpty());
  });

  for (const call of ["diff", "read", "delete"] as const) {
    it(`of ${call} has the code of an answer, and nothing is displayed beside its message`, async () => {
      const { state } = await (await fixture.start()).up(group);
      const engine = await fixture.startProcess({ ...fixture.config, "rhombus:orgUuid": bluebird.orgUuid });
      const asked = { ...state, olds: state.outputs, news: state.inputs };
      const { code, message } = await errorOf(engine.provider[call](state.type, asked));
      assert.equal(code, FAILED_PRECONDITION);
      assert.match(message, /belongs to the organization|name the organization/);
      assert.equal(engine.written, "");
    });
  }

  it("without a key is one of every call, with the names of all sources", async () => {
    const { state } = await (await fixture.start()).up(group);
    const engine = await fixture.start({});
    for (const source of [/explicit Provider/, /pulumi config set --secret rhombus:apiKey/, /RHOMBUS_API_KEY/]) {
      await assert.rejects(engine.up(group), (error) => error instanceof CheckError && source.test(error.message));
      await assert.rejects(engine.refresh(state), source);
      await assert.rejects(engine.destroy(state), source);
    }
  });
});

async function errorOf(call: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown) => thrown,
  );
  assert.ok(error instanceof ProviderError, `an error was expected, not ${String(error)}`);
  return error;
}
