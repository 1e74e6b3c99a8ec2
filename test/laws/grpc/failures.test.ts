import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { handlerText } from "../../../provider/pulumi/handler";
import { CheckError } from "../../drivers/engine";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import { type Sample, samples } from "../../drivers/grpc/samples";
import { type Properties, readable, SecretProperty, secret } from "../../drivers/properties";
import { ProviderError } from "../../drivers/transport";

const { users, genea, kisi } = campusSeed.acme;
const [group, onGuard, geneaSample] = samples;
assert.ok(group && onGuard && geneaSample);

/** gRPC status codes: what the SDK answers for create and update, and what the engine takes for a considered answer. */
const [UNKNOWN, FAILED_PRECONDITION] = [2, 9];

/** A creation of each type that Rhombus carries out in part: the inputs, what else has to go wrong, and what the reasons name. */
const halfWay: Readonly<Record<string, { inputs: Properties; fails(fixture: GrpcFixture): void; named: RegExp }>> = {
  AccessControlGroup: {
    inputs: { name: "Engineering", userUuids: [users.ada.uuid, users.deleted.uuid] },
    fails: () => {},
    named: new RegExp(`userUuids.*${users.deleted.uuid}`),
  },
  OnGuardIntegration: {
    inputs: onGuard.inputs,
    fails: ({ emulator }) => {
      const busy = { kind: "errorEnvelope", errorMsg: "the row is busy" } as const;
      emulator.fail({ operation: "updateHoneywellOnGuardIntegration", with: busy });
    },
    named: /the row is busy.*saveClips/,
  },
  GeneaIntegration: {
    inputs: { apiToken: secret(genea.apiToken), doorInfoMap: { "no-such-door": { doorName: "Nowhere" } } },
    fails: ({ emulator }) => emulator.behave({ failedDoors: true }),
    named: /doorInfoMap\["no-such-door"\]/,
  },
  KisiIntegration: {
    inputs: { apiSecretKey: secret(kisi.apiSecretKey), placeToSettingsMap: { 99999: { placeName: "Nowhere" } } },
    fails: ({ emulator }) => emulator.behave({ failedDoors: true }),
    named: /placeToSettingsMap\["99999"\]/,
  },
};

describe("A failure in Pulumi's dynamic-provider process", function () {
  this.timeout(40_000);
  const fixture = GrpcFixture.here();

  for (const { type, inputs, secrets, canaries } of samples) {
    const half = halfWay[type];
    assert.ok(half);

    it(`half-way through the creation of ${type} keeps it, and the next deployment makes it good`, async () => {
      half.fails(fixture);
      const engine = await fixture.start();
      const { code, initFailure } = await rpcErrorOf(engine.provider.create(type, half.inputs));
      assert.ok(initFailure);
      const { id, properties, reasons } = initFailure;
      assert.equal(code, UNKNOWN);
      assert.equal(properties.__provider, handlerText(type));
      assert.match(reasons.join(" "), half.named);
      const hidden = secrets.filter((name) => properties[name] instanceof SecretProperty);
      assert.deepEqual(
        hidden,
        secrets.filter((name) => name in properties),
      );
      refuteLeak(readable(properties) + reasons.join() + engine.written, { canaries });

      fixture.emulator.clearFaults();
      const state = { type, id, inputs: half.inputs, outputs: properties, initErrors: reasons };
      const next = await fixture.during((later) => later.up({ type, inputs }, state));
      assert.deepEqual([next.step, next.state.initErrors, next.state.id], ["update", [], id]);
      assert.deepEqual(await fixture.during((later) => later.refresh(next.state)), next.state);
    });
  }

  it("half-way through an update keeps what was done, so that the next one tries the rest again", async () => {
    const { state } = await fixture.during((engine) => engine.up(group));
    const inputs = { ...group.inputs, userUuids: [users.ada.uuid, users.deleted.uuid] };
    const half = await fixture.during((engine) => engine.up({ type: group.type, inputs }, state));
    assert.deepEqual(half.state.inputs, state.inputs);
    assert.deepEqual(half.state.outputs.userUuids, [users.ada.uuid]);
    assert.match(half.state.initErrors.join(), new RegExp(users.deleted.uuid));
    const again = await fixture.during((engine) => engine.preview({ type: group.type, inputs }, half.state));
    assert.equal(again.step, "update");
  });

  it("before anything is written keeps nothing", async () => {
    const engine = await fixture.start();
    const inputs = { ...geneaSample.inputs, apiToken: secret("genea-revoked-token") };
    const error = await rpcErrorOf(engine.provider.create("GeneaIntegration", inputs));
    assert.equal(error.initFailure, undefined);
    assert.ok(fixture.emulator.isEmpty());
    refuteLeak(error.message + engine.written, { canaries: () => ["genea-revoked-token"] });
  });

  it("of a check prints the value of no property", async () => {
    const engine = await fixture.start();
    const inputs = { apiToken: secret(["hunter2hunter2"]), doorInfoMap: 3, aplToken: secret("hunter3hunter3") };
    await assert.rejects(engine.up({ type: "GeneaIntegration", inputs }), (error) => {
      assert.ok(error instanceof CheckError);
      assert.deepEqual(
        error.failures.map(({ property }) => property),
        ["", "", ""],
      );
      assert.doesNotMatch(error.message, /hunter/);
      return true;
    });
  });

  for (const call of ["diff", "read", "delete"] as const) {
    it(`of ${call} is a considered answer, and stands once in what the user reads`, async () => {
      const { state } = await fixture.during((engine) => engine.up(onGuard));
      const engine = await fixture.startProcess({ ...fixture.config, "rhombus:orgUuid": campusSeed.bluebird.orgUuid });
      const calls = {
        diff: () => engine.provider.diff(state.type, { ...state, olds: state.outputs, news: state.inputs }),
        read: () => engine.provider.read(state.type, state),
        delete: () => engine.provider.delete(state.type, state),
      };
      const error = await rpcErrorOf(calls[call]());
      assert.equal(error.code, FAILED_PRECONDITION);
      assert.match(error.message, /belongs to the organization|name the organization/);
      const verb = { diff: "compare", read: "read", delete: "delete" }[call];
      assert.equal(
        engine.written,
        `rhombus: could not ${verb} OnGuardIntegration ${state.id}: the error is shown with the resource.\n`,
      );
    });
  }

  it("of a check is a considered answer, and stands once in what the user reads", async () => {
    const engine = await fixture.startProcess({});
    await assert.rejects(engine.up(group), CheckError);
    assert.equal(engine.written, "");
  });

  it("is short, and has no stack", async () => {
    const { state } = await fixture.during((engine) => engine.up(group));
    fixture.emulator.fail({ operation: "*", with: { kind: "html502" }, times: 100 });
    const engine = await fixture.start({ ...fixture.config, "rhombus:maxRetries": "0" });
    const calls = [engine.provider.create(group.type, group.inputs), engine.refresh(state), engine.destroy(state)];
    for (const { message } of await Promise.all(calls.map(rpcErrorOf))) {
      assert.ok(message.length < 600, message);
      assert.doesNotMatch(message + engine.written, /\n\s+at |node_modules|<html>/);
    }
  });

  function refuteLeak(text: string, { canaries }: Pick<Sample, "canaries">): void {
    for (const canary of canaries(fixture.console)) assert.ok(!text.includes(canary), `${canary} in ${text}`);
  }
});

async function rpcErrorOf(call: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown) => thrown,
  );
  assert.ok(error instanceof ProviderError, `an error was expected, not ${String(error)}`);
  return error;
}
