import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type PulumiCli, pulumiIn } from "../../provider/cli/pulumi/pulumiCli";
import { campusSeed } from "../../provider/emulator";
import { Command } from "./command";
import { engineEnv } from "./engine";
import { useFixture } from "./fixture";

const { acme } = campusSeed;
const { cameras, genea, locations, users } = acme;

/** The program before and after a change. */
const programText = `
const { AccessControlGroup, AccessGrant, GeneaIntegration, OnGuardIntegration, Schedule } = require("pulumi-rhombus");
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
const isLater = config.get("later") === "true";
const lobby = { doorName: "Lobby", assignedCameraList: ["${cameras.lobby.uuid}"] };
new OnGuardIntegration("hq", {
  displayName: "HQ",
  saveClips: !isLater,
  doorInfoMap: isLater ? { "7:4": lobby, "1:5": { doorName: "Yard", remoteUnlock: true } } : { "1:4": lobby },
});
new GeneaIntegration("genea", { apiToken: config.requireSecret("apiToken") });
new AccessControlGroup("staff", { name: "Staff", userUuids: isLater ? [] : ["${users.ada.uuid}"] });
new AccessControlGroup("kept", { name: "Kept", userUuids: ["${users.ada.uuid}"] }, { ignoreChanges: ["userUuids"] });
new AccessControlGroup("vault", { name: "Vault", locationUuid: isLater ? "${locations.warehouse.uuid}" : "${locations.headquarters.uuid}" });
if (isLater) {
  const fresh = new AccessControlGroup("fresh", { name: "Fresh", description: pulumi.secret("sealed") });
  const nights = new Schedule("nights", { intervals: [{ days: ["friday"], from: "22:00", to: "06:00" }] });
  new AccessGrant("gates", {
    locationUuid: "${locations.headquarters.uuid}",
    scheduleUuid: nights.id,
    accessControlledDoorUuids: ["${acme.access.doors.northGate.uuid}"],
    groupUuids: [fresh.id],
  });
} else new AccessControlGroup("gone", { name: "Gone" });
`;

describe("review and apply, with the real engine", function () {
  this.timeout(180_000);
  const fixture = useFixture({ files: { "index.js": programText, "package.json": '{"main":"index.js"}' } });
  let cli: PulumiCli;
  let env: Record<string, string | undefined>;
  before("deploys the program", async () => {
    const { folder } = fixture.stack;
    env = { ...process.env, ...(await engineEnv(folder)) };
    cli = pulumiIn(folder, env);
    await fixture.stack.setConfig("stories:apiToken", genea.apiToken, true);
    await fixture.stack.cli("up", "--yes", "--skip-preview");
  });

  /** Runs `pulumi-rhombus` as a user does. */
  const run = async (...words: readonly string[]) => {
    const { folder } = fixture.stack;
    const main = path.join(folder, "node_modules/pulumi-rhombus/dist/cli/main.js");
    const command = new Command(process.execPath, [main, ...words], { cwd: folder, env });
    return { code: await command.ended, stdout: command.stdout, text: command.text };
  };
  const setMembersOf = (group: string, ...members: readonly string[]) => {
    const found = fixture.console.groups().find(({ name }) => name === group);
    fixture.console.setGroupMembers(found?.uuid ?? "", members);
  };
  const setMembers = (...members: readonly string[]) => setMembersOf("Staff", ...members);
  it("review refreshes, and shows what a deployment would repair, and what it would ignore", async () => {
    setMembers(users.ben.uuid);
    setMembersOf("Kept", users.ada.uuid, users.ben.uuid);
    const { code, text } = await run("review");
    setMembers(users.ada.uuid);
    setMembersOf("Kept", users.ada.uuid);
    assert.equal(code, 2, text);
    const staff = "Group `Staff` (`staff` in the program)";
    const kept = "Group `Kept` (`kept` in the program)";
    for (const line of [
      `- **Members added**: ${staff}: \`Ada Okafor <ada.okafor@acme-robotics.example>\``,
      `- **Members removed**: ${staff}: \`Ben Castillo <ben.castillo@acme-robotics.example>\``,
      "- `userUuids` was changed outside Pulumi since the last deployment",
      `- **Ignored changes**: ${kept}: \`userUuids\`, because of \`ignoreChanges\``,
      `- **Changed outside Pulumi, and stays**: ${kept}: members added: \`Ben Castillo <ben.castillo@acme-robotics.example>\``,
    ]) {
      assert.ok(text.split("\n").includes(line), `${line} is not in\n${text}`);
    }
  });

  /** Leaves the state as after a replacement of `staff` whose second half, the deletion of the old group, was interrupted. */
  const leaveOldGroup = async () => {
    const id = fixture.console.addGroup({ name: "Old", userUuids: [users.ada.uuid] });
    const file = path.join(fixture.stack.folder, "state.json");
    const state = JSON.parse(await cli.run("stack", "export"));
    const { resources } = state.deployment;
    const staff = resources.find(({ urn }: { readonly urn: string }) => urn.endsWith("::staff"));
    writeFileSync(
      file,
      JSON.stringify({
        ...state,
        deployment: { ...state.deployment, resources: [...resources, { ...staff, id, delete: true }] },
      }),
    );
    await cli.run("stack", "import", "--file", file);
  };

  it("review shows the changes by names, without secrets, and apply deploys them and no others", async () => {
    await leaveOldGroup();
    await fixture.stack.setConfig("stories:later", "true");
    await fixture.stack.setConfig("stories:apiToken", genea.rotatedApiToken, true);
    const { code, text } = await run("review", "--save", "approved.json");
    assert.equal(code, 2, text);
    for (const line of [
      "- **Deleted**: Group `Gone` (`gone` in the program)",
      "- **Deleted**: Group `Old` (`staff` in the program): 1 member; an earlier replacement has left it",
      "- **Replaced, deleted and created again**: Group `Vault` (`vault` in the program): because of `locationUuid`",
      "- `locationUuid`: `Headquarters` → `Warehouse`",
      "- **Switched off**: OnGuard `HQ` (`hq` in the program): `saveClips`",
      "- **Gains remote unlock**: OnGuard `HQ` (`hq` in the program): door `Yard` (`1:5`)",
      "- **Without a camera**: OnGuard `HQ` (`hq` in the program): door `Yard` (`1:5`)",
      "- **Door under another key**: OnGuard `HQ` (`hq` in the program): door `Lobby`: `1:4` → `7:4`",
      "- **Secret**: Genea (`genea` in the program): `apiToken` is changed",
      "- **Secret**: Group `Fresh` (`fresh` in the program): `description`",
      "- **Gains access**: the new group `Fresh` (0 people): `North gate`, Friday 22:00 to 06:00, by the access grant `gates`; presumably, because the plan does not show new ids",
      "- **Unknown until the deployment**: Access grant `gates` (`gates` in the program): `groupUuids`, computed from `fresh` of the program",
      "- door `Lobby` has another key: `1:4` → `7:4`, cameras unchanged",
      "- `apiToken` is changed (secret)",
      "- `description`: (secret)",
      "- members removed: `Ada Okafor <ada.okafor@acme-robotics.example>`",
      "### `Acme Robotics`",
    ]) {
      assert.ok(text.split("\n").includes(line), `${line} is not in\n${text}`);
    }
    assert.doesNotMatch(text, /genea-acme|webhook/);
    setMembers(users.ada.uuid, users.ben.uuid);
    const refused = await run("apply", "approved.json");
    assert.equal(refused.code, 2, refused.text);
    assert.match(refused.stdout, /^changed since the review: Group `Staff` /m);
    assert.match(refused.stdout, /^ {4}now: +members removed: `Ada Okafor <\S+>` and `Ben Castillo <\S+>`$/m);
    assert.ok(fixture.console.groups().some(({ name }) => name === "Gone"));
    setMembers(users.ada.uuid);
    const applied = await run("apply", "approved.json");
    assert.equal(applied.code, 0, applied.text);
    assert.deepEqual(
      fixture.console
        .groups()
        .map(({ name }) => name)
        .sort(),
      ["Fresh", "Kept", "Staff", "Vault"],
    );
    assert.doesNotMatch(applied.text, /genea-acme|sealed/);
  });
});
