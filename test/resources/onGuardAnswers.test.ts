import assert from "node:assert/strict";
import { type Behaviours, type Emulator, type LoggedRequest, livedInSeed } from "../../provider/emulator";
import { dock, lobby, onGuard } from "./declared";
import { begin, endAll, patient, Stack } from "./stack";

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
    const none = { kind: "status", status: 200, body: { orgIntegrationsV2: {} } } as const;
    emulator.fail({ operation: "getOrgIntegrationsV2", with: none, times: 99 });
    await assert.rejects(stack.up({ one: changed, other }), /^Error: Two OnGuardIntegration resources[^\n]*$/);
    const [live] = console.onGuard();
    assert.deepEqual([live?.displayName, live?.doorInfoMap], ["One", { "2:2": lobby }]);
  });
});

describe("OnGuard: an update that is answered with a deployment that was not there before", () => {
  afterEach(endAll);
  const write = "createOrUpdateHoneywellOnGuardIntegration";
  const { rhombusToken } = livedInSeed.headquartersOnGuard;
  const adopted = onGuard({ displayName: "Headquarters OnGuard", adopt: true, doorInfoMap: {} });
  const main = { displayName: "Main", doorInfoMap: { "7:7": lobby } };
  const unproven = /no longer exists.* with the id [\w-]{36}, which is now called "Main".*so it has not been removed/;
  const removed = /no longer exists.* made another one instead; that one has been removed again/;

  /** A stack whose deployment goes when its update has just read it; `then` happens before the update hears of that reading. */
  async function goneMeanwhile(onWritten: (emulator: Emulator) => void = () => {}) {
    let once: (() => unknown) | undefined;
    let isGone = false;
    const onRequest = async ({ operation }: LoggedRequest) => {
      if (operation === write && isGone) onWritten(made.emulator);
      if (operation !== "getHoneywellOnGuardIntegration") return;
      const act = once;
      once = undefined;
      await act?.();
    };
    const made = await begin({ seed: "livedIn", onRequest, patience: patient });
    for (const key of ["1:4", "1:7"]) made.console.setOnGuardDoor(rhombusToken, key, undefined);
    await made.stack.up({ it: adopted });
    made.emulator.behave({ onGuardUnknownToken: "mint" });
    const update = (then: () => unknown = () => {}) => {
      once = () => {
        made.console.removeOnGuard(rhombusToken);
        isGone = true;
        return then();
      };
      return made.stack.up({ it: onGuard(main) });
    };
    const names = () => made.console.onGuard().map(({ displayName }) => displayName);
    return { ...made, update, names };
  }

  /** The next write is answered with a deployment of that token, and changes nothing. */
  function mistaking(emulator: Emulator, token: string): void {
    const answer = { kind: "errorEnvelope", error: false, errorMsg: null, rhombusToken: token } as const;
    emulator.fail({ operation: write, with: answer });
  }

  for (const readLagMs of [0, 100]) {
    it(`removes it where the first listing that shows it, after ${readLagMs} ms, proves that it is new`, async () => {
      const { update, names } = await goneMeanwhile((emulator) => emulator.behave({ readLagMs }));
      await assert.rejects(update(), removed);
      assert.deepEqual(names(), ["Warehouse OnGuard"]);
    });
  }

  it("says which one is left where it cannot be removed again", async () => {
    const { emulator, update, names } = await goneMeanwhile();
    emulator.fail({ operation: "deleteHoneywellOnGuardIntegration", with: { kind: "status", status: 500 }, times: 9 });
    await assert.rejects(update(), /instead; .* could not be removed again \(.*500.*remove it in the Rhombus console/);
    assert.deepEqual(names(), ["Warehouse OnGuard", "Main"]);
  });

  it("does not remove one that somebody has made since, although it has just what was sent", async () => {
    const { emulator, console, update, names } = await goneMeanwhile();
    const theirs = async () => {
      const others = new Stack(emulator);
      await others.up({ theirs: onGuard() });
      await others.up({ theirs: onGuard(main) });
      mistaking(emulator, console.onGuard()[1]?.rhombusToken ?? "");
    };
    await assert.rejects(update(theirs), unproven);
    assert.deepEqual(names(), ["Warehouse OnGuard", "Main"]);
  });

  for (const [what, different] of [
    ["another name", { displayName: "Theirs" }],
    ["other doors", { doorInfoMap: { "7:7": lobby, "8:8": dock } }],
    ["a flag", { flags: { saveClips: true } }],
  ] as const) {
    it(`does not remove one that has ${what}, although only one write is on record`, async () => {
      const { emulator, console, update, names } = await goneMeanwhile();
      const theirs = async () => {
        const warehouse = onGuard({ displayName: "Warehouse OnGuard", adopt: true, doorInfoMap: {} });
        await new Stack(emulator).up({ theirs: warehouse });
        mistaking(emulator, console.addOnGuard({ ...main, ...different }).rhombusToken);
      };
      await assert.rejects(update(theirs), unproven);
      assert.equal(names().length, 2);
    });
  }

  it("gives it back its name and doors where another resource of the program has just made it", async () => {
    const { emulator, stack, console } = await begin({ seed: "livedIn" });
    await stack.up({ it: adopted });
    emulator.behave({ readLagMs: 60_000 });
    await assert.rejects(stack.up({ it: adopted, other }), /"Other" was made, but Rhombus does not show it yet/);
    const token = console.onGuard()[2]?.rhombusToken ?? "";
    console.setOnGuardDisplayName(token, "Main");
    console.setOnGuardDoor(token, "7:7", lobby);
    mistaking(emulator, token);
    const both = stack.up({ other, it: onGuard(main) });
    await assert.rejects(both, /answered with another one, "Other", whose name and doors have been put back/);
    assert.deepEqual(
      [console.onGuard()[2]?.displayName, console.onGuard()[2]?.doorInfoMap["7:7"]],
      ["Other", undefined],
    );
  });
});
