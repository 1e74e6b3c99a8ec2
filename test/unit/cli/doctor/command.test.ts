import assert from "node:assert/strict";
import { build, installCli, runCommand } from "../commandLine";
import { CommandSetup } from "../commandSetup";
import { configFor } from "./diagnoses";

describe("pulumi-rhombus doctor", function () {
  this.timeout(60_000);
  const setup = CommandSetup.here();
  before(async () => {
    await build();
    const state = { version: 3, deployment: { resources: [] } };
    installCli(setup.programFolder, {
      version: "v3.259.0\n",
      config: JSON.stringify(configFor(setup.emulator.url)),
      "stack --show-name": "dev\n",
      "stack export": JSON.stringify(state),
    });
  });

  it("exits with 0 if a deployment would work, in one screen", async () => {
    const { code, stdout, stderr } = await runCommand(setup.programFolder, ["doctor"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, / key +Acme Robotics/);
    assert.match(stdout, /A deployment would work\.\n$/);
    assert.ok(stdout.split("\n").length < 30, stdout);
  });

  it("exits with 1 if it would not, and prints JSON", async () => {
    const { code, stdout } = await runCommand(setup.programFolder, [
      "doctor",
      "--json",
      "--stack",
      "dev",
      "--only",
      "KisiIntegration",
    ]);
    assert.equal(code, 0, stdout);
    await setup.emulator.close();
    const failed = await runCommand(setup.programFolder, ["doctor", "--json"]);
    const { ok, checks }: { ok: boolean; checks: { name: string; verdict: string }[] } = JSON.parse(failed.stdout);
    assert.deepEqual([failed.code, ok], [1, false]);
    assert.ok(checks.some(({ name, verdict }) => name === "key" && verdict === "failed"));
  });
});
