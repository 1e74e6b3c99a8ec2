import assert from "node:assert/strict";
import type { Fault, OrganizationConsole } from "../../../provider/emulator";
import { count, once } from "../../drivers/calls";
import { begin, endAll, quickPolling } from "../../drivers/stack";
import { dock, lobby, onGuard } from "../declared";

const failed = { kind: "status", status: 500 } as const;
const reset = (when: "before" | "after"): Fault => ({ kind: "reset", when });

describe("OnGuard: flags are written with those of all deployments", () => {
  afterEach(endAll);

  for (const readLagMs of [0, 100]) {
    it(`a new deployment changes no other, reads lagging ${readLagMs} ms`, async () => {
      const behaviours = { deploymentsOmitted: "removed", settingsWrites: "replace", readLagMs } as const;
      const { stack, console } = await begin({ seed: "livedIn", behaviours, polling: quickPolling });
      console.setOnGuardEnabled(false);
      const before = console.onGuard();
      await new Promise((resolve) => setTimeout(resolve, readLagMs));
      await stack.up({ it: onGuard({ saveClips: true, doorInfoMap: { "1:4": lobby } }) });
      assert.deepEqual(console.onGuard().slice(0, 2), before);
      assert.equal(console.isOnGuardEnabled(), false);
    });
  }

  it("a new deployment that no read shows in time stays in the state, and the next run writes its flags", async () => {
    const behaviours = { deploymentsOmitted: "removed", readLagMs: 60_000 } as const;
    const { emulator, stack, console } = await begin({ seed: "livedIn", behaviours });
    const before = console.onGuard();
    await assert.rejects(
      stack.up({ it: onGuard({ saveClips: true }) }),
      /was created, but Rhombus does not show it yet/,
    );
    assert.deepEqual(console.onGuard().slice(0, 2), before);
    const { id } = stack.stored("it");
    emulator.behave({ readLagMs: 0 });
    assert.deepEqual(await stack.up({ it: onGuard({ saveClips: true }) }), { it: "update" });
    assert.deepEqual([stack.stored("it").id, console.onGuard()[2]?.flags.saveClips], [id, true]);
  });

  it("an update writes a new name and a new flag although reads lag", async () => {
    const { stack, console } = await begin({ behaviours: { readLagMs: 100 }, polling: quickPolling });
    await stack.up({ it: onGuard() });
    await stack.up({ it: onGuard({ displayName: "Main", saveClips: true }) });
    const [live] = console.onGuard();
    assert.deepEqual([live?.displayName, live?.flags.saveClips], ["Main", true]);
  });
});

describe("OnGuard: a lost answer to a write of flags", () => {
  afterEach(endAll);
  const flags = "updateHoneywellOnGuardIntegration";
  const tokenOf = (console: OrganizationConsole) => console.onGuard()[0]?.rhombusToken ?? "";

  it("keeps a deployment that was created meanwhile", async () => {
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

  it("keeps other flags and doors that were changed meanwhile, and the doors of the same update", async () => {
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

  it("is a conflict if the same door was changed meanwhile", async () => {
    const theirs = once(flags, () =>
      console.setOnGuardDoor(tokenOf(console), "1:4", { ...lobby, doorName: "Console" }),
    );
    const { emulator, stack, console } = await begin(theirs);
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": lobby } }) });
    theirs.arm();
    emulator.fail({ operation: flags, with: failed });
    const program = { it: onGuard({ doorInfoMap: { "1:4": { ...lobby, doorName: "Program" } }, saveClips: true }) };
    await assert.rejects(
      stack.up(program),
      /to different values by the program and outside Pulumi \(doorInfoMap.*The write was not repeated/,
    );
    assert.equal(console.onGuard()[0]?.doorInfoMap["1:4"]?.doorName, "Console");
  });

  it("is not followed by a second write if a read shows the first one", async () => {
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
