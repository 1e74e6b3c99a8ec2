import assert from "node:assert/strict";
import { campusSeed, type Fault, type OperationName, type OrganizationConsole } from "../../provider/emulator";
import { once } from "../drivers/calls";
import { begin, type Declared, endAll } from "../drivers/stack";
import { dock, genea, group, lobby, onGuard } from "../resources/declared";

const { apiToken, rotatedApiToken } = campusSeed.acme.genea;
const writeGenea = "updateGeneaIntegrationV2";
const writeFlags = "updateHoneywellOnGuardIntegration";
const writeDoors = "createOrUpdateHoneywellOnGuardIntegration";
const verifyKey = "getGeneaDoors";
const failed = { kind: "status", status: 500 } as const;
const limited: Fault = { kind: "rateLimited", retryAfterSeconds: 0.2 };

/** Runs `act` once after `arm`, as soon as the operation has been answered. */
const onceAfter = (operation: string, act: () => void) => once(operation, () => setImmediate(act));

interface Delay {
  /** The call that fails at first, and during which something changes outside Pulumi. */
  readonly operation: OperationName;
  readonly fault: Fault;
  /** Default: after the first answer. */
  readonly meanwhile?: typeof once;
}

/** Deploys `before`, and lets `act` change objects in the console while the next write is delayed. */
async function delayed(
  { operation, fault, meanwhile = onceAfter }: Delay,
  act: (console: OrganizationConsole) => unknown,
  before?: Declared,
) {
  const theirs = meanwhile(operation, () => void act(made.console));
  const behaviours = { deploymentsOmitted: "removed" } as const;
  const made = await begin({ onRequest: theirs.onRequest, behaviours, config: { maxRetries: "8" } });
  if (before !== undefined) await made.stack.up({ it: before });
  theirs.arm();
  made.emulator.fail({ operation, with: fault });
  return made;
}

const doorsOf = (console: OrganizationConsole) => Object.keys(console.genea()?.doorInfoMap ?? {});

const delays: Readonly<Record<string, Delay & { conflict: string; exists: string }>> = {
  "a lost connection": {
    operation: writeGenea,
    fault: { kind: "reset", when: "before" },
    meanwhile: once,
    conflict: "The write was not repeated",
    exists: "the outcome of its creation is unknown",
  },
  "the rate limit": {
    operation: writeGenea,
    fault: limited,
    conflict: "The program's write had to wait",
    exists: "had to wait",
  },
  "the verification of a vendor key": {
    operation: verifyKey,
    fault: failed,
    conflict: "The program's write had to wait",
    exists: "had to wait",
  },
};

for (const [what, delay] of Object.entries(delays)) {
  describe(`a change in the console while ${what} delays a write`, () => {
    afterEach(endAll);
    const before = genea({ doorInfoMap: { d1: lobby } });

    it("stays if it concerns another value", async () => {
      const { stack, console } = await delayed(delay, (theirs) => theirs.setGeneaDoor("d9", dock), before);
      const program = { it: genea({ doorInfoMap: { d1: lobby }, apiToken: rotatedApiToken }) };
      await stack.up(program);
      assert.deepEqual(doorsOf(console), ["d1", "d9"]);
      assert.deepEqual(await stack.up(program), { it: "same" });
    });

    it("is a conflict if it concerns the same value", async () => {
      const theirDoor = { ...dock, doorName: "Console" };
      const { stack, console } = await delayed(delay, (theirs) => theirs.setGeneaDoor("d1", theirDoor), before);
      const doorInfoMap = { d1: { ...lobby, doorName: "Program" } };
      await assert.rejects(
        stack.up({ it: genea({ doorInfoMap, apiToken: rotatedApiToken }) }),
        new RegExp(
          `\`pulumi refresh\`.* to different values by the program and outside Pulumi \\(doorInfoMap.*${delay.conflict}`,
        ),
      );
      assert.equal(console.genea()?.doorInfoMap?.d1?.doorName, "Console");
    });

    for (const inputs of [{ doorInfoMap: { ours: lobby } }, {}]) {
      it(`is not overwritten if it created the integration: ${JSON.stringify(Object.keys(inputs))}`, async () => {
        const create = (theirs: OrganizationConsole) => theirs.setGenea({ apiToken, doorInfoMap: { theirs: dock } });
        const { stack, console } = await delayed(delay, create);
        await assert.rejects(
          stack.up({ it: genea(inputs) }),
          new RegExp(
            `\`adopt: true\`.*already exists in Rhombus and is not managed by this resource.*${delay.exists}`,
            "i",
          ),
        );
        assert.deepEqual([doorsOf(console), stack.has("it")], [["theirs"], false]);
      });
    }
  });
}

describe("a change in the console while another call delays a write", () => {
  afterEach(endAll);

  for (const [what, delay] of [
    ["flags", { operation: writeFlags, fault: limited }],
    ["doors, which come before its flags,", { operation: writeDoors, fault: failed }],
  ] as const) {
    it(`stays if it created an OnGuard deployment while the ${what} of another one are written`, async () => {
      const add = (theirs: OrganizationConsole) => theirs.addOnGuard({ displayName: "Theirs" });
      const { stack, console } = await delayed(delay, add, onGuard({ doorInfoMap: { "1:4": lobby } }));
      await stack.up({ it: onGuard({ doorInfoMap: { "1:4": dock }, createSeekPoints: true }) });
      assert.equal(/^rhombus: rate limited, resuming in 1 s/.test(stack.lines.join()), delay.fault === limited);
      const [ours, theirs] = console.onGuard();
      assert.deepEqual([ours?.displayName, theirs?.displayName], ["HQ", "Theirs"]);
      assert.deepEqual([ours?.flags.createSeekPoints, ours?.doorInfoMap["1:4"]?.doorName], [true, "Dock"]);
    });
  }

  it("stays if another resource caused the pause", async () => {
    const create = "createAccessControlGroup";
    const theirs = onceAfter(create, () => console.setGeneaDoor("d9", dock));
    const { emulator, stack, console } = await begin({ ...theirs, config: { maxRetries: "1", maxConcurrency: "1" } });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    theirs.arm();
    emulator.fail({ operation: create, with: { kind: "rateLimited", retryAfterSeconds: 1.2 } });
    const program = { it: genea({ doorInfoMap: { d1: lobby }, saveClips: true }), group: group() };
    await stack.up(program, { parallel: true });
    assert.deepEqual(doorsOf(console), ["d1", "d9"]);
  });
});
