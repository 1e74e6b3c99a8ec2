import assert from "node:assert/strict";
import { campusSeed, type OrganizationConsole } from "../../provider/emulator";
import { once } from "../drivers/once";
import { begin, count, endAll } from "../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../resources/declared";

const { apiToken } = campusSeed.acme.genea;
const writeGenea = "updateGeneaIntegrationV2";
const writeFlags = "updateHoneywellOnGuardIntegration";
const failed = { kind: "status", status: 500 } as const;
const limited = (retryAfterSeconds: number) => ({ kind: "rateLimited", retryAfterSeconds }) as const;

/** Does something as soon as an operation has been answered, once after `arm`. */
const onceAfter = (operation: string, act: () => void) => once(operation, () => setImmediate(act));

const namesOf = (console: OrganizationConsole) =>
  console
    .onGuard()
    .map(({ displayName }) => displayName)
    .sort();

describe("stale rows: what the console does in a pause of the rate limit", () => {
  afterEach(endAll);

  it("is kept where it is another part of the row, and is no conflict", async () => {
    const theirs = onceAfter(writeGenea, () => console.setGeneaDoor("d9", dock));
    const { emulator, stack, console } = await begin({ ...theirs, config: { maxRetries: "8" } });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    theirs.arm();
    emulator.fail({ operation: writeGenea, with: limited(0.2) });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby }, saveClips: true }) });
    assert.match(stack.lines.join(), /^rhombus: rate limited, resuming in 1 s \(\d+ calls done\)$/);
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["d1", "d9"]);
    assert.deepEqual(await stack.up({ it: genea({ doorInfoMap: { d1: lobby }, saveClips: true }) }), { it: "same" });
  });

  it("is a conflict where it is the same part", async () => {
    const theirs = onceAfter(writeGenea, () => console.setGeneaDoor("d1", { ...dock, doorName: "Console" }));
    const { emulator, stack, console } = await begin({ ...theirs, config: { maxRetries: "8" } });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    theirs.arm();
    emulator.fail({ operation: writeGenea, with: limited(0.2) });
    const changed = stack.up({ it: genea({ doorInfoMap: { d1: { ...lobby, doorName: "Program" } } }) });
    await assert.rejects(
      changed,
      /differently, at doorInfoMap.* while the program's write had to wait.*`pulumi refresh`/,
    );
    assert.equal(console.genea()?.doorInfoMap?.d1?.doorName, "Console");
  });

  it("is not overwritten where it is a new integration", async () => {
    const theirs = onceAfter(writeGenea, () => console.setGenea({ apiToken, doorInfoMap: { theirs: dock } }));
    const { emulator, stack, console } = await begin({ ...theirs, config: { maxRetries: "8" } });
    theirs.arm();
    emulator.fail({ operation: writeGenea, with: limited(0.2) });
    const made = stack.up({ it: genea({ doorInfoMap: { ours: lobby } }) });
    await assert.rejects(made, /exists already, and not as this resource.*had to wait.*`adopt: true`/);
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["theirs"]);
    assert.ok(!stack.has("it"));
  });

  it("is not removed where it is a new OnGuard deployment", async () => {
    const theirs = onceAfter(writeFlags, () => console.addOnGuard({ displayName: "Theirs" }));
    const behaviours = { deploymentsOmitted: "removed" } as const;
    const { emulator, stack, console } = await begin({ ...theirs, behaviours, config: { maxRetries: "8" } });
    await stack.up({ it: onGuard() });
    theirs.arm();
    emulator.fail({ operation: writeFlags, with: limited(0.2) });
    await stack.up({ it: onGuard({ saveClips: true }) });
    assert.deepEqual(namesOf(console), ["HQ", "Theirs"]);
    assert.ok(console.onGuard().some((each) => each.flags.saveClips));
  });

  it("is kept where the pause is another resource's", async () => {
    const make = "createAccessControlGroup";
    const theirs = onceAfter(make, () => console.setGeneaDoor("d9", dock));
    const { emulator, stack, console } = await begin({ ...theirs, config: { maxRetries: "1", maxConcurrency: "1" } });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    theirs.arm();
    emulator.fail({ operation: make, with: limited(1.2) });
    const program = { it: genea({ doorInfoMap: { d1: lobby }, saveClips: true }), group: group() };
    await stack.up(program, { parallel: true });
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["d1", "d9"]);
  });

  it("ends when `maxRetries` are used up, with the row sent once more than that", async () => {
    const { emulator, stack } = await begin({ config: { maxRetries: "2" } });
    await stack.up({ it: genea() });
    emulator.clearRequests();
    emulator.fail({ operation: writeGenea, with: limited(0.05), times: 9 });
    await assert.rejects(stack.up({ it: genea({ saveClips: true }) }), /429/);
    assert.equal(count(emulator, writeGenea), 3);
  });
});

describe("stale rows: what the console does while a write is being prepared", () => {
  afterEach(endAll);
  const config = { maxRetries: "1" };

  it("is kept where the doors of an OnGuard deployment took long, before its flags", async () => {
    const theirs = onceAfter("createOrUpdateHoneywellOnGuardIntegration", () =>
      console.addOnGuard({ displayName: "Theirs" }),
    );
    const made = await begin({ ...theirs, behaviours: { deploymentsOmitted: "removed" }, config });
    const { emulator, stack, console } = made;
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": lobby } }) });
    theirs.arm();
    emulator.fail({ operation: "createOrUpdateHoneywellOnGuardIntegration", with: failed });
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": dock }, createSeekPoints: true }) });
    assert.deepEqual(namesOf(console), ["HQ", "Theirs"]);
    const ours = console.onGuard().find(({ displayName }) => displayName === "HQ");
    assert.deepEqual([ours?.flags.createSeekPoints, ours?.doorInfoMap["1:4"]?.doorName], [true, "Dock"]);
  });

  it("is kept where the trial of a vendor key took long", async () => {
    const theirs = onceAfter("getGeneaDoors", () => console.setGeneaDoor("d9", dock));
    const { emulator, stack, console } = await begin({ ...theirs, config });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    const { inputs, outputs, ...stored } = stack.stored("it");
    const old = { apiToken: "old-one" };
    stack.store("it", { ...stored, inputs: { ...inputs, ...old }, outputs: { ...outputs, ...old } });
    theirs.arm();
    emulator.fail({ operation: "getGeneaDoors", with: failed });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby }, saveClips: true }) });
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["d1", "d9"]);
  });

  it("is not overwritten where it is a new integration", async () => {
    const theirs = onceAfter("getGeneaDoors", () => console.setGenea({ apiToken, doorInfoMap: { theirs: dock } }));
    const { emulator, stack, console } = await begin({ ...theirs, config });
    theirs.arm();
    emulator.fail({ operation: "getGeneaDoors", with: failed });
    const made = stack.up({ it: genea({ doorInfoMap: { ours: lobby } }) });
    await assert.rejects(made, /exists already, and not as this resource.*had to wait.*`adopt: true`/);
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["theirs"]);
    assert.ok(!stack.has("it"));
  });
});

describe("stale rows: a first write that may be carried out yet", () => {
  afterEach(endAll);

  for (const [what, declared, write] of [
    ["Genea", genea({ doorInfoMap: { d1: lobby } }), writeGenea],
    ["Kisi", kisi({ placeToSettingsMap: { "1001": {} } }), "updateKisiIntegrationV2"],
  ] as const) {
    it(`is not sent again after 504: ${what}`, async () => {
      const { emulator, stack } = await begin();
      emulator.fail({ operation: write, with: { kind: "status", status: 504 } });
      await assert.rejects(stack.up({ it: declared }), /may be made yet/);
      assert.equal(count(emulator, write), 1);
    });
  }

  it("nor after a timeout, as the later one would wipe the tokens of the other", async () => {
    const { emulator, stack, console } = await begin({ behaviours: { serverFieldsOmitted: "wiped" } });
    const late = emulator.fail({ operation: writeGenea, with: { kind: "timeout", when: "late" } });
    await assert.rejects(stack.up({ it: genea() }), /may be made yet.*not made a second time/);
    assert.equal(count(emulator, writeGenea), 1);
    late.carryOut();
    assert.ok(console.genea()?.rhombusToken);
    await assert.rejects(stack.up({ it: genea() }), /exists already/);
  });
});
