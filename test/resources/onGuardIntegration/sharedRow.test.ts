import assert from "node:assert/strict";
import { begin, endAll, quickPolling } from "../../drivers/stack";
import { lobby, onGuard } from "../declared";

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
