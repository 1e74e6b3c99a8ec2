import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { calls, count, once } from "../drivers/calls";
import { begin, endAll, immediatePolling, quickPolling } from "../drivers/stack";
import { genea, group, kisi } from "../resources/declared";
import { everyResource, writesOf } from "./everyResource";

const failed = { kind: "status", status: 500 } as const;
const answerLost = { ...failed, when: "after" } as const;
const writeGenea = "updateGeneaIntegrationV2";
const writeKisi = "updateKisiIntegrationV2";
const singletons = [
  ["Genea", genea({ saveClips: true }), writeGenea, "getGeneaIntegration"],
  ["Kisi", kisi({ placeToSettingsMap: { "1001": {} } }), writeKisi, "getKisiIntegrationV2"],
] as const;

describe("lost answers: a write of all settings", () => {
  afterEach(endAll);

  it("is sent again after a read and a pause that grows", async () => {
    const pauses: string[] = [];
    const sleep = async (ms: number) => {
      if (ms > 0) pauses.push(`${calls(emulator).at(-1)}, ${Math.floor(ms / 1_000)} s`);
    };
    const { emulator, stack } = await begin({ polling: { ...immediatePolling, sleep } });
    await stack.up({ it: genea() });
    pauses.length = 0;
    emulator.fail({ operation: writeGenea, with: failed, times: 2 });
    await stack.up({ it: genea({ saveClips: true }) });
    assert.deepEqual(pauses, [`${writeGenea}, 1 s`, `${writeGenea}, 2 s`]);
  });

  it("is not sent again if a read shows that it was carried out", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: genea() });
    emulator.clearRequests();
    emulator.fail({ operation: writeGenea, with: { kind: "reset", when: "after" } });
    await stack.up({ it: genea({ saveClips: true }) });
    assert.equal(count(emulator, writeGenea), 1);
    assert.deepEqual(await stack.up({ it: genea({ saveClips: true }) }), { it: "same" });
  });

  it("is not sent again if no read shows the object, and the error is that of the write", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: genea() });
    emulator.clearRequests();
    emulator.fail({ operation: writeGenea, with: { kind: "reset", when: "after" } });
    emulator.fail({ operation: "getGeneaIntegration", with: failed, skip: 1, times: 9 });
    await assert.rejects(stack.up({ it: genea({ saveClips: true }) }), /updateGeneaIntegrationV2 failed: .*connection/);
    assert.equal(count(emulator, writeGenea), 1);
  });

  for (const [what, declared, write, read] of singletons) {
    for (const times of [1, 2, 4]) {
      it(`is not sent again after ${times} failed reads, as it would remove the tokens of the new object: ${what}`, async () => {
        const outage = once(write, () => emulator.fail({ operation: read, with: failed, times }));
        const { emulator, stack, console } = await begin({ ...outage, behaviours: { serverFieldsOmitted: "wiped" } });
        outage.arm();
        emulator.fail({ operation: write, with: { kind: "reset", when: "after" } });
        await stack.up({ it: declared }).catch(() => undefined);
        assert.equal(count(emulator, write), 1);
        const live = what === "Genea" ? console.genea() : console.kisi()?.placeToSettingsMap?.["1001"];
        assert.ok(live?.rhombusToken);
      });
    }
  }

  it("loses no token if writes remove what they omit and reads lag", async function () {
    // The client pauses before it retries.
    this.timeout(60_000);
    const behaviours = { serverFieldsOmitted: "wiped", readLagMs: 100 } as const;
    const config = { maxRetries: "2" };
    const { emulator, stack, console } = await begin({ behaviours, polling: quickPolling, config });
    emulator.fail({ operation: writeGenea, with: answerLost });
    emulator.fail({ operation: writeKisi, with: answerLost, skip: 1 });
    await stack.up({ genea: genea({ indexFaces: true }), kisi: kisi({ placeToSettingsMap: {} }) });
    const places = { placeToSettingsMap: { "41001": { doorInfoMap: {} } } };
    await stack.up({ genea: genea({ indexFaces: true }), kisi: kisi(places) });
    const token = console.kisi()?.placeToSettingsMap["41001"]?.rhombusToken;
    assert.ok(token && console.genea()?.rhombusToken);
    assert.deepEqual(stack.stored("kisi").outputs.placeTokens, { "41001": token });
    assert.equal(stack.stored("genea").outputs.rhombusToken, console.genea()?.rhombusToken);
  });

  it("keeps the token of a place that its first form created if it is sent in the second form", async () => {
    const { stack, console } = await begin({ behaviours: { serverFieldsOmitted: "wiped", mapWrites: "merge" } });
    for (const place of ["41001", "41002"]) {
      await stack.up({ it: kisi({ placeToSettingsMap: { [place]: { doorInfoMap: {} } } }) });
    }
    const token = console.kisi()?.placeToSettingsMap["41002"]?.rhombusToken;
    assert.ok(token);
    assert.deepEqual(stack.stored("it").outputs.placeTokens, { "41002": token });
  });

  it("removes a door from misconfiguredDoors if the answer to its second form is lost", async () => {
    const { emulator, stack } = await begin({ behaviours: { mapWrites: "merge" } });
    const { lobby, dockNorth } = campusSeed.acme.cameras;
    const between = { doorName: "Between", assignedCameraList: [lobby.uuid, dockNorth.uuid] };
    await stack.up({ it: genea({ doorInfoMap: { d1: {}, d2: between } }) });
    assert.deepEqual(stack.stored("it").outputs.misconfiguredDoors, ["Between"]);
    emulator.fail({ operation: writeGenea, with: { kind: "reset", when: "after" }, skip: 1 });
    await stack.up({ it: genea({ doorInfoMap: { d1: {} } }) });
    assert.deepEqual(stack.stored("it").outputs.misconfiguredDoors, []);
  });
});

describe("lost answers: a delete", () => {
  afterEach(endAll);

  for (const [status, isDone] of [
    [401, false],
    [403, false],
    [429, false],
    [404, true],
    [500, true],
  ] as const) {
    it(`${isDone ? "succeeds" : "fails, and the object stays in the state"} after ${status} while the listing is empty`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: group() });
      const nothing = { kind: "status", status: 200, body: { groups: [] } } as const;
      emulator.fail({ operation: "deleteAccessControlGroup", with: { kind: "status", status }, times: 9 });
      emulator.fail({ operation: "findAccessControlGroupsByOrg", with: nothing, times: 99 });
      await stack.destroy().catch(() => undefined);
      assert.equal(stack.has("it"), !isDone);
    });
  }

  for (const [what, declared] of everyResource) {
    it(`that was carried out succeeds although reads lag: ${what}`, async () => {
      const { deletion: operation } = await writesOf(declared);
      const { emulator, stack } = await begin({ behaviours: { readLagMs: 100 }, polling: quickPolling });
      await stack.up({ it: declared });
      emulator.fail({ operation, with: answerLost });
      await stack.destroy();
      assert.deepEqual(emulator.remains(), []);
    });
  }
});

describe("reads that lag", () => {
  afterEach(endAll);

  it("a new name of a group shows no change after a refresh, and can be changed back", async () => {
    const { stack, console } = await begin({ behaviours: { readLagMs: 100 }, polling: quickPolling });
    await stack.up({ it: group() });
    await stack.up({ it: group({ name: "Crew" }) });
    await stack.refresh();
    assert.deepEqual([await stack.up({ it: group({ name: "Crew" }) }), stack.warnings], [{ it: "same" }, []]);
    await stack.up({ it: group() });
    assert.equal(console.groups()[0]?.name, "Staff");
  });

  it("the answer to a group's update suffices if no read shows it in time", async () => {
    const { emulator, stack } = await begin({ seed: "livedIn" });
    const adopted = { name: "Engineering", adopt: true };
    await stack.up({ it: group(adopted) });
    emulator.behave({ readLagMs: 60_000 });
    await stack.up({ it: group({ ...adopted, description: "new" }) });
    assert.equal(stack.stored("it").outputs.description, "new");
  });

  it("a replacement whose answer was lost is not confused with the deleted group", async () => {
    // If the organization cannot be read, the delete lists the groups, and the creation uses that listing.
    const behaviours = { readLagMs: 100, organizationReads: "refused" } as const;
    const { emulator, stack, console } = await begin({ behaviours, polling: quickPolling });
    const { headquarters, warehouse } = campusSeed.acme.locations;
    await stack.up({ it: group({ locationUuid: headquarters.uuid }) });
    emulator.fail({ operation: "createAccessControlGroup", with: answerLost });
    await stack.up({ it: group({ locationUuid: warehouse.uuid, description: "new" }) });
    const [made, ...others] = console.groups();
    assert.deepEqual([made?.uuid, others], [stack.stored("it").id, []]);
  });
});
