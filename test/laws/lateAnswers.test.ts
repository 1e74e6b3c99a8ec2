import assert from "node:assert/strict";
import type { LoggedRequest, PlannedFault } from "../../provider/emulator";
import { count } from "../drivers/calls";
import { begin, endAll, immediatePolling, quickPolling } from "../drivers/stack";
import { adopting, genea, group, onGuard } from "../resources/declared";
import { creationOf, everyResource } from "./everyResource";

const timeout = { kind: "timeout", when: "late" } as const;
const behaviours = { groupNames: "duplicates" } as const;
const create = "createAccessControlGroup";

describe("late answers: an object that is created after the timeout", () => {
  afterEach(endAll);

  for (const [what, declared] of everyResource) {
    for (const [silence, fault] of [
      ["a timeout", timeout],
      ["a gateway's timeout", { kind: "status", status: 504, when: "late" }],
    ] as const) {
      it(`is not created twice after ${silence}: the next run is an error, and adopt: true takes it over: ${what}`, async () => {
        const operation = await creationOf(declared);
        const { emulator, stack } = await begin({ behaviours });
        const late = emulator.fail({ operation, with: fault });
        await assert.rejects(stack.up({ it: declared }), /may still be created: .*Run `pulumi up` again in a minute/);
        assert.deepEqual([count(emulator, operation), stack.has("it")], [1, false]);
        late.carryOut();
        await assert.rejects(stack.up({ it: declared }), /already exists in Rhombus and is not managed by this/);
        await stack.up({ it: adopting(declared) });
        assert.deepEqual([emulator.remains().length, await stack.up({ it: declared })], [1, { it: "same" }]);
      });
    }
  }

  it("keeps its tokens, as the write of all settings is not sent again", async () => {
    const { emulator, stack, console } = await begin({ behaviours: { serverFieldsOmitted: "wiped" } });
    const late = emulator.fail({ operation: "updateGeneaIntegrationV2", with: timeout });
    await assert.rejects(stack.up({ it: genea() }), /may still be created.*not sent again/);
    late.carryOut();
    assert.ok(console.genea()?.rhombusToken);
  });

  it("is an error that warns of a duplicate if the answer before the timeout was lost", async () => {
    const { emulator, stack } = await begin({ behaviours });
    const lost = [{ kind: "reset", when: "late" } as const, timeout];
    const late = lost.map((fault) => emulator.fail({ operation: create, with: fault }));
    await assert.rejects(
      stack.up({ it: group() }),
      /may still be created: .*\. An earlier call failed as well, so it may be created twice: .*Run/,
    );
    for (const fault of late) fault.carryOut();
    assert.equal(emulator.remains().length, 2);
  });

  it("is an error that names the number of existing deployments, as OnGuard may change one of them", async () => {
    const made = await begin({ seed: "livedIn", behaviours: { onGuardCreate: "existing" } });
    const late = made.emulator.fail({ operation: "createOrUpdateHoneywellOnGuardIntegration", with: timeout });
    await assert.rejects(
      made.stack.up({ it: onGuard() }),
      /may still be created: .*reports that it exists\. Before that, check the existing objects \(2\): .*renamed one/,
    );
    late.carryOut();
    assert.equal(made.console.onGuard()[0]?.displayName, "HQ");
  });
});

describe("late answers: a first creation that is carried out after the second one", () => {
  afterEach(endAll);

  /** The connection of the first creation is reset, and it is carried out right after the second one. */
  async function twice({ readLagMs = 0, polling = immediatePolling, onSecond = () => {} } = {}) {
    const onRequest = ({ operation }: LoggedRequest) => {
      if (operation !== create || count(made.emulator, create) !== 2) return;
      late?.carryOut();
      onSecond();
    };
    let late: PlannedFault | undefined;
    const made = await begin({ behaviours: { ...behaviours, readLagMs }, polling, onRequest });
    late = made.emulator.fail({ operation: create, with: { kind: "reset", when: "late" } });
    return made;
  }

  it("is reported as a duplicate of the second one, which the state has and the next run finishes", async () => {
    const { emulator, stack } = await twice();
    await assert.rejects(stack.up({ it: group() }), /now exists more than once.* remove the others .*: [\w-]{22}\.$/);
    assert.equal(emulator.remains().length, 2);
    assert.deepEqual(await stack.up({ it: group() }), { it: "update" });
    assert.deepEqual(await stack.up({ it: group() }), { it: "same" });
  });

  it("is reported as a duplicate if reads lag", async () => {
    const { stack } = await twice({ readLagMs: 100, polling: quickPolling });
    await assert.rejects(stack.up({ it: group() }), /now exists more than once/);
    assert.ok(stack.has("it"));
  });

  it("is an error that warns of a duplicate if no read shows either of the two", async () => {
    const { stack } = await twice({ readLagMs: 60_000 });
    await assert.rejects(
      stack.up({ it: group() }),
      /may exist twice: Rhombus does not show it yet\. Check the Rhombus console/,
    );
    assert.ok(stack.has("it"));
  });

  it("is an error that warns of a duplicate if the search for it fails", async () => {
    const fail = () => emulator.fail({ operation: "*", with: { kind: "status", status: 500 }, times: 99 });
    const { emulator, stack } = await twice({ onSecond: () => void fail() });
    await assert.rejects(stack.up({ it: group() }), /may exist twice: the search for a duplicate failed \(.*500/);
    assert.ok(stack.has("it"));
  });
});

describe("late answers: a creation that is answered with Retry-After", () => {
  afterEach(endAll);

  /** An emulator that answers the creation with 503 and `Retry-After`, and the pauses of the provider in seconds. */
  async function paused(retryAfterSeconds: number, times = 1) {
    const pauses: number[] = [];
    const sleep = async (ms: number) => {
      pauses.push(Math.round(ms / 1000));
    };
    const made = await begin({ polling: { delaysMs: [0, 2000], sleep } });
    made.emulator.fail({ operation: create, with: { kind: "status", status: 503, retryAfterSeconds }, times });
    return { ...made, pauses };
  }

  it("is sent again after the pause that Rhombus asks for", async () => {
    const { emulator, stack, pauses } = await paused(30);
    await stack.up({ it: group() });
    assert.deepEqual([pauses.slice(0, 3), count(emulator, create)], [[0, 2, 28], 2]);
  });

  it("is left to the next run if Rhombus asks for more than five minutes in all", async () => {
    const { emulator, stack, pauses } = await paused(200, 2);
    await assert.rejects(stack.up({ it: group() }), /503/);
    assert.deepEqual([pauses, count(emulator, create), stack.has("it")], [[0, 2, 198, 0, 2], 2, false]);
  });
});
