import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "../../../provider/emulator";
import { installCli, runCommand } from "../commandLine";
import { Workshop } from "../workshop";
import { configFor } from "./patient";

describe("pulumi-rhombus doctor", function () {
  this.timeout(30_000);
  let emulator: Emulator;
  let workshop: Workshop;
  before(async () => {
    emulator = await startEmulator();
    workshop = Workshop.whole();
    const state = { version: 3, deployment: { resources: [] } };
    installCli(workshop, {
      version: "v3.259.0\n",
      config: JSON.stringify(configFor(emulator.url)),
      "stack --show-name": "dev\n",
      "stack export": JSON.stringify(state),
    });
  });
  after(async () => {
    workshop.remove();
    await emulator.close();
  });

  it("ends with 0 where a deployment would work, in one screen", async () => {
    const { code, stdout, stderr } = await runCommand(workshop, ["doctor"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /key ok: Acme Robotics/);
    assert.match(stdout, /A deployment would work\.\n$/);
    assert.ok(stdout.split("\n").length < 30, stdout);
  });

  it("ends with 1 where it would not, and prints all of it as JSON", async () => {
    const { code, stdout } = await runCommand(workshop, [
      "doctor",
      "--json",
      "--stack",
      "dev",
      "--only",
      "KisiIntegration",
    ]);
    assert.equal(code, 0, stdout);
    await emulator.close();
    const failed = await runCommand(workshop, ["doctor", "--json"]);
    const { ok, checks }: { ok: boolean; checks: { name: string; verdict: string }[] } = JSON.parse(failed.stdout);
    assert.deepEqual([failed.code, ok], [1, false]);
    assert.ok(checks.some(({ name, verdict }) => name === "key" && verdict === "failed"));
  });
});
