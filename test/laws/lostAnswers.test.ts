import assert from "node:assert/strict";
import { campusSeed, type Fault, type LoggedRequest, type PlannedFault } from "../../provider/emulator";
import { calls, count } from "../drivers/calls";
import { once } from "../drivers/once";
import { begin, endAll, immediatePolling, quickPolling } from "../drivers/stack";
import { adopting, dock, genea, group, kisi, lobby, onGuard } from "../resources/declared";

const { acme } = campusSeed;
const reset = (when: "before" | "after"): Fault => ({ kind: "reset", when });
const failed = { kind: "status", status: 500 } as const;

const created = [
  ["a group", group({ userUuids: [acme.users.ada.uuid] }), "createAccessControlGroup"],
  ["an OnGuard deployment", onGuard({ saveClips: true }), "createOrUpdateHoneywellOnGuardIntegration"],
  ["Genea", genea({ saveClips: true }), "updateGeneaIntegrationV2"],
  ["Kisi", kisi({ enabled: false }), "updateKisiIntegrationV2"],
] as const;
const singletons = [
  ["Genea", genea({ saveClips: true }), "updateGeneaIntegrationV2", "getGeneaIntegration"],
  ["Kisi", kisi({ placeToSettingsMap: { "1001": {} } }), "updateKisiIntegrationV2", "getKisiIntegrationV2"],
] as const;

describe("lost answers: a creation", () => {
  afterEach(endAll);

  for (const [what, declared, write] of created) {
    it(`that keeps failing leaves no object and no state: ${what}`, async () => {
      const { emulator, stack } = await begin();
      emulator.fail({ operation: write, with: { kind: "status", status: 503 }, times: 9 });
      await assert.rejects(stack.up({ it: declared }), /503/);
      assert.deepEqual([emulator.remains(), stack.has("it")], [[], false]);
    });

    it(`is an error that names the object and the remedy if reads fail as well: ${what}`, async () => {
      const onRequest = ({ operation }: LoggedRequest) => {
        if (operation === write && lost.remaining === 0) {
          outage ??= emulator.fail({ operation: "*", with: failed, times: 99 });
        }
      };
      const { emulator, stack } = await begin({ onRequest });
      let outage: PlannedFault | undefined;
      const lost = emulator.fail({ operation: write, with: { ...failed, when: "after" } });
      await assert.rejects(stack.up({ it: declared }), /may have been created: the answer was lost .*`adopt: true`/);
      outage?.cancel();
      assert.deepEqual([count(emulator, write), stack.has("it")], [1, false]);
      await stack.up({ it: adopting(declared) });
      assert.deepEqual([emulator.remains().length, await stack.up({ it: declared })], [1, { it: "same" }]);
    });

    it(`succeeds if the answer has the status 206, and is deleted again: ${what}`, async () => {
      const { emulator, stack } = await begin();
      emulator.fail({ operation: write, with: { kind: "status", status: 206, body: { group: {} }, when: "after" } });
      await stack.up({ it: declared });
      // To learn the webhook URL of a deployment, its creation is followed by another write.
      if (what !== "an OnGuard deployment") assert.equal(count(emulator, write), 1);
      assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
      await stack.up({});
      assert.deepEqual(emulator.remains(), []);
    });
  }

  for (const [what, declared, write, read] of singletons) {
    it(`keeps the ${what} integration in the state if the reads after it fail`, async () => {
      const { emulator, stack } = await begin();
      emulator.fail({ operation: write, with: { ...failed, when: "after" } });
      emulator.fail({ operation: read, with: { kind: "status", status: 502 }, skip: 2, times: 2 });
      await assert.rejects(stack.up({ it: declared }), /500/);
      assert.ok(stack.has("it"));
      await stack.up({ it: declared });
      assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
    });
  }

  it("succeeds although reads lag", async () => {
    const { emulator, stack } = await begin({ behaviours: { readLagMs: 100 }, polling: quickPolling });
    const fault = { kind: "status", status: 500, when: "after" } as const;
    const writes = [
      "createAccessControlGroup",
      "createOrUpdateHoneywellOnGuardIntegration",
      "updateGeneaIntegrationV2",
    ] as const;
    for (const operation of writes) emulator.fail({ operation, with: fault });
    await stack.up({ group: group(), onGuard: onGuard(), genea: genea() });
    assert.equal(emulator.remains().length, 3);
  });

  it("is an error if several objects match", async () => {
    const onRequest = ({ operation }: LoggedRequest) =>
      operation === "createAccessControlGroup" && console.addGroup({ name: "staff" });
    const { emulator, stack, console } = await begin({ onRequest, behaviours: { groupNames: "duplicates" } });
    emulator.fail({ operation: "createAccessControlGroup", with: { kind: "reset", when: "after" } });
    await assert.rejects(stack.up({ it: group() }), /exists 2 times/);
  });

  for (const readLagMs of [0, 100]) {
    it(`loses no token if writes remove what they omit, reads lagging ${readLagMs} ms`, async function () {
      // The client pauses before it retries.
      this.timeout(60_000);
      const behaviours = { serverFieldsOmitted: "wiped", readLagMs } as const;
      const { emulator, stack, console } = await begin({
        behaviours,
        polling: quickPolling,
        config: { maxRetries: "2" },
      });
      const lost = { kind: "status", status: 500, when: "after" } as const;
      emulator.fail({ operation: "updateGeneaIntegrationV2", with: lost });
      emulator.fail({ operation: "updateKisiIntegrationV2", with: lost, skip: 1 });
      await stack.up({ genea: genea({ indexFaces: true }), kisi: kisi({ placeToSettingsMap: {} }) });
      const places = { placeToSettingsMap: { "41001": { doorInfoMap: {} } } };
      await stack.up({ genea: genea({ indexFaces: true }), kisi: kisi(places) });
      const token = console.kisi()?.placeToSettingsMap["41001"]?.rhombusToken;
      assert.ok(token && console.genea()?.rhombusToken);
      assert.deepEqual(stack.stored("kisi").outputs.placeTokens, { "41001": token });
      assert.equal(stack.stored("genea").outputs.rhombusToken, console.genea()?.rhombusToken);
    });
  }
});

describe("lost answers: a write of all settings is not sent again without a read", () => {
  afterEach(endAll);

  for (const [what, declared, write, read] of singletons) {
    for (const times of [1, 2, 4]) {
      it(`as it would remove the tokens of the new object: ${what}, ${times} failed reads`, async () => {
        const outage = once(write, () => emulator.fail({ operation: read, with: failed, times }));
        const { emulator, stack, console } = await begin({ ...outage, behaviours: { serverFieldsOmitted: "wiped" } });
        outage.arm();
        emulator.fail({ operation: write, with: reset("after") });
        await stack.up({ it: declared }).catch(() => undefined);
        assert.equal(count(emulator, write), 1);
        const live = what === "Genea" ? console.genea() : console.kisi()?.placeToSettingsMap?.["1001"];
        assert.ok(live?.rhombusToken);
      });
    }
  }

  it("and the error is that of the write", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: genea() });
    emulator.clearRequests();
    emulator.fail({ operation: "updateGeneaIntegrationV2", with: reset("after") });
    emulator.fail({ operation: "getGeneaIntegration", with: failed, skip: 1, times: 9 });
    await assert.rejects(stack.up({ it: genea({ saveClips: true }) }), /updateGeneaIntegrationV2 failed: .*connection/);
    assert.equal(count(emulator, "updateGeneaIntegrationV2"), 1);
  });
});

describe("lost answers: a write of all settings is sent again", () => {
  afterEach(endAll);

  it("after a read and a pause that grows", async () => {
    const write = "updateGeneaIntegrationV2";
    const pauses: string[] = [];
    const sleep = async (ms: number) => {
      if (ms > 0) pauses.push(`${calls(emulator).at(-1)}, ${Math.floor(ms / 1_000)} s`);
    };
    const { emulator, stack } = await begin({ polling: { ...immediatePolling, sleep } });
    await stack.up({ it: genea() });
    pauses.length = 0;
    emulator.fail({ operation: write, with: failed, times: 2 });
    await stack.up({ it: genea({ saveClips: true }) });
    assert.deepEqual(pauses, [`${write}, 1 s`, `${write}, 2 s`]);
  });
});

describe("lost answers: a change that somebody else made meanwhile", () => {
  afterEach(endAll);
  const write = "updateGeneaIntegrationV2";
  const { apiToken } = acme.genea;

  it("is not overwritten if it created the integration", async () => {
    for (const inputs of [{ doorInfoMap: { ours: lobby } }, {}]) {
      const theirs = once(write, () => console.setGenea({ apiToken, doorInfoMap: { theirs: dock } }));
      const { emulator, stack, console } = await begin(theirs);
      theirs.arm();
      emulator.fail({ operation: write, with: reset("before") });
      await assert.rejects(
        stack.up({ it: genea(inputs) }),
        /already exists in Rhombus and is not managed by this resource.*`adopt: true`/,
      );
      assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["theirs"]);
      assert.ok(!stack.has("it"));
    }
  });

  it("is a conflict if it is in the same place", async () => {
    const theirs = once(write, () => console.setGeneaDoor("d1", { ...dock, doorName: "Console" }));
    const { emulator, stack, console } = await begin(theirs);
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    theirs.arm();
    emulator.fail({ operation: write, with: reset("before") });
    const changed = stack.up({ it: genea({ doorInfoMap: { d1: { ...lobby, doorName: "Program" } } }) });
    await assert.rejects(
      changed,
      /to different values by the program and outside Pulumi: doorInfoMap.*It was not written again.*`pulumi refresh`/,
    );
    assert.equal(console.genea()?.doorInfoMap?.d1?.doorName, "Console");
  });

  it("stays if it is in another place", async () => {
    const theirs = once(write, () => console.setGeneaDoor("d2", { ...dock, doorName: "Console" }));
    const { emulator, stack, console } = await begin(theirs);
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby, d2: lobby } }) });
    theirs.arm();
    emulator.fail({ operation: write, with: reset("before") });
    await stack.up({ it: genea({ doorInfoMap: { d1: dock, d2: lobby } }) }).catch(() => undefined);
    const names = Object.values(console.genea()?.doorInfoMap ?? {}).map((door) => door?.doorName);
    assert.deepEqual(names, ["Dock", "Console"]);
  });

  it("needs no second write if a read shows that the first one was carried out", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: genea() });
    emulator.clearRequests();
    emulator.fail({ operation: write, with: reset("after") });
    await stack.up({ it: genea({ saveClips: true }) });
    assert.equal(count(emulator, write), 1);
    assert.deepEqual(await stack.up({ it: genea({ saveClips: true }) }), { it: "same" });
  });
});

describe("lost answers: a delete that fails while the listing is empty", () => {
  afterEach(endAll);

  for (const [status, isDone] of [
    [401, false],
    [403, false],
    [429, false],
    [404, true],
    [500, true],
  ] as const) {
    it(`${isDone ? "succeeds" : "fails, and the object stays in the state"} after ${status}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: group() });
      const nothing = { kind: "status", status: 200, body: { groups: [] } } as const;
      emulator.fail({ operation: "deleteAccessControlGroup", with: { kind: "status", status }, times: 9 });
      emulator.fail({ operation: "findAccessControlGroupsByOrg", with: nothing, times: 99 });
      await stack.destroy().catch(() => undefined);
      assert.equal(stack.has("it"), !isDone);
    });
  }
});
