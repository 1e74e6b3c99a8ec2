import assert from "node:assert/strict";
import { campusSeed } from "../../../../provider/emulator";
import { build, installCli, runCommand } from "../commandLine";
import { CommandSetup } from "../commandSetup";
import { configFor } from "../doctor/diagnoses";
import { planOf } from "./plans";

const { acme } = campusSeed;
const { cameras, locations, users } = acme;

const door = { doorName: "Lobby", locationUuid: locations.headquarters.subLocations[0].uuid };
const dangerous = planOf([
  { before: { displayName: "HQ" }, after: { displayName: "HQ", doorInfoMap: { "1:4": door } } },
  {
    type: "AccessControlGroup",
    name: "g",
    after: { name: "G", userUuids: [users.ada.uuid, users.deleted.uuid, "none"] },
  },
]);
const harmless = planOf([
  { before: {}, after: { doorInfoMap: { "1:4": { assignedCameraList: [cameras.lobby.uuid] } } } },
]);

describe("pulumi-rhombus review", function () {
  this.timeout(60_000);
  before(build);
  const setup = CommandSetup.here();
  const withPlan = (plan: string) => {
    installCli(setup.programFolder, { preview: plan, config: JSON.stringify(configFor(setup.emulator.url)) });
  };

  it("runs the preview, looks names up without writing, and ends with 2 where something is dangerous", async () => {
    withPlan(dangerous);
    setup.emulator.clearRequests();
    const { code, stdout, stderr } = await runCommand(setup.programFolder, [
      "review",
      "--stack",
      "dev",
      "--",
      "--refresh",
    ]);
    assert.deepEqual([code, stderr], [2, ""]);
    assert.match(stdout, /^### `Acme Robotics`$/m);
    assert.match(stdout, /new door `Lobby` \(`1:4`\): no cameras, location `Headquarters \/ Server room`/);
    const members =
      /`Ada Okafor <ada[^`]*>`, `Leo Fontaine <leo[^`]*>, who has been deleted` and `none` \(not found in Rhombus\)/;
    assert.match(stdout, members);
    assert.deepEqual(
      setup.emulator.requests().filter(({ operation = "" }) => !operation.startsWith("get")),
      [],
    );
  });

  it("ends with 0 where nothing is, and reads the plan from standard input or a file", async () => {
    withPlan("no preview is run");
    const piped = await runCommand(setup.programFolder, ["review", "--plan", "-"], harmless);
    assert.deepEqual([piped.code, piped.stderr], [0, ""]);
    assert.match(piped.stdout, /^Stack `dev` of project `doors`: 1 change, none of them dangerous\.$/m);
    setup.programFolder.write("plan.json", harmless);
    assert.deepEqual(await runCommand(setup.programFolder, ["review", "--plan", "plan.json"]), piped);
  });

  it("shows ids where it is to stay offline, or cannot look names up, and says so", async () => {
    withPlan(harmless);
    setup.emulator.clearRequests();
    const offline = await runCommand(setup.programFolder, ["review", "--offline"]);
    assert.match(offline.stdout, new RegExp(`cameras \`${cameras.lobby.uuid}\`$`, "m"));
    assert.deepEqual(setup.emulator.requests(), []);
    installCli(setup.programFolder, { preview: harmless, config: "{}" });
    const keyless = await runCommand(setup.programFolder, ["review"]);
    assert.match(
      keyless.stdout,
      /^- `Ids are shown, because names could not be looked up: rhombus:apiKey: no Rhombus API key/m,
    );
    assert.equal(keyless.code, 0);
  });

  it("ends with 1 and the reasons where the preview fails", async () => {
    withPlan(
      planOf([], {
        diagnostics: [{ severity: "error", message: "\u001b[31merror\u001b[39m: displayName is missing\n" }],
      }),
    );
    const failed = await runCommand(setup.programFolder, ["review"]);
    assert.deepEqual([failed.code, failed.stdout], [1, ""]);
    assert.match(failed.stderr, /^error: The preview failed:\n {2}displayName is missing\n$/);
    installCli(setup.programFolder, {});
    const missing = await runCommand(setup.programFolder, ["review"]);
    assert.deepEqual([missing.code, missing.stderr], [1, "error: there is no answer to preview --json\n"]);
  });

  it("says what Pulumi says where the program did not even start, without secrets and colours", async () => {
    const printed = "\u001b[31merror: \u001b[0mno language plugin\u001b[90m for canary-api-key\u001b[39m";
    for (const preview of ["{}", planOf([])]) {
      installCli(setup.programFolder, { preview }, printed);
      const failed = await runCommand(setup.programFolder, ["review"], "", { RHOMBUS_API_KEY: "canary-api-key" });
      assert.deepEqual(failed, { code: 1, stdout: "", stderr: "error: no language plugin for [secret]\n" });
    }
  });
});
