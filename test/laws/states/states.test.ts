import assert from "node:assert/strict";
import type { Deployment } from "@pulumi/pulumi/automation";
import { version as current } from "../../../package.json";
import { type Emulator, startEmulator } from "../../../provider/emulator";
import { assertHidden, knownSecrets, madeSecrets } from "../../engine/fixture";
import { refusal, TestStack } from "../../engine/stack";
import { tally } from "../../tally";
import { declare } from "./program";
import { type SavedState, savedState, savedVersions } from "./saved";

const NEWER = /A newer pulumi-rhombus wrote this state: it is in format 2, and this version knows no format beyond 1\./;

describe("the states that released versions have left", () => {
  const lived: string[] = [];
  after(() => tally(`states: of ${savedVersions().join(", ")}, ${lived.length} refreshed, updated and destroyed`));

  it("are kept, that of this version included", () => {
    assert.ok(savedVersions().includes(current), `there is none of ${current}: see "Release" in CONTRIBUTING.md`);
  });

  for (const version of savedVersions()) tryOut(version, () => lived.push(version));
});

function tryOut(version: string, hasLived: () => void): void {
  describe(`a state that ${version} wrote`, function () {
    this.timeout(120_000);
    const secrets = new Set(knownSecrets());
    let emulator: Emulator;
    let stack: TestStack;
    let saved: SavedState;
    const program = async () => declare(saved.program, false);

    before("Rhombus holds what it held then", async function () {
      this.timeout(180_000);
      emulator = await startEmulator({ seed: savedState(version).rhombus });
      saved = savedState(version, emulator.url);
      const onRun = () => {
        for (const secret of madeSecrets(emulator)) secrets.add(secret);
      };
      stack = await TestStack.open({ config: saved.program.config, onRun });
    });
    after("no secret has come to light", async () => {
      if (stack && emulator) assertHidden(secrets, stack, emulator);
      stack?.close();
      await emulator?.close();
    });

    it("is refused, in a plan and in a refresh, when it is said to be a newer one's", async () => {
      await stack.import(inFormat(saved.state, 2));
      for (const run of [() => stack.preview(program), () => stack.refresh()]) {
        assert.match((await refusal(run())).message, NEWER);
      }
      assert.deepEqual(emulator.requests(), []);
    });

    it("may be without the number of its format: nothing is to be done, and nothing differs", async () => {
      await stack.import(inFormat(saved.state, undefined));
      await stack.expectNothingToDo(program);
      await stack.expectNoDrift();
    });

    it("is refreshed without a difference, and keeps every secret", async () => {
      await stack.import(saved.state);
      const before = await stack.opened();
      await stack.expectNoDrift();
      const after = await stack.opened();
      assert.deepEqual(outputsIn(after), outputsIn(before));
      const held = JSON.stringify(after);
      const lost = madeSecrets(emulator).filter((secret) => !held.includes(secret.replace(emulator.url, "")));
      assert.deepEqual(lost, []);
    });

    it("leaves nothing to do for its program, and one field of each resource is updated", async () => {
      await stack.expectNothingToDo(program);
      const { steps } = await stack.up(async () => declare(saved.program, true));
      const updates = Object.keys(saved.program.resources).map((name) => `update ${name}`);
      assert.deepEqual([...steps].sort(), updates.sort());
      await stack.expectNothingToDo();
    });

    it("is destroyed, and nothing is left", async () => {
      await stack.destroy();
      assert.deepEqual(emulator.remains(), []);
      hasLived();
    });
  });
}

/** A state whose resources bear another number of their format; `undefined`: none. */
function inFormat(state: Deployment, format: number | undefined): Deployment {
  return JSON.parse(JSON.stringify(state), (key, value) =>
    key === "outputs" && "__mark" in value ? { ...value, __format: format } : value,
  );
}

/** The outputs, but for what later versions learn beside them from a reading, and Pulumi shows nobody. */
function outputsIn(resources: Awaited<ReturnType<TestStack["opened"]>>): Record<string, unknown> {
  const told = resources.map(({ urn, outputs }) => {
    const { __observed: _learned, ...others } = { ...outputs };
    return [urn, others];
  });
  return Object.fromEntries(told);
}
