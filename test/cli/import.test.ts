import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Behaviours, campusSeed, livedInSeed } from "../../provider/emulator";
import { type Declared, Stack } from "../resources/stack";
import { closeProjects, givenIn, openProject, type TestProject } from "./importing";

const { acme } = campusSeed;
const { groups } = livedInSeed;

/** What must be seen nowhere but in an import file. */
const secrets = [
  acme.apiKey,
  acme.genea.apiToken,
  acme.kisi.apiSecretKey,
  ...[livedInSeed.headquartersOnGuard, livedInSeed.warehouseOnGuard].flatMap((each) => Object.values(each)),
];

const isWrite = (operation: string) => /^(?:create|update|delete|add|remove)/.test(operation);

/** A resource as `pulumi stack export` lists it. */
const inStack = (type: string, name: string, id: string, more: object = {}) => ({
  urn: `urn:pulumi:dev::door::pulumi-nodejs:dynamic/rhombus:${type}::${name}`,
  type: `pulumi-nodejs:dynamic/rhombus:${type}`,
  id,
  outputs: { orgUuid: acme.orgUuid },
  ...more,
});

function assertNothingSecret(text: string): void {
  for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} came to light`);
}

describe("pulumi-rhombus import: the list", () => {
  afterEach(closeProjects);

  it("has everything that can be managed, with what it holds, and no group of guest hosts", async () => {
    const project = await openProject();
    const { code, out, err } = await project.import();
    assert.equal(code, 0);
    assert.match(out, /^Acme Robotics \(2uVVrIrfR22PS0zgP8gJHg\): 10 objects, 0 of them in the stack already\.\n/);
    assert.match(out, /OnGuardIntegration +Headquarters OnGuard +2 doors +-\n/);
    assert.match(out, /KisiIntegration +Kisi +2 places, 1 door +-\n/);
    assert.match(out, /AccessControlGroup +Everyone +11 members +-\n/);
    assert.doesNotMatch(out, /Guest hosts/);
    assertNothingSecret(out + err);
  });

  it("marks what the stack manages: not what it only reads, nor what belongs to another organization", async () => {
    const other = { outputs: { orgUuid: campusSeed.bluebird.orgUuid } };
    const project = await openProject({
      resources: [
        inStack("AccessControlGroup", "nights", groups.nightShift),
        inStack("AccessControlGroup", "everybody", groups.everyone, { external: true }),
        inStack("GeneaIntegration", "clinic", "genea", other),
      ],
    });
    const { out } = await project.import();
    assert.match(out, /10 objects, 1 of them in the stack/);
    assert.match(out, /Night shift +1 member +nights\n/);
    assert.match(out, /Genea +2 doors +-\n/);
  });

  it("is read without a single write, a listing for each kind and one call for the members of each group", async () => {
    const project = await openProject();
    await project.import();
    const calls = project.calls();
    assert.deepEqual(calls.filter(isWrite), []);
    assert.equal(calls.filter((each) => each === "findAccessControlGroupsByOrg").length, 1);
    assert.equal(calls.filter((each) => each === "findAllUsersForAccessControlGroup").length, 6);
    assert.equal(calls.length, 6 + 1 + 3 + 1);
  });

  it("has only the types and names that are asked for, and does not read the others", async () => {
    const project = await openProject();
    const { out } = await project.import({ only: ["AccessControlGroup"], name: "*SHIF?" });
    assert.match(out, /Night shift/);
    assert.doesNotMatch(out, /Engineering|Kisi/);
    assert.ok(!project.calls().includes("getKisiIntegrationV2"));
  });

  it("is JSON for machines, and nothing else goes to the standard output", async () => {
    const project = await openProject({ resources: [inStack("GeneaIntegration", "genea", "genea")] });
    const { out } = await project.import({ json: true, apply: true, dryRun: true });
    const { organization, objects } = JSON.parse(out);
    assert.deepEqual(organization, { uuid: acme.orgUuid, name: acme.name });
    assert.deepEqual(objects[2], {
      type: "GeneaIntegration",
      id: "genea",
      label: "Genea",
      name: "genea",
      managed: true,
    });
    assert.equal(objects.length, 10);
    assertNothingSecret(out);
  });

  it("says what no program can declare as it is, and ends with 2", async () => {
    const project = await openProject();
    project.console.addOnGuard({ rhombusToken: "AAAAAAAAAAAAAAAAAAAAAA", doorInfoMap: { "01:4": { doorName: "A" } } });
    const { code, out } = await project.import();
    assert.equal(code, 2);
    assert.match(out, /cannot be imported\n/);
    assert.match(out, /OnGuardIntegration "\(unnamed\)": displayName is required\.\n/);
    assert.match(out, /OnGuardIntegration "\(unnamed\)": doorInfoMap\["01:4"\]: write "1:4"/);
  });

  it("says so where the organization has nothing", async () => {
    const project = await openProject({ seed: "campus" });
    const { code, out } = await project.import();
    assert.deepEqual([code, out], [0, "Acme Robotics (2uVVrIrfR22PS0zgP8gJHg) has nothing of what was asked for.\n"]);
  });

  for (const notConfigured of ["absent", "default-object", "error-text"] as const) {
    for (const kisiVersions of ["separate", "v1-removed"] as const) {
      it(`has nothing where reads say so with ${notConfigured}, and Kisi is ${kisiVersions}`, async () => {
        const project = await openProject({ seed: "campus", behaviours: { notConfigured, kisiVersions } });
        assert.match((await project.import()).out, /has nothing of what was asked for/);
      });
    }
  }

  it("shows a name on one line, whatever characters it has", async () => {
    const project = await openProject({ seed: "campus" });
    project.console.addGroup({ name: "A\u001b[31m\n\u202eB" });
    const { out } = await project.import();
    assert.match(out, /AccessControlGroup +A \[31m B +0 members/);
  });

  it("refuses the organization that the key opens where the settings name another one", async () => {
    const project = await openProject({ config: { "rhombus:orgUuid": campusSeed.bluebird.orgUuid } });
    await assert.rejects(
      project.import(),
      /The settings name the organization lWrTLMVzRGGwhoCA6GIcvg, but the key opens/,
    );
    assert.deepEqual(project.calls(), ["getOrgV2"]);
  });

  it("tells of a key that Rhombus does not let in, without the key", async () => {
    const key = "wrongKey-wrongKey-0001";
    const project = await openProject({ config: { "rhombus:apiKey": key } });
    await assert.rejects(project.import(), (error: Error) => !error.message.includes(key) && /403/.test(error.message));
  });
});

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
    it(`leaves nothing to do, before a refresh and after it, when ${what}`, async () => {
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

  it("does nothing when everything is in the stack already", async () => {
    const project = await openProject({
      resources: [inStack("AccessControlGroup", "nights", groups.nightShift)],
    });
    const { code, out } = await project.import({ apply: true, name: "Night shift" });
    assert.equal(code, 0);
    assert.match(out, /There is nothing to import/);
    assert.equal(project.given, undefined);
  });

  it("imports what is new under names that no other resource of that type has", async () => {
    const project = await openProject({ resources: [inStack("AccessControlGroup", "engineering", "gone")] });
    await project.import({ apply: true, name: "Engineering" });
    assert.deepEqual(
      project.given?.resources.map(({ name, id }) => [name, id]),
      [["engineering-2", groups.engineering]],
    );
  });

  it("imports objects of one name under names of their own", async () => {
    const project = await openProject({ behaviours: { groupNames: "duplicates" } });
    const twin = project.console.addGroup({ name: "engineering", description: "The other one" });
    await project.import({ apply: true, name: "engineering" });
    const ids = [groups.engineering, twin].sort();
    assert.deepEqual(
      project.given?.resources.map(({ name, id }) => [name, id]),
      [
        ["engineering", ids[0]],
        ["engineering-2", ids[1]],
      ],
    );
    const { stack, program } = imported(project);
    assert.deepEqual(Object.values(await stack.preview(program)), ["same", "same"]);
  });

  it("goes on after an import that got half-way, under the same names", async () => {
    const project = await openProject({ behaviours: { groupNames: "duplicates" } });
    for (const description of ["one", "two", "three"]) project.console.addGroup({ name: "Twins", description });
    await project.import({ apply: true, name: "Twins" });
    const all = project.given?.resources.map(({ name, id }) => [name, id]) ?? [];
    const [, second] = all;
    project.has(inStack("AccessControlGroup", second?.[0] ?? "", second?.[1] ?? ""));
    await project.import({ apply: true, name: "Twins" });
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
    await assert.rejects(project.import({ apply: true }), /Pulumi v3\.253\.9 cannot import this.*3\.254\.0 or newer/);
    assert.deepEqual(project.calls(), []);
  });

  it("imports nothing in a dry run", async () => {
    const project = await openProject();
    assert.match((await project.import({ apply: true, dryRun: true })).out, /Would import 10 objects/);
    assert.equal(project.given, undefined);
  });
});

describe("pulumi-rhombus import --out", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "rhombus-import-"));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await closeProjects();
  });

  it("writes a file that only its owner may read, says that it holds secrets, and shows none of them", async () => {
    const project = await openProject();
    const out = path.join(folder, "import.json");
    const ended = await project.import({ out });
    assert.equal(statSync(out).mode & 0o777, 0o600);
    assert.match(ended.out, /It holds secrets in clear, and only you may read it/);
    assert.match(ended.out, /pulumi import --file .*import\.json --generate-code=false --protect=false\n/);
    assertNothingSecret(ended.out + ended.err);
    assert.equal(givenIn(readFileSync(out, "utf8")).resources.length, 10);
  });

  it("marks every secret in it, so that the engine encrypts it", async () => {
    const project = await openProject();
    const out = path.join(folder, "import.json");
    await project.import({ out });
    const unmarked = readFileSync(out, "utf8").replace(/"plaintext": "(?:[^"\\]|\\.)*"/g, "");
    assertNothingSecret(unmarked);
  });

  it("writes the same file twice, but never over another one", async () => {
    const project = await openProject();
    const [one, other] = ["one.json", "other.json"].map((name) => path.join(folder, name));
    assert.ok(one !== undefined && other !== undefined);
    await project.import({ out: one });
    await project.import({ out: other });
    assert.equal(readFileSync(one, "utf8"), readFileSync(other, "utf8"));
    await assert.rejects(project.import({ out: one }), /one\.json exists already\. Choose another name/);
  });

  it("writes nothing in a dry run", async () => {
    const project = await openProject();
    const out = path.join(folder, "import.json");
    assert.match((await project.import({ out, dryRun: true })).out, /Would write .* for 10 objects/);
    assert.ok(!existsSync(out));
  });
});
