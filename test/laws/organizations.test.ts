import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { calls, count } from "../drivers/calls";
import { begin, endAll, type Program } from "../drivers/stack";
import { genea, group, kisi, onGuard } from "../resources/declared";

const { acme, bluebird, cedar, partner } = campusSeed;

const everything: Program = { group: group(), onGuard: onGuard(), genea: genea(), kisi: kisi() };
const changed: Program = {
  group: group({ description: "x" }),
  onGuard: onGuard({ saveClips: true }),
  genea: genea({ saveClips: true }),
  kisi: kisi({ enabled: false }),
};
const names = Object.keys(everything);
const both = new RegExp(`${acme.orgUuid}.*${bluebird.orgUuid}`);

/** The state of a stack of Acme, used with a key of Bluebird. */
async function mixedUp() {
  const begun = await begin();
  await begun.stack.up(everything);
  begun.emulator.clearRequests();
  return { ...begun, stack: begun.stack.under({ apiKey: bluebird.apiKey }) };
}

/** The error of each resource, by its name. */
async function failuresOf(operation: Promise<unknown>): Promise<[string, string][]> {
  const failed: unknown = await operation.then(
    () => assert.fail("nothing failed"),
    (error: unknown) => error,
  );
  assert.ok(failed instanceof Error && "failures" in failed && typeof failed.failures === "object" && failed.failures);
  return Object.entries(failed.failures);
}

describe("organizations: a key of another one", () => {
  afterEach(endAll);

  for (const [operation, run] of [
    ["refresh", (stack: Awaited<ReturnType<typeof mixedUp>>["stack"]) => stack.refresh()],
    ["update", (stack: Awaited<ReturnType<typeof mixedUp>>["stack"]) => stack.up(changed)],
    ["destroy", (stack: Awaited<ReturnType<typeof mixedUp>>["stack"]) => stack.destroy()],
  ] as const) {
    it(`is an error of ${operation} for every resource, which names both; nothing is read or changed`, async () => {
      const { emulator, stack } = await mixedUp();
      const failures = await failuresOf(run(stack));
      assert.deepEqual(failures.map(([name]) => name).sort(), [...names].sort());
      for (const [, message] of failures) assert.match(message, both);
      assert.deepEqual([...new Set(calls(emulator))], ["getOrgV2"]);
      assert.ok(names.every((name) => stack.has(name)));
    });
  }

  it("is used once in a run to read the organization", async () => {
    const { emulator, stack } = await begin();
    await stack.up(everything, { parallel: true });
    assert.equal(count(emulator, "getOrgV2"), 1);
  });
});

describe("organizations: the setting orgUuid", () => {
  afterEach(endAll);

  it("is an error of diff for a resource of another one, without a call", async () => {
    const { emulator, stack } = await begin();
    await stack.up(everything);
    emulator.clearRequests();
    stack.configure({ orgUuid: bluebird.orgUuid });
    const failures = await failuresOf(stack.preview(everything));
    for (const [, message] of failures) assert.match(message, both);
    assert.deepEqual([failures.length, emulator.requests()], [names.length, []]);
  });

  it("is an error with a key of another one, and nothing is created", async () => {
    const { emulator, stack } = await begin({ config: { orgUuid: bluebird.orgUuid } });
    const failures = await failuresOf(stack.up(everything));
    for (const [, message] of failures) assert.match(message, new RegExp(`${bluebird.orgUuid}.*${acme.orgUuid}`));
    assert.deepEqual([failures.length, emulator.remains()], [names.length, []]);
  });

  it("selects the organization of a partner's key", async () => {
    const { emulator, stack } = await begin({
      config: { apiKey: partner.apiKey, partner: "true", orgUuid: bluebird.orgUuid },
    });
    await stack.up({ it: group() });
    assert.equal(stack.stored("it").outputs.orgUuid, bluebird.orgUuid);
    const elsewhere = stack.under({ orgUuid: cedar.orgUuid });
    await assert.rejects(elsewhere.refresh(), new RegExp(`${bluebird.orgUuid}.*${cedar.orgUuid}`));
    await assert.rejects(elsewhere.destroy(), new RegExp(`${bluebird.orgUuid}.*${cedar.orgUuid}`));
    assert.equal(emulator.remains(bluebird.orgUuid).length, 1);
  });
});

describe("organizations: a key that may not read the organization", () => {
  afterEach(endAll);
  const mayNotAsk = { operation: "getOrgV2", with: { kind: "status", status: 403 }, times: 99 } as const;

  it("reads, updates and deletes objects", async () => {
    const { emulator, stack } = await begin();
    emulator.fail(mayNotAsk);
    await stack.up(everything);
    assert.ok(names.every((name) => stack.stored(name).outputs.orgUuid === acme.orgUuid));
    assert.deepEqual(await stack.refresh(), []);
    await stack.up(changed);
    await stack.destroy();
    assert.deepEqual(emulator.remains(), []);
  });

  it("does not prove that an object is gone: refresh, update and delete are errors", async () => {
    const { emulator, stack, console } = await begin();
    await stack.up(everything);
    emulator.fail(mayNotAsk);
    console.removeGroup(stack.stored("group").id);
    console.removeOnGuard();
    console.removeGenea();
    console.removeKisi();
    for (const operation of [() => stack.refresh(), () => stack.up(changed), () => stack.destroy()]) {
      const failures = await failuresOf(operation());
      assert.equal(failures.length, names.length);
      for (const [, message] of failures) assert.match(message, /was not found, and this API key has no permission/);
      assert.ok(names.every((name) => stack.has(name)));
    }
  });

  it("is an error if an object that it reads belongs to another organization", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ genea: genea() });
    const { bluebird: blue } = campusSeed;
    emulator.console(blue.orgUuid).setGenea({ apiToken: blue.genea.apiToken });
    emulator.fail(mayNotAsk);
    const mixed = stack.under({ apiKey: blue.apiKey });
    for (const operation of [
      () => mixed.refresh(),
      () => mixed.up({ genea: genea({ saveClips: true }) }),
      () => mixed.destroy(),
    ]) {
      await assert.rejects(operation(), both);
    }
    assert.equal(emulator.remains(blue.orgUuid).length, 1);
  });

  it("is an error if an object that it reads does not belong to orgUuid", async () => {
    const { emulator, stack } = await begin({ seed: "livedIn", config: { orgUuid: bluebird.orgUuid } });
    emulator.fail(mayNotAsk);
    await assert.rejects(stack.get("GeneaIntegration", "genea"), new RegExp(`${bluebird.orgUuid}.*${acme.orgUuid}`));
    await assert.rejects(stack.up({ genea: genea({ adopt: true, indexFaces: true }) }), new RegExp(acme.orgUuid));
    assert.equal(count(emulator, "updateGeneaIntegrationV2"), 0);
  });
});
