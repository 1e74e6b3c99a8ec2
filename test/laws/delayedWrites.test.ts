import assert from "node:assert/strict";
import { campusSeed, type OrganizationConsole } from "../../provider/emulator";
import { count } from "../drivers/calls";
import { once } from "../drivers/once";
import { begin, endAll } from "../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../resources/declared";

const { apiToken } = campusSeed.acme.genea;
const writeGenea = "updateGeneaIntegrationV2";
const writeFlags = "updateHoneywellOnGuardIntegration";
const failed = { kind: "status", status: 500 } as const;
const limited = (retryAfterSeconds: number) => ({ kind: "rateLimited", retryAfterSeconds }) as const;

/** Runs `act` once after `arm`, as soon as the operation has been answered. */
const onceAfter = (operation: string, act: () => void) => once(operation, () => setImmediate(act));

const namesOf = (console: OrganizationConsole) =>
  console
    .onGuard()
    .map(({ displayName }) => displayName)
    .sort();

describe("delayed writes: a change in the console during a pause of the rate limit", () => {
  afterEach(endAll);

  it("stays, without a conflict, if it is in another place", async () => {
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

  it("is a conflict if it is in the same place", async () => {
    const theirs = onceAfter(writeGenea, () => console.setGeneaDoor("d1", { ...dock, doorName: "Console" }));
    const { emulator, stack, console } = await begin({ ...theirs, config: { maxRetries: "8" } });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    theirs.arm();
    emulator.fail({ operation: writeGenea, with: limited(0.2) });
    const changed = stack.up({ it: genea({ doorInfoMap: { d1: { ...lobby, doorName: "Program" } } }) });
    await assert.rejects(
      changed,
      /to different values by the program and outside Pulumi: doorInfoMap.*The program's write had to wait.*`pulumi refresh`/,
    );
    assert.equal(console.genea()?.doorInfoMap?.d1?.doorName, "Console");
  });

  it("is not overwritten where it is a new integration", async () => {
    const theirs = onceAfter(writeGenea, () => console.setGenea({ apiToken, doorInfoMap: { theirs: dock } }));
    const { emulator, stack, console } = await begin({ ...theirs, config: { maxRetries: "8" } });
    theirs.arm();
    emulator.fail({ operation: writeGenea, with: limited(0.2) });
    const made = stack.up({ it: genea({ doorInfoMap: { ours: lobby } }) });
    await assert.rejects(
      made,
      /already exists in Rhombus and is not managed by this resource.*had to wait.*`adopt: true`/,
    );
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["theirs"]);
    assert.ok(!stack.has("it"));
  });

  it("stays if it created an OnGuard deployment", async () => {
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

  it("stays if another resource caused the pause", async () => {
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

  it("the write is sent `maxRetries` times more, and then fails", async () => {
    const { emulator, stack } = await begin({ config: { maxRetries: "2" } });
    await stack.up({ it: genea() });
    emulator.clearRequests();
    emulator.fail({ operation: writeGenea, with: limited(0.05), times: 9 });
    await assert.rejects(stack.up({ it: genea({ saveClips: true }) }), /429/);
    assert.equal(count(emulator, writeGenea), 3);
  });
});

describe("delayed writes: a change in the console while a write is prepared", () => {
  afterEach(endAll);
  const config = { maxRetries: "1" };

  it("stays if the write of the doors of an OnGuard deployment delays that of its flags", async () => {
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

  it("stays if the verification of a vendor key delays the write", async () => {
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
    await assert.rejects(
      made,
      /already exists in Rhombus and is not managed by this resource.*had to wait.*`adopt: true`/,
    );
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["theirs"]);
    assert.ok(!stack.has("it"));
  });
});

describe("delayed writes: a creation that may be carried out later", () => {
  afterEach(endAll);

  for (const [what, declared, write] of [
    ["Genea", genea({ doorInfoMap: { d1: lobby } }), writeGenea],
    ["Kisi", kisi({ placeToSettingsMap: { "1001": {} } }), "updateKisiIntegrationV2"],
  ] as const) {
    it(`is not sent again after 504: ${what}`, async () => {
      const { emulator, stack } = await begin();
      emulator.fail({ operation: write, with: { kind: "status", status: 504 } });
      await assert.rejects(stack.up({ it: declared }), /may still be created/);
      assert.equal(count(emulator, write), 1);
    });
  }

  it("is not sent again after a timeout, as a second one would remove the tokens", async () => {
    const { emulator, stack, console } = await begin({ behaviours: { serverFieldsOmitted: "wiped" } });
    const late = emulator.fail({ operation: writeGenea, with: { kind: "timeout", when: "late" } });
    await assert.rejects(stack.up({ it: genea() }), /may still be created.*not sent again/);
    assert.equal(count(emulator, writeGenea), 1);
    late.carryOut();
    assert.ok(console.genea()?.rhombusToken);
    await assert.rejects(stack.up({ it: genea() }), /already exists/);
  });
});
