import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { campusSeed, type EmulatorOptions, type Fault, livedIn } from "../../../../provider/emulator";
import { prepare } from "../../../../tools/setup.mjs";
import { biomeObjections, compilerObjections } from "./compiling";
import { closeProjects, isWrite, openProject, type ProjectOptions } from "./importing";

const { acme } = campusSeed;

/** The program for a project. */
async function programFor(options: ProjectOptions = {}): Promise<string> {
  const project = await openProject(options);
  const { code, out } = await project.import({ program: "-" });
  assert.equal(code, 0);
  return out;
}

/** An organization with a door name that is long, a description that is long, and two users of one name. */
function unusual(): EmulatorOptions {
  const seed = livedIn();
  const long = "words and ".repeat(12).trim();
  const assignedCameraList = [acme.cameras.lobby.uuid, acme.cameras.formerGate.uuid];
  const doorInfoMap = { gate: { doorName: `東京 "gate" 'A' $\u007bx}`, assignedCameraList }, long: { doorName: long } };
  const organizations = seed.organizations.map((each) => {
    if (each.uuid !== acme.orgUuid) return each;
    const users = each.users.map((user) =>
      user.uuid === acme.users.ben.uuid ? { ...user, firstName: "Ada", lastName: "Okafor" } : user,
    );
    const userUuids = Object.values(acme.users).map(({ uuid }) => uuid);
    const groups = each.groups?.map((group) => ({ ...group, description: long, userUuids })) ?? [];
    return { ...each, users, groups, genea: { ...each.genea, apiToken: acme.genea.apiToken, doorInfoMap } };
  });
  return { seed: { ...seed, organizations } };
}

/** An explicit provider as the state has it. */
const provider = (inputs: object) => ({
  urn: "urn:pulumi:dev::door::pulumi:providers:pulumi-nodejs::new",
  type: "pulumi:providers:pulumi-nodejs",
  inputs: { "rhombus:apiKey": acme.apiKey, ...inputs },
});

/** The program for the organization of an explicit provider. */
async function programWithProvider(seed: EmulatorOptions): Promise<string> {
  const { url } = (await openProject(seed)).emulator;
  const project = await openProject({ resources: [provider({ "rhombus:endpoint": url })] });
  return (await project.import({ program: "-", provider: "new" })).out;
}

/** The program for an organization that has Kisi in the first version only. */
async function programOfKisiV1(): Promise<string> {
  const project = await openProject({ seed: "campus", behaviours: { kisiVersions: "separate" } });
  const { uuid } = acme.cameras.lobby;
  const v1 = { placeId: 41001, doorInfoMap: { "51001": { doorName: "Lobby" } }, doorToCameraMap: { "51001": [uuid] } };
  project.console.setKisiV1({ apiSecretKey: acme.kisi.apiSecretKey, v1 });
  const { out } = await project.import({ program: "-" });
  assert.match(out, /apiVersion: "V1",[\s\S]*doorToCameraMap: \{ "51001": \[lobbyCamera\.uuid\] \}/);
  return out;
}

describe("pulumi-rhombus import --program", function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "rhombus-import-"));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await closeProjects();
  });

  it("compiles under strict rules and passes the linter, with unusual names and texts", async () => {
    await prepare({ engine: false, log: () => {} });
    const programs = {
      "seed.ts": await programFor(),
      "unusual.ts": await programFor(unusual()),
      "explicit.ts": await programWithProvider(unusual()),
      "kisiV1.ts": await programOfKisiV1(),
    };
    assert.equal(biomeObjections(programs), "");
    assert.deepEqual(compilerObjections(programs), []);
  });

  it("holds no secret: vendor keys come from the stack config, and the commands that set them are shown", async () => {
    const project = await openProject();
    const file = path.join(folder, "rhombus.ts");
    const { out } = await project.import({ program: file, stack: "prod" });
    const text = readFileSync(file, "utf8");
    for (const secret of [acme.genea.apiToken, acme.kisi.apiSecretKey, "emulator-secret", "s7jTgD-8RJSv_S0zFpiucg"]) {
      assert.ok(!text.includes(secret), secret);
    }
    assert.match(text, /apiToken: config\.requireSecret\("geneaApiToken"\),\n/);
    assert.match(
      out,
      /\n {2}pulumi config set --secret geneaApiToken --stack prod\n {2}pulumi config set --secret kisiApi/,
    );
  });

  it("looks up objects with a unique name or e-mail, and writes the RUUID of others with a comment", async () => {
    const text = await programFor(unusual());
    assert.match(
      text,
      /const adaOkafor = rhombus\.getUserOutput\(\{ email: "ada\.okafor@acme-robotics\.example" \}\);\n/,
    );
    assert.match(text, /const adaOkaforUser = rhombus\.getUserOutput\(\{ email: "ben\.castillo@/);
    assert.match(text, /\n {4}"Vr-0mlsQS-iMNfl88ROSmA", \/\/ Kira Sandoval, disabled\n/);
    assert.match(text, /\n {4}"j3vVZgtlTLGKuANORl3inA", \/\/ Leo Fontaine, deleted\n/);
    assert.match(text, /assignedCameraList: \[lobbyCamera\.uuid, "XsBy0O9PQMOCZ8z4YhGqGg"\]/);
  });

  it("writes the RUUIDs of cameras that share a name", async () => {
    const seed = livedIn();
    const organizations = seed.organizations.map((each) => ({
      ...each,
      cameras: each.cameras.map((camera) => ({ ...camera, name: "Camera" })),
    }));
    const text = await programFor({ seed: { ...seed, organizations } });
    assert.doesNotMatch(text, /getCamera/);
    assert.match(text, /"Z04p4MkMTCKnu7wjgDrmyQ", \/\/ Camera, not the only one of that name\n/);
  });

  it("writes RUUIDs if the key may not list names", async () => {
    const project = await openProject();
    project.emulator.fail({ operation: "getUsersInOrg", with: { kind: "status", status: 403 }, times: 100 });
    const { out, err } = await project.import({ program: "-", only: ["AccessControlGroup"] });
    assert.match(err, /This key may not list users/);
    assert.match(out, /userUuids: \["[\w-]{22}", "[\w-]{22}"\],\n/);
    assert.match(out, /locationUuid: headquarters\.uuid/);
  });

  const unlistable: Readonly<Record<string, [Fault, RegExp]>> = {
    "an answer of another form": [
      { kind: "status", status: 200, body: { users: "many" } },
      /The users could not be listed, so .* RUUID\. getUsersInOrg failed: an unexpected answer: .* newer version/,
    ],
    "an error text": [
      { kind: "errorEnvelope", errorMsg: "too many users" },
      /getUsersInOrg failed: too many users\.\n/,
    ],
  };
  for (const [what, [fault, message]] of Object.entries(unlistable)) {
    it(`writes RUUIDs of users, with one note, if listing them brings ${what}`, async () => {
      const project = await openProject();
      project.emulator.fail({ operation: "getUsersInOrg", with: fault, times: 100 });
      const { code, out, err } = await project.import({ program: "-", only: ["AccessControlGroup"] });
      assert.equal(code, 0);
      assert.match(err, message);
      assert.equal(err.split("getUsersInOrg failed").length, 2);
      assert.match(out, /userUuids: \["[\w-]{22}", "[\w-]{22}"\],\n/);
      assert.match(out, /locationUuid: headquarters\.uuid/);
    });
  }

  it("declares nothing that the stack manages, and names the rest as the import file does", async () => {
    const type = "pulumi-nodejs:dynamic/rhombus:AccessControlGroup";
    const urn = `urn:pulumi:dev::door::${type}::engineering`;
    const project = await openProject({ resources: [{ type, urn, id: "another" }] });
    const { out } = await project.import({ program: "-", only: ["AccessControlGroup"] });
    await project.import({ apply: true, only: ["AccessControlGroup"] });
    const names = [...out.matchAll(/new rhombus\.\w+\("([^"]+)"/g)].map(([, name]) => name);
    assert.deepEqual(
      names,
      project.given?.resources.map(({ name }) => name),
    );
    assert.equal(names[1], "engineering-2");
  });

  it("has no unused import", async () => {
    const text = await programFor();
    assert.match(text, /^import \* as pulumi/);
    const project = await openProject();
    const { out } = await project.import({ program: "-", name: "Contractors" });
    assert.match(out, /^import \* as rhombus from "pulumi-rhombus";\n\n\/\/ Objects of Acme/);
    assert.doesNotMatch(out, /pulumi\.|config/);
  });

  it("is a function of an explicit provider, which looks up and declares with it", async () => {
    const text = await programWithProvider({ seed: "livedIn" });
    assert.match(text, /export function declareNew\(provider: rhombus\.Provider\): void \{\n {2}const headquarters/);
    assert.match(text, /getLocationOutput\(\{ name: "Headquarters" \}, \{ provider \}\);\n/);
    assert.match(text, /config\.requireSecret\("newGeneaApiToken"\)/);
    assert.match(text, /\n {4}\{ provider \},\n {2}\);\n/);
  });

  it("overwrites no file, and writes nothing in a dry run", async () => {
    const project = await openProject();
    const file = path.join(folder, "rhombus.ts");
    assert.match((await project.import({ program: file, dryRun: true })).out, /Would write .*declares 10 objects/);
    assert.ok(!existsSync(file));
    await project.import({ program: file });
    await assert.rejects(project.import({ program: file }), /rhombus\.ts already exists/);
    assert.deepEqual(project.calls().filter(isWrite), []);
  });

  it("is not written where there is nothing to declare", async () => {
    const project = await openProject({ seed: "campus" });
    const file = path.join(folder, "rhombus.ts");
    assert.match((await project.import({ program: file })).out, /There is nothing to declare/);
    assert.ok(!existsSync(file));
  });
});
