import assert from "node:assert/strict";
import type { Fault, LoggedRequest } from "../../../provider/emulator";
import { count } from "../../drivers/calls";
import { begin, DeploymentFailed, endAll } from "../../drivers/stack";
import { lobby, onGuard } from "../declared";

const write = "createOrUpdateHoneywellOnGuardIntegration";
const existing = { seed: "livedIn", behaviours: { onGuardCreate: "existing" } } as const;

describe("OnGuard: a creation for which Rhombus changes an existing deployment", () => {
  afterEach(endAll);

  for (const onGuardDoorsOmitted of ["kept", "cleared"] as const) {
    it(`fails, and restores the name and the doors of the deployment, omitted doors being ${onGuardDoorsOmitted}`, async () => {
      const behaviours = { onGuardCreate: "existing", onGuardDoorsOmitted } as const;
      const { stack, console } = await begin({ seed: "livedIn", behaviours });
      const before = console.onGuard();
      await assert.rejects(
        stack.up({ it: onGuard({ doorInfoMap: { "9:9": lobby } }) }),
        /^(?:Error: )?Declare the existing .*answered with the existing "Headquarters OnGuard", whose name and doors were restored/,
      );
      assert.deepEqual([console.onGuard(), stack.has("it")], [before, false]);
    });
  }

  for (const [answer, fault] of [
    ["the answer is lost", { kind: "status", status: 500, when: "after" }],
    ["Rhombus answers 403", { kind: "status", status: 403, when: "after" }],
  ] as const satisfies [string, Fault][]) {
    it(`fails, and restores the deployment, although ${answer}`, async () => {
      const { emulator, stack, console } = await begin(existing);
      const before = console.onGuard();
      emulator.fail({ operation: write, with: fault });
      await assert.rejects(stack.up({ it: onGuard({ doorInfoMap: { "9:9": lobby } }) }));
      assert.deepEqual([console.onGuard(), stack.has("it")], [before, false]);
    });
  }

  it("names the deployment if it cannot be restored", async () => {
    const onRequest = ({ operation }: LoggedRequest) => {
      if (operation !== write || count(made.emulator, write) !== 1) return;
      made.emulator.fail({ operation: write, with: { kind: "status", status: 503 }, times: 9 });
    };
    const made = await begin({ ...existing, onRequest });
    await assert.rejects(
      made.stack.up({ it: onGuard() }),
      /Check the name and doors of the OnGuard integration "Headquarters OnGuard".*could not be restored \(.*503/,
    );
  });

  it("names the number of deployments to check if the answer is lost and reads fail", async () => {
    const onRequest = ({ operation }: LoggedRequest) => {
      if (operation === write) emulator.fail({ operation: "*", with: { kind: "status", status: 500 }, times: 99 });
    };
    const { emulator, stack } = await begin({ ...existing, onRequest });
    emulator.fail({ operation: write, with: { kind: "reset", when: "after" } });
    await assert.rejects(
      stack.up({ it: onGuard() }),
      /`adopt: true`.*check the existing objects \(2\).*renamed one of them/,
    );
  });

  it("names the number of deployments to check if the call times out", async () => {
    const { emulator, stack, console } = await begin(existing);
    const late = emulator.fail({ operation: write, with: { kind: "timeout", when: "late" } });
    const message =
      /reports that it exists: .* may still be created\. .*Before that, check the existing objects \(2\): .*renamed one/;
    await assert.rejects(stack.up({ it: onGuard() }), message);
    late.carryOut();
    assert.equal(console.onGuard()[0]?.displayName, "HQ");
  });

  it("leaves one of several deployments that are created at once, and fails for the others", async () => {
    const { stack, console } = await begin({ behaviours: { onGuardCreate: "existing" } });
    const names = ["A", "B", "C"];
    const entries = names.map(
      (displayName) => [displayName, onGuard({ displayName, doorInfoMap: { "1:4": lobby } })] as const,
    );
    await assert.rejects(stack.up(Object.fromEntries(entries), { parallel: true }), (error) => {
      assert.ok(error instanceof DeploymentFailed);
      assert.equal(Object.keys(error.failures).length, 2);
      return true;
    });
    assert.equal(console.onGuard().length, 1);
    assert.deepEqual(
      names.filter((name) => stack.has(name)),
      [console.onGuard()[0]?.displayName],
    );
  });
});
