import assert from "node:assert/strict";
import { campusSeed, livedInSeed } from "../../../../provider/emulator";
import { inStack } from "../scriptedCli";
import { closeProjects, openProject } from "./testProject";

const WRITE = "createOrUpdateHoneywellOnGuardIntegration";
const { headquartersOnGuard } = livedInSeed;

describe("pulumi-rhombus import --recover-secrets", () => {
  afterEach(closeProjects);

  it("gets outputs that no read returns by one announced write for each deployment, which changes nothing", async () => {
    const project = await openProject({ behaviours: { onGuardSecretReads: "absent" } });
    const before = project.emulator.save();
    const { out } = await project.import({ apply: true, recoverSecrets: true });
    assert.match(out, /Recovering webhookUrl and presharedSecret of .*"Headquarters OnGuard", .*: one write for each/);
    assert.deepEqual(project.writes(), [WRITE, WRITE]);
    assert.deepEqual(project.emulator.save(), before);
    const [headquarters] = project.console.onGuard();
    const outputs = project.given?.resources[0]?.outputs;
    assert.equal(outputs?.webhookUrl, headquarters?.webhookUrl);
    assert.equal(outputs?.presharedSecret, headquartersOnGuard.presharedSecret);
    assert.ok(!("__unasked" in (outputs ?? {})));
    assert.ok(!out.includes(headquartersOnGuard.presharedSecret) && !out.includes("http"));
  });

  it("keeps doors and unknown fields, if a write clears what it omits", async () => {
    const behaviours = { onGuardDoorsOmitted: "cleared", settingsWrites: "replace", nulls: "clears" } as const;
    const project = await openProject({ behaviours });
    const before = project.console.onGuard();
    await project.import({ apply: true, recoverSecrets: true });
    assert.deepEqual(project.console.onGuard(), before);
  });

  for (const [dryRun, remedy] of [
    [
      false,
      /Imported 10 objects[\s\S]*No read .* It stays absent until .*\. To get it sooner, .*state delete --force.*-secrets\.\n$/,
    ],
    [true, /Would import 10 objects[\s\S]*No read .* An import with --recover-secrets gets it at once\.\n$/],
  ] as const) {
    it(`is suggested after ${dryRun ? "a dry run" : "an import"} without it`, async () => {
      const project = await openProject();
      const { out } = await project.import({ apply: true, dryRun });
      assert.match(out, remedy);
      assert.deepEqual(project.writes(), []);
      if (!dryRun) assert.deepEqual(project.given?.resources[0]?.outputs?.__unasked, ["webhookUrl"]);
    });
  }

  it("names outputs that are missing in the stack, if there is nothing to import", async () => {
    const without = { outputs: { orgUuid: campusSeed.acme.orgUuid, __unasked: ["webhookUrl"] } };
    const has = { outputs: { ...without.outputs, webhookUrl: "https://example.com/x" } };
    const project = await openProject({
      seed: "campus",
      resources: [
        inStack("OnGuardIntegration", "hq", "gone-1", without),
        inStack("OnGuardIntegration", "lab", "gone-2", has),
      ],
    });
    const { out } = await project.import({ apply: true, recoverSecrets: true });
    assert.match(
      out,
      /nothing to import\.\n\nThe stack has "hq" without webhookUrl, and .*`pulumi state delete --force`/,
    );
    assert.deepEqual(project.writes(), []);
  });

  it("writes nothing if reads return everything, or in a dry run", async () => {
    const shown = await openProject({ behaviours: { onGuardUrlReads: "plain" } });
    await shown.import({ apply: true, recoverSecrets: true });
    assert.deepEqual(shown.writes(), []);
    const dry = await openProject();
    assert.match(
      (await dry.import({ apply: true, recoverSecrets: true, dryRun: true })).out,
      /Would recover webhookUrl/,
    );
    assert.deepEqual(dry.writes(), []);
  });

  it("writes nothing to an object that was changed after the read", async () => {
    const project = await openProject({
      onRequest: ({ operation }) => {
        if (operation !== "findAllUsersForAccessControlGroup" && operation !== "getKisiIntegrationV2") return;
        project?.console.setOnGuardDoor(headquartersOnGuard.rhombusToken, "1:4", { doorName: "Moved" });
      },
    });
    await assert.rejects(
      project.import({ apply: true, recoverSecrets: true }),
      /has just been changed, so nothing was wr/,
    );
    assert.deepEqual(project.writes(), []);
    assert.equal(project.given, undefined);
  });
});
