import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { handlerText } from "../../../provider/pulumi/handler";
import { CheckError } from "../../drivers/engine";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import { readable, SecretProperty, secret } from "../../drivers/properties";
import { ProviderError } from "../../drivers/transport";
import { type GrpcSample, sampleOf } from "./samples";

const { users, genea } = campusSeed.acme;

/** gRPC codes: of a partial failure, and of an error that the engine does not take for a crash. */
const [UNKNOWN, FAILED_PRECONDITION] = [2, 9];

describe("A failure in the dynamic-provider process of Pulumi", function () {
  this.timeout(40_000);
  const fixture = GrpcFixture.here();
  const group = sampleOf("AccessControlGroup");
  const onGuard = sampleOf("OnGuardIntegration");
  const withoutSecrets = (text: string, { secretTexts }: Pick<GrpcSample, "secretTexts">) => {
    for (const each of secretTexts(fixture.console)) assert.ok(!text.includes(each), `${each} in ${text}`);
  };

  for (const { inputs, message, ...sample } of [
    {
      ...group,
      inputs: { name: "Staff", userUuids: [users.ada.uuid, users.deleted.uuid] },
      completed: { name: "Staff", userUuids: [users.ada.uuid] },
      message: new RegExp(`userUuids.*${users.deleted.uuid}`),
    },
    {
      ...sampleOf("GeneaIntegration"),
      inputs: { apiToken: secret(genea.apiToken), doorInfoMap: { nowhere: { doorName: "Nowhere" } } },
      completed: { apiToken: secret(genea.apiToken), doorInfoMap: {} },
      message: /doorInfoMap.*nowhere/,
    },
  ]) {
    const { type } = sample;
    it(`of a create of ${type} after the first write has the state, and the next deployment completes it`, async () => {
      fixture.emulator.behave({ failedDoors: true });
      const engine = await fixture.start();
      const { code, initFailure } = await errorOf(engine.provider.create(type, inputs));
      assert.ok(initFailure);
      const { id, properties, reasons } = initFailure;
      assert.deepEqual([code, properties.__provider], [UNKNOWN, handlerText(type)]);
      assert.match(reasons.join(" "), message);
      const plain = sample.secrets.filter(
        (name) => name in properties && !(properties[name] instanceof SecretProperty),
      );
      assert.deepEqual(plain, []);
      withoutSecrets(readable(properties) + reasons.join() + engine.written, sample);

      const state = { type, id, inputs, outputs: properties, initErrors: reasons };
      const next = await fixture.during((later) => later.up({ type, inputs: sample.completed }, state));
      assert.deepEqual([next.step, next.state.initErrors, next.state.id], ["update", [], id]);
    });
  }

  it("of an update keeps the inputs from before, so that the next one tries the rest again", async () => {
    const declared = { type: group.type, inputs: { name: "Staff", userUuids: [users.ada.uuid] } };
    const { state } = await fixture.during((engine) => engine.up(declared));
    const changed = { ...declared, inputs: { name: "Staff", userUuids: [users.ben.uuid, users.deleted.uuid] } };
    const partial = await fixture.during((engine) => engine.up(changed, state));
    assert.deepEqual([partial.state.inputs, partial.state.outputs.userUuids], [state.inputs, [users.ben.uuid]]);
    assert.match(partial.state.initErrors.join(), new RegExp(users.deleted.uuid));
    assert.equal((await fixture.during((engine) => engine.preview(changed, partial.state))).step, "update");
  });

  it("before the first write leaves no state and no secret", async () => {
    const engine = await fixture.start();
    const inputs = { apiToken: secret("genea-revoked-token") };
    const error = await errorOf(engine.provider.create("GeneaIntegration", inputs));
    assert.equal(error.initFailure, undefined);
    assert.ok(fixture.emulator.isEmpty());
    assert.ok(!(error.message + engine.written).includes("genea-revoked-token"));
  });

  it("of a check quotes no value", async () => {
    const engine = await fixture.startProcess();
    const inputs = { apiToken: secret(["hunter2hunter2"]), doorInfoMap: 3, aplToken: secret("hunter3hunter3") };
    await assert.rejects(engine.up({ type: "GeneaIntegration", inputs }), (error) => {
      assert.ok(error instanceof CheckError);
      assert.equal(error.failures.map(({ property }) => property).join(), ",,");
      assert.doesNotMatch(error.message, /hunter/);
      return true;
    });
    assert.equal(engine.written, "");
  });

  for (const [call, verb] of [
    ["diff", "compare"],
    ["read", "read"],
    ["delete", "delete"],
  ] as const) {
    it(`of ${call} has the code of an answer, and its message is displayed once`, async () => {
      const { state } = await fixture.during((engine) => engine.up(onGuard));
      const engine = await fixture.startProcess({ ...fixture.config, "rhombus:orgUuid": campusSeed.bluebird.orgUuid });
      const asked = { ...state, olds: state.outputs, news: state.inputs };
      const { code, message } = await errorOf(engine.provider[call](state.type, asked));
      assert.equal(code, FAILED_PRECONDITION);
      assert.match(message, /belongs to the organization|name the organization/);
      const name = `OnGuardIntegration ${state.id}`;
      assert.equal(engine.written, `rhombus: could not ${verb} ${name}: the error is shown with the resource.\n`);
    });
  }

  it("is short, and has no stack", async () => {
    const { state } = await fixture.during((engine) => engine.up(group));
    fixture.emulator.fail({ operation: "*", with: { kind: "html502" }, times: 100 });
    const engine = await fixture.start({ ...fixture.config, "rhombus:maxRetries": "0" });
    const calls = [engine.provider.create(group.type, group.inputs), engine.refresh(state), engine.destroy(state)];
    for (const { message } of await Promise.all(calls.map(errorOf))) {
      assert.ok(message.length < 600, message);
      assert.doesNotMatch(message + engine.written, /\n\s+at |node_modules|<html>/);
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
