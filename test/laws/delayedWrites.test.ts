import assert from "node:assert/strict";
import { campusSeed, type OrganizationConsole } from "../../provider/emulator";
import { once } from "../drivers/calls";
import { begin, endAll } from "../drivers/stack";
import { dock, genea, group, lobby, onGuard } from "../resources/declared";

const { apiToken } = campusSeed.acme.genea;
const writeGenea = "updateGeneaIntegrationV2";
const writeFlags = "updateHoneywellOnGuardIntegration";
const writeDoors = "createOrUpdateHoneywellOnGuardIntegration";
const failed = { kind: "status", status: 500 } as const;
const limited = (retryAfterSeconds: number) => ({ kind: "rateLimited", retryAfterSeconds }) as const;

/** Runs `act` once after `arm`, as soon as the operation has been answered. */
const onceAfter = (operation: string, act: () => void) => once(operation, () => setImmediate(act));

const namesOf = (console: OrganizationConsole) =>
  console
    .onGuard()
    .map(({ displayName }) => displayName)
    .sort();

/** What delays a write: when somebody else changes something, how the call fails, and what the errors say. */
const delays = [
  {
    what: "a lost connection",
    meanwhile: once,
    fault: { kind: "reset", when: "before" },
    conflict: "It was not written again",
    exists: "the answer to its creation was lost",
  },
  {
    what: "the rate limit",
    meanwhile: onceAfter,
    fault: limited(0.2),
    conflict: "The program's write had to wait",
    exists: "had to wait",
  },
] as const;

for (const { what, meanwhile, fault, conflict, exists } of delays) {
  describe(`a change in the console while ${what} delays a write`, () => {
    afterEach(endAll);
    const config = { maxRetries: "8" };

    it("stays if it is in another place", async () => {
      const theirs = meanwhile(writeGenea, () => console.setGeneaDoor("d9", dock));
      const { emulator, stack, console } = await begin({ ...theirs, config });
      await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
      theirs.arm();
      emulator.fail({ operation: writeGenea, with: fault });
      await stack.up({ it: genea({ doorInfoMap: { d1: lobby }, saveClips: true }) });
      assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["d1", "d9"]);
      assert.deepEqual(await stack.up({ it: genea({ doorInfoMap: { d1: lobby }, saveClips: true }) }), { it: "same" });
    });

    it("is a conflict if it is in the same place", async () => {
      const theirs = meanwhile(writeGenea, () => console.setGeneaDoor("d1", { ...dock, doorName: "Console" }));
      const { emulator, stack, console } = await begin({ ...theirs, config });
      await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
      theirs.arm();
      emulator.fail({ operation: writeGenea, with: fault });
      await assert.rejects(
        stack.up({ it: genea({ doorInfoMap: { d1: { ...lobby, doorName: "Program" } } }) }),
        new RegExp(
          `to different values by the program and outside Pulumi: doorInfoMap.*${conflict}.*\`pulumi refresh\``,
        ),
      );
      assert.equal(console.genea()?.doorInfoMap?.d1?.doorName, "Console");
    });

    for (const inputs of [{ doorInfoMap: { ours: lobby } }, {}]) {
      it(`is not overwritten if it created the integration: ${JSON.stringify(Object.keys(inputs))}`, async () => {
        const theirs = meanwhile(writeGenea, () => console.setGenea({ apiToken, doorInfoMap: { theirs: dock } }));
        const { emulator, stack, console } = await begin({ ...theirs, config });
        theirs.arm();
        emulator.fail({ operation: writeGenea, with: fault });
        await assert.rejects(
          stack.up({ it: genea(inputs) }),
          new RegExp(`already exists in Rhombus and is not managed by this resource.*${exists}.*\`adopt: true\``),
        );
        assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["theirs"]);
        assert.ok(!stack.has("it"));
      });
    }
  });
}

describe("a change in the console while another call delays a write", () => {
  afterEach(endAll);

  it("stays if it created an OnGuard deployment", async () => {
    const theirs = onceAfter(writeFlags, () => console.addOnGuard({ displayName: "Theirs" }));
    const behaviours = { deploymentsOmitted: "removed" } as const;
    const { emulator, stack, console } = await begin({ ...theirs, behaviours, config: { maxRetries: "8" } });
    await stack.up({ it: onGuard() });
    theirs.arm();
    emulator.fail({ operation: writeFlags, with: limited(0.2) });
    await stack.up({ it: onGuard({ saveClips: true }) });
    assert.match(stack.lines.join(), /^rhombus: rate limited, resuming in 1 s \(\d+ calls done\)$/);
    assert.deepEqual(namesOf(console), ["HQ", "Theirs"]);
    assert.ok(console.onGuard().some((each) => each.flags.saveClips));
  });

  it("stays if another resource caused the pause", async () => {
    const create = "createAccessControlGroup";
    const theirs = onceAfter(create, () => console.setGeneaDoor("d9", dock));
    const { emulator, stack, console } = await begin({ ...theirs, config: { maxRetries: "1", maxConcurrency: "1" } });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    theirs.arm();
    emulator.fail({ operation: create, with: limited(1.2) });
    const program = { it: genea({ doorInfoMap: { d1: lobby }, saveClips: true }), group: group() };
    await stack.up(program, { parallel: true });
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["d1", "d9"]);
  });

  it("stays if the write of the doors of an OnGuard deployment delays that of its flags", async () => {
    const theirs = onceAfter(writeDoors, () => console.addOnGuard({ displayName: "Theirs" }));
    const behaviours = { deploymentsOmitted: "removed" } as const;
    const { emulator, stack, console } = await begin({ ...theirs, behaviours, config: { maxRetries: "1" } });
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": lobby } }) });
    theirs.arm();
    emulator.fail({ operation: writeDoors, with: failed });
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": dock }, createSeekPoints: true }) });
    assert.deepEqual(namesOf(console), ["HQ", "Theirs"]);
    const ours = console.onGuard().find(({ displayName }) => displayName === "HQ");
    assert.deepEqual([ours?.flags.createSeekPoints, ours?.doorInfoMap["1:4"]?.doorName], [true, "Dock"]);
  });

  it("stays if the verification of a vendor key delays the write", async () => {
    const theirs = onceAfter("getGeneaDoors", () => console.setGeneaDoor("d9", dock));
    const { emulator, stack, console } = await begin({ ...theirs, config: { maxRetries: "1" } });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    const { inputs, outputs, ...stored } = stack.stored("it");
    const old = { apiToken: "old-one" };
    stack.store("it", { ...stored, inputs: { ...inputs, ...old }, outputs: { ...outputs, ...old } });
    theirs.arm();
    emulator.fail({ operation: "getGeneaDoors", with: failed });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby }, saveClips: true }) });
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["d1", "d9"]);
  });

  it("is not overwritten if it created the integration while a vendor key was verified", async () => {
    const theirs = onceAfter("getGeneaDoors", () => console.setGenea({ apiToken, doorInfoMap: { theirs: dock } }));
    const { emulator, stack, console } = await begin({ ...theirs, config: { maxRetries: "1" } });
    theirs.arm();
    emulator.fail({ operation: "getGeneaDoors", with: failed });
    await assert.rejects(
      stack.up({ it: genea({ doorInfoMap: { ours: lobby } }) }),
      /already exists in Rhombus and is not managed by this resource.*had to wait.*`adopt: true`/,
    );
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}), ["theirs"]);
    assert.ok(!stack.has("it"));
  });
});
