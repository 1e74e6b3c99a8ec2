import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { CheckError } from "../../drivers/engine";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import { ProcessEngine } from "../../drivers/grpc/processEngine";
import { samples } from "../../drivers/grpc/samples";

const { acme, bluebird, partner } = campusSeed;
const [group, onGuard] = samples;
assert.ok(group && onGuard);

const places = [/arguments of an explicit Provider/, /pulumi config set --secret rhombus:apiKey/, /RHOMBUS_API_KEY/];

describe("The configuration of Pulumi's dynamic-provider process", function () {
  this.timeout(30_000);
  const fixture = GrpcFixture.here();

  it("is there for all calls, even when the very first ones come at once", async () => {
    const engine = await fixture.startProcess();
    const named = (name: string) => ({ ...group.inputs, name });
    const creations = ["a", "b", "c", "d"].map((name) => engine.provider.create("AccessControlGroup", named(name)));
    const others = samples.slice(1).map(({ type, inputs }) => engine.provider.create(type, inputs));
    const created = await Promise.all([...creations, ...others]);
    assert.equal(new Set(created.map(({ id }) => id)).size, 7);
    assert.equal(new Set(fixture.emulator.requests().map(({ organizationUuid }) => organizationUuid)).size, 1);
  });

  it("asks which organization it is once, however many ask", async () => {
    const engine = await fixture.start();
    await Promise.all(samples.map(({ type, inputs }) => engine.provider.create(type, inputs)));
    const asked = fixture.emulator.requests().filter(({ operation }) => operation === "getOrgV2");
    assert.equal(asked.length, 1);
  });

  for (const { type, inputs } of samples) {
    it(`without a key fails the check of ${type} and names every place it looked at`, async () => {
      const engine = await fixture.start({});
      await assert.rejects(engine.up({ type, inputs }), (error) => {
        assert.ok(error instanceof Error);
        for (const place of places) assert.match(error.message, place);
        return true;
      });
    });
  }

  it("without a key fails the check each time, not only the first", async () => {
    const engine = await fixture.start({});
    const attempts = [1, 2, 3].map(() => engine.up(group));
    const ended = await Promise.allSettled(attempts);
    assert.deepEqual(
      ended.map(({ status }) => status),
      ["rejected", "rejected", "rejected"],
    );
    await assert.rejects(engine.up(group), CheckError);
  });

  it("without a key fails refresh and destroy with the same words, and keeps the state", async () => {
    const { state } = await fixture.during((engine) => engine.up(onGuard));
    const engine = await fixture.start({});
    for (const place of places) {
      await assert.rejects(engine.refresh(state), place);
      await assert.rejects(engine.destroy(state), place);
    }
    assert.equal(fixture.console.onGuard().length, 1);
  });

  it("names all wrong settings at once", async () => {
    const engine = await fixture.start({ ...fixture.config, "rhombus:region": "mars", "rhombus:maxRetries": "many" });
    await assert.rejects(engine.up(group), /rhombus:region.*\n.*rhombus:maxRetries/);
  });

  it("comes from the environment when the stack has none", async () => {
    const env = { RHOMBUS_API_KEY: acme.apiKey, RHOMBUS_ENDPOINT_URL: fixture.emulator.url };
    const { step } = await ProcessEngine.during({ env }, (engine) => engine.up(group));
    assert.equal(step, "create");
  });

  it("may be an explicit provider's: a partner's key works in the organization it names", async () => {
    const config = {
      ...fixture.config,
      "rhombus:apiKey": partner.apiKey,
      "rhombus:partner": "true",
      "rhombus:orgUuid": bluebird.orgUuid,
    };
    const { inputs } = { inputs: { name: "Nurses" } };
    const { state } = await ProcessEngine.during({ config }, (engine) =>
      engine.up({ type: "AccessControlGroup", inputs }),
    );
    assert.equal(state.outputs.orgUuid, bluebird.orgUuid);
    assert.equal(fixture.emulator.console(bluebird.orgUuid).groups().length, 1);
  });

  it("of another organization reads, changes and deletes nothing, and says which two they are", async () => {
    const { state } = await fixture.during((engine) => engine.up(group));
    const engine = await fixture.start({ ...fixture.config, "rhombus:apiKey": bluebird.apiKey });
    const both = new RegExp(`${acme.orgUuid}.*${bluebird.orgUuid}`);
    await assert.rejects(engine.refresh(state), both);
    await assert.rejects(engine.up({ type: group.type, inputs: group.changed }, state), both);
    await assert.rejects(engine.destroy(state), both);
    assert.equal(fixture.console.groups().length, 1);
  });
});
