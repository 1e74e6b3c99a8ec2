import assert from "node:assert/strict";
import type { Fault, LoggedRequest, OperationName, PlannedFault } from "../../provider/emulator";
import { group, lobby, onGuard } from "./declared";
import { begin, count, type Declared, endAll, impatient, patient } from "./stack";

const created: readonly (readonly [string, Declared, OperationName])[] = [
  ["a group", group(), "createAccessControlGroup"],
  ["an OnGuard deployment", onGuard({ doorInfoMap: { "1:4": lobby } }), "createOrUpdateHoneywellOnGuardIntegration"],
];
const behaviours = { groupNames: "duplicates" } as const;

for (const [what, declared, operation] of created) {
  describe(`late: ${what} whose creation is carried out when nobody waits any more`, () => {
    afterEach(endAll);
    const silences: readonly (readonly [string, Fault])[] = [
      ["a timeout", { kind: "timeout", when: "late" }],
      ["a gateway's timeout", { kind: "status", status: 504, when: "late" }],
    ];

    for (const [silence, fault] of silences) {
      it(`is not made a second time after ${silence}: the next run says that it exists, and adopt: true takes it`, async () => {
        const { emulator, stack } = await begin({ behaviours });
        const late = emulator.fail({ operation, with: fault });
        await assert.rejects(stack.up({ it: declared }), /may be made yet: .*Run `pulumi up` again in a minute/);
        assert.deepEqual([count(emulator, operation), stack.has("it")], [1, false]);
        late.carryOut();
        await assert.rejects(stack.up({ it: declared }), /exists already, and not as this resource/);
        await stack.up({ it: { ...declared, inputs: { ...declared.inputs, adopt: true } } });
        assert.deepEqual([emulator.remains().length, await stack.up({ it: declared })], [1, { it: "same" }]);
      });

      it(`is made by the next run where nothing came of it after ${silence}`, async () => {
        const { emulator, stack } = await begin({ behaviours });
        emulator.fail({ operation, with: { ...fault, when: "before" } });
        await assert.rejects(stack.up({ it: declared }), /may be made yet/);
        assert.deepEqual(await stack.up({ it: declared }), { it: "create" });
        assert.equal(emulator.remains().length, 1);
      });
    }

    /** The first creation is carried out just after the second one, which follows a reset connection. */
    async function twice({ readLagMs = 0, patience = impatient } = {}) {
      const second = ({ operation: called }: LoggedRequest) => {
        if (called !== operation || count(made.emulator, operation) !== 2) return;
        late?.carryOut();
        onSecond();
      };
      let late: PlannedFault | undefined;
      let onSecond = () => {};
      const made = await begin({ behaviours: { ...behaviours, readLagMs }, patience, onRequest: second });
      late = made.emulator.fail({ operation, with: { kind: "reset", when: "late" } });
      return { ...made, onSecond: (act: () => void) => (onSecond = act) };
    }

    it("is named beside the one that was made again, which the state keeps and the next run finishes", async () => {
      const { emulator, stack } = await twice();
      await assert.rejects(
        stack.up({ it: declared }),
        /now exists more than once.* remove the others .*: [\w-]{22,36}\.$/,
      );
      assert.equal(emulator.remains().length, 2);
      assert.deepEqual(await stack.up({ it: declared }), { it: "update" });
      assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
    });

    it("is named as well where reads lag, which show neither of the two at first", async () => {
      const { stack } = await twice({ readLagMs: 100, patience: patient });
      await assert.rejects(stack.up({ it: declared }), /now exists more than once/);
      assert.ok(stack.has("it"));
    });

    it("may exist twice, as the error says, where no read shows either of the two", async () => {
      const { stack } = await twice({ readLagMs: 60_000 });
      await assert.rejects(stack.up({ it: declared }), /may exist twice: Rhombus does not show it yet\. Look in/);
      assert.ok(stack.has("it"));
    });

    it("may exist twice, as the error says, where nobody can look for the other one", async () => {
      const { emulator, stack, onSecond } = await twice();
      onSecond(() => emulator.fail({ operation: "*", with: { kind: "status", status: 500 }, times: 99 }));
      await assert.rejects(stack.up({ it: declared }), /may exist twice: looking for another one failed \(.*500/);
      assert.ok(stack.has("it"));
    });
  });
}
