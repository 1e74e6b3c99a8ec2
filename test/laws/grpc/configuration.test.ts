import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { CheckError } from "../../drivers/engine";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import { ProcessEngine } from "../../drivers/grpc/processEngine";
import { sampleOf, samples } from "./samples";

const { acme, bluebird, partner } = campusSeed;

const sources = [/arguments of an explicit Provider/, /pulumi config set --secret rhombus:apiKey/, /RHOMBUS_API_KEY/];

describe("The configuration of the dynamic-provider process of Pulumi", function () {
  this.timeout(30_000);
  const fixture = GrpcFixture.here();
  const group = sampleOf("AccessControlGroup");

  it("is there for the first calls, which come at once, and the organization is read once", async () => {
    const engine = await fixture.startProcess();
    const created = await Promise.all(samples.map(({ type, inputs }) => engine.provider.create(type, inputs)));
    assert.equal(new Set(created.map(({ id }) => id)).size, samples.length);
    const requests = fixture.emulator.requests();
    assert.equal(requests.filter(({ operation }) => operation === "getOrgV2").length, 1);
    assert.deepEqual([...new Set(requests.map(({ organizationUuid }) => organizationUuid))], [acme.orgUuid]);
  });

  it("without a key fails every check, refresh and delete with the names of all sources", async () => {
    const { state } = await fixture.during((engine) => engine.up(group));
    const engine = await fixture.start({});
    for (const source of sources) {
      for (const sample of [...samples, group]) {
        await assert.rejects(engine.up(sample), (error) => error instanceof CheckError && source.test(error.message));
      }
      await assert.rejects(engine.refresh(state), source);
      await assert.rejects(engine.destroy(state), source);
    }
    assert.equal(fixture.console.groups().length, 1);
  });

  it("with several wrong settings names all of them", async () => {
    const engine = await fixture.start({ ...fixture.config, "rhombus:region": "mars", "rhombus:maxRetries": "many" });
    await assert.rejects(engine.up(group), /rhombus:region.*\n.*rhombus:maxRetries/);
  });

  it("comes from the environment if the stack has none", async () => {
    const env = { RHOMBUS_API_KEY: acme.apiKey, RHOMBUS_ENDPOINT_URL: fixture.emulator.url };
    assert.equal((await ProcessEngine.during({ env }, (engine) => engine.up(group))).step, "create");
  });

  it("of an explicit provider may be the key of a partner, for the organization that it names", async () => {
    const partnerConfig = {
      "rhombus:apiKey": partner.apiKey,
      "rhombus:partner": "true",
      "rhombus:orgUuid": bluebird.orgUuid,
    };
    const engine = await fixture.start({ ...fixture.config, ...partnerConfig });
    const { state } = await engine.up({ type: "AccessControlGroup", inputs: { name: "Nurses" } });
    assert.equal(state.outputs.orgUuid, bluebird.orgUuid);
    assert.equal(fixture.emulator.console(bluebird.orgUuid).groups().length, 1);
  });

  it("of another organization reads, changes and deletes nothing, and the error names both", async () => {
    const { state } = await fixture.during((engine) => engine.up(group));
    const engine = await fixture.start({ ...fixture.config, "rhombus:apiKey": bluebird.apiKey });
    const both = new RegExp(`${acme.orgUuid}.*${bluebird.orgUuid}`);
    await assert.rejects(engine.refresh(state), both);
    await assert.rejects(engine.up({ type: group.type, inputs: group.changed }, state), both);
    await assert.rejects(engine.destroy(state), both);
    assert.equal(fixture.console.groups().length, 1);
  });
});
