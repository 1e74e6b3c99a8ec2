import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ImportOptions } from "../../../../provider/cli/import/importOptions";
import { type Behaviours, campusSeed, livedInSeed } from "../../../../provider/emulator";
import { inStack } from "../scriptedCli";
import { assertNothingSecret, closeProjects, givenIn, openProject } from "./testProject";

const { acme } = campusSeed;

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

const config = { "shop:geneaApiToken": acme.genea.apiToken, "shop:kisiApiSecretKey": acme.kisi.apiSecretKey };

describe("pulumi-rhombus import --apply", () => {
  afterEach(closeProjects);

  for (const [what, behaviours] of Object.entries(readings)) {
    it(`leaves no change, before and after a refresh, when ${what}`, async () => {
      const project = await openProject({ behaviours, config });
      const { code, out, err } = await project.import({ apply: true });
      assert.equal(code, 0);
      const { stack, program } = project.imported();
      const nothing = Object.fromEntries(Object.keys(program).map((name) => [name, "same"]));
      assert.equal(Object.keys(program).length, 10);
      assert.deepEqual(await stack.preview(program), nothing);
      await stack.refresh();
      assert.deepEqual(await stack.preview(program), nothing);
      assert.deepEqual(project.writes(), []);
      assertNothingSecret(out + err);
    });
  }

  it("stores what counts when a program leaves it out: the program of a grant in a schedule changes nothing", async () => {
    const project = await openProject({ seed: "campus" });
    const { access, locations } = acme;
    project.console.addAccessGrant({
      name: "Gates",
      locationUuid: locations.headquarters.uuid,
      scheduleUuid: access.schedules.businessHours.uuid,
    });
    const { out } = await project.import({ program: "-" });
    assert.doesNotMatch(out, /always/);
    await project.import({ apply: true });
    const [stored] = project.given?.resources ?? [];
    assert.deepEqual([stored?.inputs?.always, stored?.outputs?.always], [false, false]);
  });

  it("declares no default, no empty list of a door, and no number of a place twice", async () => {
    const project = await openProject();
    await project.import({ apply: true, only: ["KisiIntegration"] });
    const { defaultOptions: _options, ...inputs } = project.imported().program.kisi?.inputs ?? {};
    assert.deepEqual(inputs, {
      apiSecretKey: acme.kisi.apiSecretKey,
      placeToSettingsMap: {
        "41001": {
          placeName: "Acme headquarters",
          doorInfoMap: { "51001": { assignedCameraList: [acme.cameras.lobby.uuid], doorName: "Lobby" } },
          createSeekPoints: true,
        },
        "41002": { placeName: "Acme robot lab", doorInfoMap: {} },
      },
    });
  });

  it("imports Kisi from the first version if the second one shows none", async () => {
    const project = await openProject({ behaviours: { kisiVersions: "separate" } });
    const { apiSecretKey } = acme.kisi;
    project.console.removeKisi();
    project.console.setKisiV1({ apiSecretKey, v1: { placeId: 41001, flags: { saveClips: true } } });
    await project.import({ apply: true, only: ["KisiIntegration"] });
    const { stack, program } = project.imported();
    const inputs = { apiVersion: "V1", apiSecretKey, placeId: 41001, saveClips: true, placeToSettingsMap: {} };
    assert.deepEqual(program.kisi?.inputs, inputs);
    assert.deepEqual(await stack.preview(program), { kisi: "same" });
  });

  it("reports a key that neither a read nor the stack config has", async () => {
    const project = await openProject({ behaviours: { vendorKeyReads: "absent" } });
    const { out } = await project.import({ apply: true, only: ["GeneaIntegration"] });
    assert.match(
      out,
      /No read shows apiToken of the organization's Genea .* pulumi config set --secret geneaApiToken\n/,
    );
    assert.equal(project.given?.resources[0]?.inputs?.apiToken, undefined);
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

  it("gives the CLI a file that only its owner may read, and removes it, also after a failure", async () => {
    const importFails = `error: resource already exists, token ${livedInSeed.warehouseOnGuard.rhombusToken}`;
    const project = await openProject({ importFails });
    await assert.rejects(project.import({ apply: true, stack: "prod" }), (error: Error) => {
      assertNothingSecret(error.message);
      return /resource already exists[\s\S]*failed to import/.test(error.message);
    });
    assert.equal(project.givenAt?.mode, 0o600);
    assert.ok(!existsSync(path.dirname(project.givenAt.path)));
    const words = ["--yes", "--skip-preview", "--generate-code=false", "--protect=true", "--stack", "prod"];
    assert.deepEqual(project.commands.at(-1)?.slice(3), words);
  });

  it("protects what it imports, unless --no-protect is given", async () => {
    const project = await openProject();
    assert.match((await project.import({ apply: true })).out, /Imported 10 objects as protected: .* until you set/);
    const unprotected = await project.import({ apply: true, protect: false });
    assert.match(unprotected.out, /\nImported 10 objects\.\n/);
    const imports = project.commands.filter(([command]) => command === "import");
    assert.deepEqual(
      imports.map((words) => words.filter((word) => word.startsWith("--protect"))),
      [["--protect=true"], ["--protect=false"]],
    );
  });

  it("refuses a CLI that is too old", async () => {
    const project = await openProject({ version: "3.253.9" });
    const message = /Install Pulumi 3\.254\.0 or newer: Pulumi v3\.253\.9 cannot import/;
    await assert.rejects(project.import({ apply: true }), message);
    assert.deepEqual(project.emulator.requests(), []);
  });
});

describe("the files of pulumi-rhombus import", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "rhombus-import-"));
    file = path.join(folder, "import.json");
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await closeProjects();
  });

  it("are readable only by their owner and mark every secret, if they contain secrets", async () => {
    const project = await openProject();
    const { out, err } = await project.import({ out: file });
    const written = readFileSync(file, "utf8");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(givenIn(written).resources.length, 10);
    assertNothingSecret(written.replace(/"plaintext": "(?:[^"\\]|\\.)*"/g, ""));
    assert.match(out, /It contains secrets in plain text, and only you may read it/);
    assert.match(
      out,
      /pulumi import --file .*import\.json --generate-code=false --protect=true\nIt protects .* without `protect: true` is deployed\.\n/,
    );
    assertNothingSecret(out + err);
  });

  it("name the command that does not protect, with --no-protect", async () => {
    const { out } = await (await openProject()).import({ out: file, protect: false });
    assert.match(out, /pulumi import --file .*import\.json --generate-code=false --protect=false\n\nNo read/);
  });

  const outputs: readonly (readonly [
    name: string,
    options: (path: string) => Partial<ImportOptions>,
    dryRun: RegExp,
  ])[] = [
    ["--out", (out) => ({ out }), /Would write .*import\.json for 10 objects/],
    ["--program", (program) => ({ program }), /Would write .*import\.json, .* declares 10 objects/],
    ["--apply", () => ({ apply: true }), /Would import 10 objects/],
  ];
  for (const [name, options, dryRun] of outputs) {
    it(`are not written in a dry run of ${name}`, async () => {
      const project = await openProject();
      assert.match((await project.import({ ...options(file), dryRun: true })).out, dryRun);
      assert.deepEqual([existsSync(file), project.given], [false, undefined]);
    });
  }
  for (const [name, options] of outputs.slice(0, 2)) {
    it(`of ${name} are the same for the same organization, and replace no other`, async () => {
      const project = await openProject();
      const other = path.join(folder, "other");
      await project.import(options(file));
      await project.import(options(other));
      assert.equal(readFileSync(file, "utf8"), readFileSync(other, "utf8"));
      await assert.rejects(project.import(options(file)), /import\.json already exists\. Choose another name/);
      assert.deepEqual(project.writes(), []);
    });
  }
});
