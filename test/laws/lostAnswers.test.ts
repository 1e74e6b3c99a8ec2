import assert from "node:assert/strict";
import { campusSeed, type Fault, type OrganizationConsole } from "../../provider/emulator";
import { once } from "../drivers/once";
import { begin, calls, count, endAll, impatient } from "../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../resources/declared";

const { acme } = campusSeed;
const reset = (when: "before" | "after"): Fault => ({ kind: "reset", when });
const failed = { kind: "status", status: 500 } as const;

describe("lost answers: a whole row is not sent again without a read", () => {
  afterEach(endAll);
  const singletons = [
    ["Genea", genea({ saveClips: true }), "updateGeneaIntegrationV2", "getGeneaIntegration"],
    ["Kisi", kisi({ placeToSettingsMap: { "1001": {} } }), "updateKisiIntegrationV2", "getKisiIntegrationV2"],
  ] as const;

  for (const [what, declared, write, read] of singletons) {
    for (const times of [1, 2, 4]) {
      it(`which would remove the tokens of the new object: ${what}, ${times} failed reads`, async () => {
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

  it("where an update fails with its own error", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: genea() });
    emulator.clearRequests();
    emulator.fail({ operation: "updateGeneaIntegrationV2", with: reset("after") });
    emulator.fail({ operation: "getGeneaIntegration", with: failed, skip: 1, times: 9 });
    await assert.rejects(stack.up({ it: genea({ saveClips: true }) }), /updateGeneaIntegrationV2 failed: .*connection/);
    assert.equal(count(emulator, "updateGeneaIntegrationV2"), 1);
  });
});

describe("lost answers: a whole row is sent again when the pause is over", () => {
  afterEach(endAll);

  it("which is longer each time, after a read", async () => {
    const write = "updateGeneaIntegrationV2";
    const pauses: string[] = [];
    const sleep = async (ms: number) => {
      if (ms > 0) pauses.push(`${calls(emulator).at(-1)}, ${Math.floor(ms / 1_000)} s`);
    };
    const { emulator, stack } = await begin({ patience: { ...impatient, sleep } });
    await stack.up({ it: genea() });
    pauses.length = 0;
    emulator.fail({ operation: write, with: failed, times: 2 });
    await stack.up({ it: genea({ saveClips: true }) });
    assert.deepEqual(pauses, [`${write}, 1 s`, `${write}, 2 s`]);
  });
});

describe("lost answers: what somebody else does meanwhile", () => {
  afterEach(endAll);
  const write = "updateGeneaIntegrationV2";
  const { apiToken } = acme.genea;

  it("is not overwritten where a new integration was configured elsewhere", async () => {
    for (const inputs of [{ doorInfoMap: { ours: lobby } }, {}]) {
      const theirs = once(write, () => console.setGenea({ apiToken, doorInfoMap: { theirs: dock } }));
      const { emulator, stack, console } = await begin(theirs);
      theirs.arm();
      emulator.fail({ operation: write, with: reset("before") });
      await assert.rejects(stack.up({ it: genea(inputs) }), /exists already, and not as this resource.*`adopt: true`/);
      assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["theirs"]);
      assert.ok(!stack.has("it"));
    }
  });

  it("is a conflict where it changed the same thing", async () => {
    const theirs = once(write, () => console.setGeneaDoor("d1", { ...dock, doorName: "Console" }));
    const { emulator, stack, console } = await begin(theirs);
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    theirs.arm();
    emulator.fail({ operation: write, with: reset("before") });
    const changed = stack.up({ it: genea({ doorInfoMap: { d1: { ...lobby, doorName: "Program" } } }) });
    await assert.rejects(changed, /differently, at doorInfoMap.*It was not written again.*`pulumi refresh`/);
    assert.equal(console.genea()?.doorInfoMap?.d1?.doorName, "Console");
  });

  it("stays where it changed another thing", async () => {
    const theirs = once(write, () => console.setGeneaDoor("d2", { ...dock, doorName: "Console" }));
    const { emulator, stack, console } = await begin(theirs);
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby, d2: lobby } }) });
    theirs.arm();
    emulator.fail({ operation: write, with: reset("before") });
    await stack.up({ it: genea({ doorInfoMap: { d1: dock, d2: lobby } }) }).catch(() => undefined);
    const names = Object.values(console.genea()?.doorInfoMap ?? {}).map((door) => door?.doorName);
    assert.deepEqual(names, ["Dock", "Console"]);
  });

  it("needs no second write where the first is seen to be done", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: genea() });
    emulator.clearRequests();
    emulator.fail({ operation: write, with: reset("after") });
    await stack.up({ it: genea({ saveClips: true }) });
    assert.equal(count(emulator, write), 1);
    assert.deepEqual(await stack.up({ it: genea({ saveClips: true }) }), { it: "same" });
  });
});

describe("lost answers: of the second form of a write", () => {
  afterEach(endAll);

  it("leave no door named as misconfigured that the second form has removed", async () => {
    const { emulator, stack } = await begin({ behaviours: { mapWrites: "merge" } });
    const spread = { assignedCameraList: [acme.cameras.lobby.uuid, acme.cameras.dockNorth.uuid] };
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby, d2: { ...spread, doorName: "Between" } } }) });
    assert.deepEqual(stack.stored("it").outputs.misconfiguredDoors, ["Between"]);
    emulator.fail({ operation: "updateGeneaIntegrationV2", with: reset("after"), skip: 1 });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    assert.deepEqual(stack.stored("it").outputs.misconfiguredDoors, []);
  });
});

describe("lost answers: the flags of an OnGuard deployment, which are written with those of all", () => {
  afterEach(endAll);
  const flags = "updateHoneywellOnGuardIntegration";
  const tokenOf = (console: OrganizationConsole) => console.onGuard()[0]?.rhombusToken ?? "";

  it("undo nothing of what somebody else has made meanwhile", async () => {
    const theirs = once(flags, () => console.addOnGuard({ displayName: "Theirs" }));
    const made = await begin({ ...theirs, behaviours: { deploymentsOmitted: "removed" }, config: { maxRetries: "2" } });
    const { emulator, stack, console } = made;
    await stack.up({ it: onGuard() });
    theirs.arm();
    emulator.fail({ operation: flags, with: { kind: "status", status: 502 } });
    await stack.up({ it: onGuard({ saveClips: true }) });
    const names = console.onGuard().map(({ displayName }) => displayName);
    assert.deepEqual(names.sort(), ["HQ", "Theirs"]);
    assert.ok(console.onGuard().some((each) => each.flags.saveClips));
  });

  it("undo no change of another flag or door, and none of the doors that were written just before", async () => {
    const theirs = once(flags, () => {
      console.setOnGuardFlags(tokenOf(console), { createSeekPoints: true });
      console.setOnGuardDoor(tokenOf(console), "1:9", dock);
    });
    const { emulator, stack, console } = await begin(theirs);
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": lobby } }) });
    theirs.arm();
    emulator.fail({ operation: flags, with: failed });
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": dock }, saveClips: true }) });
    const [live] = console.onGuard();
    assert.deepEqual([live?.flags.saveClips, live?.flags.createSeekPoints], [true, true]);
    assert.deepEqual(live?.doorInfoMap, { "1:4": dock, "1:9": dock });
  });

  it("are in conflict with another change of the same door", async () => {
    const theirs = once(flags, () =>
      console.setOnGuardDoor(tokenOf(console), "1:4", { ...lobby, doorName: "Console" }),
    );
    const { emulator, stack, console } = await begin(theirs);
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": lobby } }) });
    theirs.arm();
    emulator.fail({ operation: flags, with: failed });
    const program = { it: onGuard({ doorInfoMap: { "1:4": { ...lobby, doorName: "Program" } }, saveClips: true }) };
    await assert.rejects(stack.up(program), /differently, at doorInfoMap.*It was not written again/);
    assert.equal(console.onGuard()[0]?.doorInfoMap["1:4"]?.doorName, "Console");
  });

  it("need no second write where the first is seen to be done, nor do the doors", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": lobby } }) });
    emulator.clearRequests();
    emulator.fail({ operation: flags, with: reset("after") });
    const program = { it: onGuard({ doorInfoMap: { "1:4": dock }, saveClips: true }) };
    await stack.up(program);
    assert.deepEqual([count(emulator, flags), count(emulator, "createOrUpdateHoneywellOnGuardIntegration")], [1, 1]);
    assert.deepEqual(await stack.up(program), { it: "same" });
  });
});

describe("lost answers: a delete that fails where the listing shows nothing", () => {
  afterEach(endAll);

  for (const [status, isDone] of [
    [401, false],
    [403, false],
    [429, false],
    [404, true],
    [500, true],
  ] as const) {
    it(`${isDone ? "is done" : "is no delete, and stays in the state"} after ${status}`, async () => {
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
