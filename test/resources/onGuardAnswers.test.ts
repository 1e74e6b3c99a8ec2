import assert from "node:assert/strict";
import type { Behaviours } from "../../provider/emulator";
import { dock, lobby, onGuard } from "./declared";
import { begin, endAll } from "./stack";

const one = onGuard({ displayName: "One", doorInfoMap: { "1:4": lobby } });
const other = onGuard({ displayName: "Other", doorInfoMap: { "1:4": dock, "9:9": dock } });

describe("OnGuard: a creation that is answered with another resource's deployment, which no read shows yet", () => {
  afterEach(endAll);
  const existing = { onGuardCreate: "existing" } as const;
  const writes: readonly Partial<Behaviours>[] = [
    {},
    { mapWrites: "merge" },
    { mapWrites: "merge", doorWrites: "merge", settingsWrites: "merge" },
    { onGuardDoorsOmitted: "cleared" },
  ];

  for (const behaviours of writes) {
    it(`is refused, and the name and doors of that one are put back, where ${JSON.stringify(behaviours)}`, async () => {
      const { emulator, stack, console } = await begin({
        behaviours: { ...existing, ...behaviours, readLagMs: 60_000 },
      });
      const said = /does not show it yet.*\n.*Two OnGuardIntegration resources .* stand for one object: .*"Other"/s;
      await assert.rejects(stack.up({ one, other }), said);
      const [live, ...others] = console.onGuard();
      assert.deepEqual([live?.displayName, live?.doorInfoMap, others.length], ["One", { "1:4": lobby }, 0]);
      assert.deepEqual([stack.has("one"), stack.has("other")], [true, false]);
      emulator.behave({ readLagMs: 0 });
      await stack.up({ one });
      assert.deepEqual(await stack.up({ one }), { one: "same" });
    });
  }

  for (const doors of [{ doorInfoMap: { "1:4": lobby } }, {}]) {
    it(`is refused as well where the other one is of an earlier run, with ${Object.keys(doors).join() || "no doors"}`, async () => {
      const { emulator, stack, console } = await begin({ behaviours: existing });
      const before = onGuard({ displayName: "One", ...doors });
      await stack.up({ it: before });
      const [untouched] = console.onGuard();
      emulator.behave({ readLagMs: 60_000 });
      await assert.rejects(stack.up({ it: before, other }), /Two OnGuardIntegration resources/);
      assert.deepEqual(console.onGuard(), [untouched]);
    });
  }

  it("is refused as well after an update of the other one, whose doors are put back as they are by then", async () => {
    const { emulator, stack, console } = await begin({ behaviours: existing });
    await stack.up({ one });
    const changed = onGuard({ displayName: "One", doorInfoMap: { "2:2": lobby } });
    const nothing = { kind: "status", status: 200, body: { orgIntegrationV2: null } } as const;
    emulator.fail({ operation: "getHoneywellOnGuardIntegration", with: nothing, skip: 2, times: 99 });
    await assert.rejects(stack.up({ one: changed, other }), /^Error: Two OnGuardIntegration resources[^\n]*$/);
    const [live] = console.onGuard();
    assert.deepEqual([live?.displayName, live?.doorInfoMap], ["One", { "2:2": lobby }]);
  });
});
