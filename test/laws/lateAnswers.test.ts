import assert from "node:assert/strict";
import type { Fault, LoggedRequest, OperationName, PlannedFault } from "../../provider/emulator";
import { count } from "../drivers/calls";
import { begin, type Declared, endAll, immediatePolling, quickPolling } from "../drivers/stack";
import { group, lobby, onGuard } from "../resources/declared";

const created: readonly (readonly [string, Declared, OperationName])[] = [
  ["a group", group(), "createAccessControlGroup"],
  ["an OnGuard deployment", onGuard({ doorInfoMap: { "1:4": lobby } }), "createOrUpdateHoneywellOnGuardIntegration"],
];
const behaviours = { groupNames: "duplicates" } as const;

for (const [what, declared, operation] of created) {
  describe(`late answers: ${what} that is created after the timeout`, () => {
    afterEach(endAll);
    const silences: readonly (readonly [string, Fault])[] = [
      ["a timeout", { kind: "timeout", when: "late" }],
      ["a gateway's timeout", { kind: "status", status: 504, when: "late" }],
    ];

    for (const [silence, fault] of silences) {
      it(`is not created twice after ${silence}: the next run is an error, and adopt: true takes it over`, async () => {
        const { emulator, stack } = await begin({ behaviours });
        const late = emulator.fail({ operation, with: fault });
        await assert.rejects(stack.up({ it: declared }), /may still be created: .*Run `pulumi up` again in a minute/);
        assert.deepEqual([count(emulator, operation), stack.has("it")], [1, false]);
        late.carryOut();
        await assert.rejects(
          stack.up({ it: declared }),
          /already exists in Rhombus and is not managed by this resource/,
        );
        await stack.up({ it: { ...declared, inputs: { ...declared.inputs, adopt: true } } });
        assert.deepEqual([emulator.remains().length, await stack.up({ it: declared })], [1, { it: "same" }]);
      });

      it(`is created by the next run if nothing was created after ${silence}`, async () => {
        const { emulator, stack } = await begin({ behaviours });
        emulator.fail({ operation, with: { ...fault, when: "before" } });
        await assert.rejects(stack.up({ it: declared }), /may still be created/);
        assert.deepEqual(await stack.up({ it: declared }), { it: "create" });
        assert.equal(emulator.remains().length, 1);
      });
    }

    it("is an error that warns of a duplicate if the answer before the timeout was lost", async () => {
      const { emulator, stack } = await begin({ behaviours });
      const lost = [{ kind: "reset", when: "late" } as const, { kind: "timeout", when: "late" } as const];
      const late = lost.map((fault) => emulator.fail({ operation, with: fault }));
      const said = /may still be created: .*\. An earlier call failed as well, so it may be created twice: .*Run/;
      await assert.rejects(stack.up({ it: declared }), said);
      for (const fault of late) fault.carryOut();
      assert.equal(emulator.remains().length, 2);
    });

    /** The connection of the first creation is reset, and it is carried out right after the second one. */
    async function twice({ readLagMs = 0, polling = immediatePolling } = {}) {
      const second = ({ operation: called }: LoggedRequest) => {
        if (called !== operation || count(made.emulator, operation) !== 2) return;
        late?.carryOut();
        onSecond();
      };
      let late: PlannedFault | undefined;
      let onSecond = () => {};
      const made = await begin({ behaviours: { ...behaviours, readLagMs }, polling, onRequest: second });
      late = made.emulator.fail({ operation, with: { kind: "reset", when: "late" } });
      return { ...made, onSecond: (act: () => void) => (onSecond = act) };
    }

    it("is reported as a duplicate of the second creation, which the state has and the next run finishes", async () => {
      const { emulator, stack } = await twice();
      await assert.rejects(
        stack.up({ it: declared }),
        /now exists more than once.* remove the others .*: [\w-]{22,36}\.$/,
      );
      assert.equal(emulator.remains().length, 2);
      assert.deepEqual(await stack.up({ it: declared }), { it: "update" });
      assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
    });

    it("is reported as a duplicate if reads lag", async () => {
      const { stack } = await twice({ readLagMs: 100, polling: quickPolling });
      await assert.rejects(stack.up({ it: declared }), /now exists more than once/);
      assert.ok(stack.has("it"));
    });

    it("is an error that warns of a duplicate if no read shows either of the two", async () => {
      const { stack } = await twice({ readLagMs: 60_000 });
      await assert.rejects(
        stack.up({ it: declared }),
        /may exist twice: Rhombus does not show it yet\. Check the Rhombus console/,
      );
      assert.ok(stack.has("it"));
    });

    it("is an error that warns of a duplicate if the search for it fails", async () => {
      const { emulator, stack, onSecond } = await twice();
      onSecond(() => emulator.fail({ operation: "*", with: { kind: "status", status: 500 }, times: 99 }));
      await assert.rejects(stack.up({ it: declared }), /may exist twice: the search for a duplicate failed \(.*500/);
      assert.ok(stack.has("it"));
    });
  });
}

describe("late: an OnGuard creation that may change an existing deployment", () => {
  afterEach(endAll);

  it("is an error that names the number of deployments to check", async () => {
    const made = await begin({ seed: "livedIn", behaviours: { onGuardCreate: "existing" } });
    const fault = { kind: "timeout", when: "late" } as const;
    const late = made.emulator.fail({ operation: "createOrUpdateHoneywellOnGuardIntegration", with: fault });
    const said =
      /may still be created: .*reports that it exists\. Before that, check the existing objects \(2\): .*renamed one/;
    await assert.rejects(made.stack.up({ it: onGuard() }), said);
    late.carryOut();
    assert.equal(made.console.onGuard()[0]?.displayName, "HQ");
  });
});

describe("late: a creation that is sent again", () => {
  afterEach(endAll);
  const operation = "createAccessControlGroup";
  /** An emulator that answers the creation with 503 and `Retry-After`, and the pauses of the provider in seconds. */
  async function paused(retryAfterSeconds: number, times = 1) {
    const pauses: number[] = [];
    const sleep = async (ms: number) => {
      pauses.push(Math.round(ms / 1000));
    };
    const made = await begin({ polling: { delaysMs: [0, 2000], sleep } });
    made.emulator.fail({ operation, with: { kind: "status", status: 503, retryAfterSeconds }, times });
    return { ...made, pauses };
  }

  it("is sent after the pause that Rhombus asks for", async () => {
    const { emulator, stack, pauses } = await paused(30);
    await stack.up({ it: group() });
    assert.deepEqual([pauses.slice(0, 3), count(emulator, operation)], [[0, 2, 28], 2]);
  });

  it("is left to the next run if Rhombus asks for more than five minutes in all", async () => {
    const { emulator, stack, pauses } = await paused(200, 2);
    await assert.rejects(stack.up({ it: group() }), /503/);
    assert.deepEqual([pauses, count(emulator, operation), stack.has("it")], [[0, 2, 198, 0, 2], 2, false]);
  });
});
