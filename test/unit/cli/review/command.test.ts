import assert from "node:assert/strict";
import { campusSeed } from "../../../../provider/emulator";
import { build, installCli, runCommand } from "../commandLine";
import { configFor } from "../doctor/patient";
import { Stage } from "../stage";
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
  const stage = Stage.here();
  const withPlan = (plan: string) => {
    installCli(stage.workshop, { preview: plan, config: JSON.stringify(configFor(stage.emulator.url)) });
  };

  it("runs the preview, looks names up without writing, and ends with 2 where something is dangerous", async () => {
    withPlan(dangerous);
    stage.emulator.clearRequests();
    const { code, stdout, stderr } = await runCommand(stage.workshop, ["review", "--stack", "dev", "--", "--refresh"]);
    assert.deepEqual([code, stderr], [2, ""]);
    assert.match(stdout, /^### `Acme Robotics`$/m);
    assert.match(stdout, /new door `Lobby` \(`1:4`\): no cameras, location `Headquarters \/ Server room`/);
    const members =
      /`Ada Okafor <ada[^`]*>`, `Leo Fontaine <leo[^`]*>, who has been deleted` and `none` \(not found in Rhombus\)/;
    assert.match(stdout, members);
    assert.deepEqual(
      stage.emulator.requests().filter(({ operation = "" }) => !operation.startsWith("get")),
      [],
    );
  });

  it("ends with 0 where nothing is, and reads the plan from standard input or a file", async () => {
    withPlan("no preview is run");
    const piped = await runCommand(stage.workshop, ["review", "--plan", "-"], harmless);
    assert.deepEqual([piped.code, piped.stderr], [0, ""]);
    assert.match(piped.stdout, /^Stack `dev` of project `doors`: 1 change, none of them dangerous\.$/m);
    stage.workshop.write("plan.json", harmless);
    assert.deepEqual(await runCommand(stage.workshop, ["review", "--plan", "plan.json"]), piped);
  });

  it("shows ids where it is to stay offline, or cannot look names up, and says so", async () => {
    withPlan(harmless);
    stage.emulator.clearRequests();
    const offline = await runCommand(stage.workshop, ["review", "--offline"]);
    assert.match(offline.stdout, new RegExp(`cameras \`${cameras.lobby.uuid}\`$`, "m"));
    assert.deepEqual(stage.emulator.requests(), []);
    installCli(stage.workshop, { preview: harmless, config: "{}" });
    const keyless = await runCommand(stage.workshop, ["review"]);
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
    const failed = await runCommand(stage.workshop, ["review"]);
    assert.deepEqual([failed.code, failed.stdout], [1, ""]);
    assert.match(failed.stderr, /^error: The preview failed:\n {2}displayName is missing\n$/);
    installCli(stage.workshop, {});
    const missing = await runCommand(stage.workshop, ["review"]);
    assert.deepEqual([missing.code, missing.stderr], [1, "error: there is no answer to preview --json\n"]);
  });

  it("says what Pulumi says where the program did not even start, without secrets and colours", async () => {
    const printed = "\u001b[31merror: \u001b[0mno language plugin\u001b[90m for canary-api-key\u001b[39m";
    for (const preview of ["{}", planOf([])]) {
      installCli(stage.workshop, { preview }, printed);
      const failed = await runCommand(stage.workshop, ["review"], "", { RHOMBUS_API_KEY: "canary-api-key" });
      assert.deepEqual(failed, { code: 1, stdout: "", stderr: "error: no language plugin for [secret]\n" });
    }
  });
});
