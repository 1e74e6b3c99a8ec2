import assert from "node:assert/strict";
import { reportText } from "../../../../../provider/cli/doctor/probe/probe";
import { build, installCli, runCommand } from "../../commandLine";
import { CommandSetup } from "../../commandSetup";
import { configFor } from "../diagnoses";
import { WRITES } from "./probed";

describe("pulumi-rhombus doctor --probe", function () {
  this.timeout(60_000);
  const setup = CommandSetup.here();
  before(async () => {
    await build();
    installCli(setup.programFolder, { config: JSON.stringify(configFor(setup.emulator.url)) });
  });

  it("asks for the organization's name, and creates nothing if another name or none is typed", async () => {
    for (const input of ["Acme\n", ""]) {
      const { code, stdout, stderr } = await runCommand(setup.programFolder, ["doctor", "--probe"], input);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(
        stderr,
        /in "Acme Robotics", and deletes them again[\s\S]*type the name of the organization:\nerror: That is not/,
      );
    }
    assert.deepEqual(
      setup.emulator.requests().filter(({ operation = "" }) => WRITES.test(operation)),
      [],
    );
  });
});

describe("the report of doctor --probe", () => {
  it("shows the emulator's default beside another observation, and the objects that are left", () => {
    const text = reportText({
      date: "2026-11-22",
      observations: [
        { behaviour: "mapWrites", setting: "merge" },
        { behaviour: "nulls", of: "the flags", setting: "clears" },
        { behaviour: "readLagMs", setting: 120 },
        { behaviour: "groupNames", remark: "createAccessControlGroup failed (server, status 500)" },
      ],
      notAsked: [{ name: "kisiV1AfterV2", settledBy: "write by V2, then by V1" }],
      left: ["the group"],
    });
    assert.match(text, /^ {2}mapWrites {3}merge \(the emulator's default: replace\)$/m);
    assert.match(text, /^ {2}nulls {7}clears +the flags$/m);
    assert.match(text, /^ {2}readLagMs {3}120 ms$/m);
    assert.match(text, /^ {2}groupNames {2}\? createAccessControlGroup failed \(server, status 500\)$/m);
    assert.match(text, /Not checked, .*\n {2}kisiV1AfterV2 {2}write by V2, then by V1\n\nNOT DELETED: the group$/);
  });
});
