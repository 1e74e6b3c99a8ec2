import assert from "node:assert/strict";
import { campusSeed, type Emulator, startEmulator } from "../../../../provider/emulator";
import { build, installCli, runCommand } from "../commandLine";
import { configFor } from "../doctor/diagnoses";
import { ProgramFolder } from "../programFolder";
import { managing } from "./audits";

const { acme, bluebird } = campusSeed;

describe("pulumi-rhombus audit", function () {
  this.timeout(60_000);
  before(build);
  let emulator: Emulator;
  let programFolder: ProgramFolder;
  beforeEach(async () => {
    emulator = await startEmulator();
    programFolder = ProgramFolder.whole();
    const resources = managing([["AccessControlGroup", "g"]]);
    installCli(programFolder, {
      config: JSON.stringify(configFor(emulator.url)),
      "stack export": JSON.stringify({ deployment: { resources } }),
    });
  });
  afterEach(async () => {
    programFolder.remove();
    await emulator.close();
  });

  it("exits with 0 without findings, and with 2 and a table with findings", async () => {
    const clean = await runCommand(programFolder, ["audit"]);
    assert.deepEqual([clean.code, clean.stdout, clean.stderr], [0, "Acme Robotics: 0 objects, 0 findings\n", ""]);
    emulator.console(acme.orgUuid).addGroup({ name: "Strays\u001b[31m\u202e" });
    const found = await runCommand(programFolder, ["audit", "--stack", "dev"]);
    assert.equal(found.code, 2);
    assert.match(
      found.stdout,
      /^Acme Robotics: 1 object, 1 finding\n\n {2}in no stack {2}group "Strays \[31m\ufffd" {2}Acc/,
    );
    const machine = await runCommand(programFolder, ["audit", "--json", "--ignore", "unmanaged"]);
    assert.deepEqual([machine.code, JSON.parse(machine.stdout).findings], [0, []]);
  });

  it("exits with 1 and a reason if it cannot connect", async () => {
    installCli(programFolder, {});
    const { code, stderr } = await runCommand(programFolder, ["audit"]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^warning: The stack config is ignored, because it cannot be read: there is no answer to config --json\nerror: rhombus:apiKey: no Rh/,
    );
  });

  it("exits with 1 if the stack config cannot be read, or the stack belongs to another organization", async () => {
    const resources = managing([["AccessControlGroup", "g"]]);
    installCli(programFolder, { "stack export": JSON.stringify({ deployment: { resources } }) });
    const env = { RHOMBUS_API_KEY: bluebird.apiKey, RHOMBUS_ENDPOINT_URL: emulator.url };
    const { code, stdout, stderr } = await runCommand(programFolder, ["audit"], "", env);
    assert.deepEqual(
      [code, stderr],
      [1, "warning: The stack config is ignored, because it cannot be read: there is no answer to config --json\n"],
    );
    assert.match(stdout, /^Bluebird Clinics: 0 objects, 0 findings\n/);
    assert.match(stdout, /^ {2}not checked: the stack config: there is no answer to config --json$/m);
    assert.match(
      stdout,
      new RegExp(`: 1 of the stack's resources, such as AccessControlGroup-g, belong to another one, ${acme.orgUuid};`),
    );
  });

  it("exits with 1 and one sentence if the key is refused", async () => {
    installCli(programFolder, { config: JSON.stringify(configFor(emulator.url, "canary-wrong-key")) });
    const { code, stdout, stderr } = await runCommand(programFolder, ["audit"]);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^error: Nothing could be read: .+\n$/);
    assert.doesNotMatch(stderr, /canary/);
  });
});
