import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { calls, count } from "../drivers/calls";
import { begin, DeploymentFailed, endAll, type Stack } from "../drivers/stack";
import { genea, group } from "../resources/declared";
import { everything, everythingChanged } from "./everyResource";

const { acme, bluebird, cedar, partner } = campusSeed;
const names = Object.keys(everything);
const both = new RegExp(`${acme.orgUuid}.*${bluebird.orgUuid}`);
const refused = { operation: "getOrgV2", with: { kind: "status", status: 403 }, times: 99 } as const;

const operations: Readonly<Record<string, (stack: Stack) => Promise<unknown>>> = {
  refresh: (stack) => stack.refresh(),
  update: (stack) => stack.up(everythingChanged),
  destroy: (stack) => stack.destroy(),
};

/** Fails unless the operation fails for every resource with this error. */
async function failsForAll(operation: Promise<unknown>, error: RegExp): Promise<void> {
  await assert.rejects(operation, (thrown) => {
    assert.ok(thrown instanceof DeploymentFailed);
    assert.deepEqual(Object.keys(thrown.failures).sort(), [...names].sort());
    for (const message of Object.values(thrown.failures)) assert.match(message, error);
    return true;
  });
}

describe("organizations: a key of another one", () => {
  afterEach(endAll);

  for (const [name, run] of Object.entries(operations)) {
    it(`is an error of ${name} for every resource, which names both; nothing is read or changed`, async () => {
      const { emulator, stack } = await begin();
      await stack.up(everything);
      emulator.clearRequests();
      const other = stack.under({ apiKey: bluebird.apiKey });
      await failsForAll(run(other), both);
      assert.deepEqual([...new Set(calls(emulator))], ["getOrgV2"]);
      assert.ok(names.every((each) => other.has(each)));
    });
  }
});

describe("organizations: the setting orgUuid", () => {
  afterEach(endAll);

  it("is an error of diff for a resource of another one, without a call", async () => {
    const { emulator, stack } = await begin();
    await stack.up(everything);
    emulator.clearRequests();
    stack.configure({ orgUuid: bluebird.orgUuid });
    await failsForAll(stack.preview(everything), both);
    assert.deepEqual(emulator.requests(), []);
  });

  it("is an error with a key of another one, and nothing is created", async () => {
    const { emulator, stack } = await begin({ config: { orgUuid: bluebird.orgUuid } });
    await failsForAll(stack.up(everything), new RegExp(`${bluebird.orgUuid}.*${acme.orgUuid}`));
    assert.deepEqual(emulator.remains(), []);
  });

  it("selects the organization of a partner's key", async () => {
    const config = { apiKey: partner.apiKey, partner: "true", orgUuid: bluebird.orgUuid };
    const { emulator, stack } = await begin({ config });
    await stack.up({ it: group() });
    assert.equal(stack.stored("it").outputs.orgUuid, bluebird.orgUuid);
    const ofCedar = stack.under({ orgUuid: cedar.orgUuid });
    await assert.rejects(ofCedar.refresh(), new RegExp(`${bluebird.orgUuid}.*${cedar.orgUuid}`));
    await assert.rejects(ofCedar.destroy(), new RegExp(`${bluebird.orgUuid}.*${cedar.orgUuid}`));
    assert.equal(emulator.remains(bluebird.orgUuid).length, 1);
  });
});

describe("organizations: a key that may not read the organization", () => {
  afterEach(endAll);

  it("is an error if an object that it reads belongs to another organization", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ genea: genea() });
    emulator.console(bluebird.orgUuid).setGenea({ apiToken: bluebird.genea.apiToken });
    emulator.fail(refused);
    const mixed = stack.under({ apiKey: bluebird.apiKey });
    await assert.rejects(mixed.refresh(), both);
    await assert.rejects(mixed.up({ genea: genea({ saveClips: true }) }), both);
    await assert.rejects(mixed.destroy(), both);
    assert.equal(emulator.remains(bluebird.orgUuid).length, 1);
  });

  it("is an error if an object that it reads does not belong to orgUuid", async () => {
    const { emulator, stack } = await begin({ seed: "livedIn", config: { orgUuid: bluebird.orgUuid } });
    emulator.fail(refused);
    await assert.rejects(stack.get("GeneaIntegration", "genea"), new RegExp(`${bluebird.orgUuid}.*${acme.orgUuid}`));
    await assert.rejects(stack.up({ genea: genea({ adopt: true, indexFaces: true }) }), new RegExp(acme.orgUuid));
    assert.equal(count(emulator, "updateGeneaIntegrationV2"), 0);
  });
});
