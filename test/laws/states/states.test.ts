import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Deployment } from "@pulumi/pulumi/automation";
import { version as current } from "../../../package.json";
import { type Emulator, type Seed, startEmulator } from "../../../provider/emulator";
import { assertHidden, knownSecrets, madeSecrets } from "../../engine/fixture";
import { TestStack } from "../../engine/stack";
import { reportCounts } from "../../reportCounts";
import { declare, ENDPOINT, type SavedProgram } from "./program";

const versions = readdirSync(__dirname, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);

/** Reads a file of a version: `program`, `rhombus` (the seed), or `state` (the output of `pulumi stack export`). */
function saved<Content>(version: string, name: string, endpoint = ENDPOINT): Content {
  const text = readFileSync(path.join(__dirname, version, `${name}.json`), "utf8");
  return JSON.parse(text.replaceAll(ENDPOINT, endpoint));
}

describe("saved states of released versions", () => {
  const tested: string[] = [];
  after(() => reportCounts(`states: of ${versions.join(", ")}, ${tested.length} refreshed, updated and destroyed`));

  it("include that of this version", () => {
    assert.ok(versions.includes(current), `there is none of ${current}: see RELEASING.md`);
  });

  for (const version of versions) testState(version, () => tested.push(version));
});

function testState(version: string, onEnd: () => void): void {
  describe(`a state of ${version}`, function () {
    this.timeout(120_000);
    const secrets = new Set(knownSecrets());
    let emulator: Emulator;
    let stack: TestStack;
    let savedProgram: SavedProgram;
    let state: Deployment;
    const program = async () => declare(savedProgram, false);

    before(async function () {
      this.timeout(180_000);
      emulator = await startEmulator({ seed: saved<Seed>(version, "rhombus") });
      savedProgram = saved<SavedProgram>(version, "program", emulator.url);
      state = saved<Deployment>(version, "state", emulator.url);
      const onRun = () => {
        for (const secret of madeSecrets(emulator)) secrets.add(secret);
      };
      stack = await TestStack.open({ config: savedProgram.config, onRun });
    });
    after("no secret was shown", async () => {
      if (stack && emulator) assertHidden(secrets, stack, emulator);
      stack?.close();
      await emulator?.close();
    });

    it("shows no change without the number of its format", async () => {
      await stack.import(withoutFormat(state));
      await stack.expectNothingToDo(program);
    });

    it("shows no drift, and a refresh leaves every secret", async () => {
      await stack.import(state);
      const before = await stack.opened();
      await stack.expectNoDrift();
      const after = await stack.opened();
      assert.deepEqual(outputsIn(after), outputsIn(before));
      const held = JSON.stringify(after);
      const lost = madeSecrets(emulator).filter((secret) => !held.includes(secret.replace(emulator.url, "")));
      assert.deepEqual(lost, []);
    });

    it("shows no change, and is updated in one field of each resource", async () => {
      await stack.expectNothingToDo(program);
      const { steps } = await stack.up(async () => declare(savedProgram, true));
      const updates = Object.keys(savedProgram.resources).map((name) => `update ${name}`);
      assert.deepEqual([...steps].sort(), updates.sort());
    });

    it("is destroyed", async () => {
      await stack.destroy();
      assert.deepEqual(emulator.remains(), []);
      onEnd();
    });
  });
}

/** The state without the format number of its resources. */
function withoutFormat(state: Deployment): Deployment {
  return JSON.parse(JSON.stringify(state), (key, value) =>
    key === "outputs" && "__mark" in value ? { ...value, __format: undefined } : value,
  );
}

/** The outputs by URN, without the observed fields, which a refresh may add. */
function outputsIn(resources: Awaited<ReturnType<TestStack["opened"]>>): Record<string, unknown> {
  const told = resources.map(({ urn, outputs }) => {
    const { __observed: _learned, ...others } = { ...outputs };
    return [urn, others];
  });
  return Object.fromEntries(told);
}
