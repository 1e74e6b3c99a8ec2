import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { type Behaviours, campusSeed, livedInSeed } from "../../../../provider/emulator";
import { type Declared, Stack } from "../../../drivers/stack";
import { assertNothingSecret, closeProjects, inStack, isWrite, openProject, type TestProject } from "./importing";

const { acme } = campusSeed;
const { groups } = livedInSeed;

/** The switches that change what reads show. */
const readings: Readonly<Record<string, Partial<Behaviours>>> = {
  "as documented": {},
  "vendor keys are masked": { vendorKeyReads: "masked" },
  "vendor keys are not shown": { vendorKeyReads: "absent" },
  "the secret of OnGuard is masked": { onGuardSecretReads: "masked" },
  "the secret of OnGuard is not shown": { onGuardSecretReads: "absent" },
  "webhook URLs are shown": { onGuardUrlReads: "plain" },
  "deployments have opaque keys": { onGuardKeys: "opaque" },
  "secrets of the server are masked": { serverSecretReads: "masked" },
  "secrets of the server are not shown": { serverSecretReads: "absent" },
  "there is no list of deployments": { onGuardList: "missing" },
  "Kisi has two stores": { kisiVersions: "separate" },
  "Kisi V1 is gone": { kisiVersions: "v1-removed" },
  "names of groups are not unique": { groupNames: "duplicates" },
  "reads lag": { readLagMs: 200 },
  "the key may not ask for its organization": { organizationReads: "refused" },
};

const config = { "door:geneaApiToken": acme.genea.apiToken, "door:kisiApiSecretKey": acme.kisi.apiSecretKey };

/** A stack that has what was given to `pulumi import`, and a program that declares it. */
function imported(project: TestProject): { stack: Stack; program: Record<string, Declared> } {
  const stack = new Stack(project.emulator);
  const program: Record<string, Declared> = {};
  for (const { type, name, id, inputs, outputs } of project.given?.resources ?? []) {
    const short = Object.values(types).find((each) => type === `pulumi-nodejs:dynamic/rhombus:${each}`);
    assert.ok(short !== undefined && id !== undefined && inputs !== undefined && outputs !== undefined, name);
    const { __provider: _handler, ...declared } = inputs;
    program[`${short} ${name}`] = { type: short, inputs: declared };
    stack.store(`${short} ${name}`, { type: short, id, inputs, outputs });
  }
  return { stack, program };
}

const types = ["OnGuardIntegration", "GeneaIntegration", "KisiIntegration", "AccessControlGroup"] as const;

describe("pulumi-rhombus import --apply", () => {
  afterEach(closeProjects);

  for (const [what, behaviours] of Object.entries(readings)) {
    it(`leaves no change, before and after a refresh, when ${what}`, async () => {
      const project = await openProject({ behaviours, config });
      const { code, out, err } = await project.import({ apply: true });
      assert.equal(code, 0);
      const { stack, program } = imported(project);
      const nothing = Object.fromEntries(Object.keys(program).map((name) => [name, "same"]));
      assert.equal(Object.keys(program).length, 10);
      assert.deepEqual(await stack.preview(program), nothing);
      await stack.refresh();
      assert.deepEqual(await stack.preview(program), nothing);
      assert.deepEqual(project.calls().filter(isWrite), []);
      assertNothingSecret(out + err);
    });
  }

  it("lets the next deployment change one field and nothing else", async () => {
    const project = await openProject();
    await project.import({ apply: true });
    const { stack, program } = imported(project);
    const before = project.emulator.save();
    const name = "OnGuardIntegration headquarters-onguard";
    const changed = { ...program[name]?.inputs, saveClips: false };
    const steps = await stack.up({ ...program, [name]: { type: "OnGuardIntegration", inputs: changed } });
    assert.deepEqual(
      Object.entries(steps).filter(([, step]) => step !== "same"),
      [[name, "update"]],
    );
    assert.deepEqual(project.calls().filter(isWrite), ["updateHoneywellOnGuardIntegration"]);
    const [headquarters] = project.console.onGuard();
    assert.equal(headquarters?.flags.saveClips, false);
    assert.deepEqual(project.emulator.save().organizations[0]?.groups, before.organizations[0]?.groups);
  });

  it("declares no default, no empty list of a door, and no number of a place twice", async () => {
    const project = await openProject();
    await project.import({ apply: true, only: ["KisiIntegration"] });
    const [kisi] = project.given?.resources ?? [];
    assert.deepEqual(Object.keys(kisi?.inputs ?? {}).sort(), [
      "__provider",
      "apiSecretKey",
      "defaultOptions",
      "placeToSettingsMap",
    ]);
    assert.deepEqual(kisi?.inputs?.placeToSettingsMap, {
      "41001": {
        placeName: "Acme headquarters",
        doorInfoMap: { "51001": { assignedCameraList: [acme.cameras.lobby.uuid], doorName: "Lobby" } },
        createSeekPoints: true,
      },
      "41002": { placeName: "Acme robot lab", doorInfoMap: {} },
    });
  });

  it("takes Kisi in the first version where the second one shows none", async () => {
    const project = await openProject({ behaviours: { kisiVersions: "separate" } });
    const { apiSecretKey } = acme.kisi;
    project.console.removeKisi();
    project.console.setKisiV1({ apiSecretKey, v1: { placeId: 41001, flags: { saveClips: true } } });
    await project.import({ apply: true, only: ["KisiIntegration"] });
    const { stack, program } = imported(project);
    const inputs = { apiVersion: "V1", apiSecretKey, placeId: 41001, saveClips: true, placeToSettingsMap: {} };
    assert.deepEqual(program["KisiIntegration kisi"]?.inputs, inputs);
    assert.deepEqual(await stack.preview(program), { "KisiIntegration kisi": "same" });
  });

  it("says what the next deployment will send where neither a read nor the stack config has a key", async () => {
    const project = await openProject({ behaviours: { vendorKeyReads: "absent" } });
    const { out } = await project.import({ apply: true, only: ["GeneaIntegration"] });
    assert.match(
      out,
      /No read shows apiToken of the organization's Genea .* pulumi config set --secret geneaApiToken\n/,
    );
    assert.equal(project.given?.resources[0]?.inputs?.apiToken, undefined);
  });

  it("imports what is new under names that no other resource of that type has", async () => {
    const project = await openProject({ resources: [inStack("AccessControlGroup", "engineering", "gone")] });
    await project.import({ apply: true, name: "Engineering" });
    assert.deepEqual(
      project.given?.resources.map(({ name, id }) => [name, id]),
      [["engineering-2", groups.engineering]],
    );
  });

  it("continues a partial import with the same names", async () => {
    const project = await openProject({ behaviours: { groupNames: "duplicates" } });
    for (const description of ["one", "two", "three"]) project.console.addGroup({ name: "Shift", description });
    await project.import({ apply: true, name: "Shift" });
    const all = project.given?.resources.map(({ name, id }) => [name, id]) ?? [];
    const [, second] = all;
    project.has(inStack("AccessControlGroup", second?.[0] ?? "", second?.[1] ?? ""));
    await project.import({ apply: true, name: "Shift" });
    const rest = project.given?.resources.map(({ name, id }) => [name, id]);
    assert.deepEqual(rest, [all[0], all[2]]);
  });

  it("gives the CLI a file that only its owner may read, and removes it", async () => {
    const project = await openProject();
    await project.import({ apply: true, stack: "prod" });
    assert.equal(project.givenAt?.mode, 0o600);
    assert.ok(!existsSync(path.dirname(project.givenAt.path)));
    const words = ["--generate-code=false", "--protect=false", "--yes", "--skip-preview", "--stack", "prod"];
    assert.deepEqual(project.commands.at(-1)?.slice(3), words);
  });

  it("removes the file when the import fails too, and tells why without secrets", async () => {
    const importFails = `error: resource already exists, token ${livedInSeed.warehouseOnGuard.rhombusToken}`;
    const project = await openProject({ importFails });
    await assert.rejects(project.import({ apply: true }), (error: Error) => {
      assertNothingSecret(error.message);
      return /resource already exists[\s\S]*failed to import/.test(error.message);
    });
    assert.ok(project.givenAt !== undefined && !existsSync(path.dirname(project.givenAt.path)));
  });

  it("refuses a CLI that is too old to import it", async () => {
    const project = await openProject({ version: "v3.253.9" });
    await assert.rejects(
      project.import({ apply: true }),
      /Install Pulumi 3\.254\.0 or newer: Pulumi v3\.253\.9 cannot import/,
    );
    assert.deepEqual(project.calls(), []);
  });

  it("imports nothing in a dry run", async () => {
    const project = await openProject();
    assert.match((await project.import({ apply: true, dryRun: true })).out, /Would import 10 objects/);
    assert.equal(project.given, undefined);
  });
});
