import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import type { ImportOptions } from "../../../../provider/cli/import/importOptions";
import { campus, campusSeed, type EmulatorOptions, type Fault, livedIn } from "../../../../provider/emulator";
import { ROOT, textOf } from "../../../rules/sources";
import { build } from "../commandSetup";
import { inStack, providerInStack, providerUrn } from "../scriptedCli";
import { closeProjects, openProject, type ProjectOptions } from "./testProject";

const { acme } = campusSeed;

/** The program for a project. */
async function programFor(options: ProjectOptions = {}, flags: Partial<ImportOptions> = {}): Promise<string> {
  const project = await openProject(options);
  const { code, out } = await project.import({ program: "-", ...flags });
  assert.equal(code, 0);
  return out;
}

/** An organization with long texts, texts with a meaning in a program, two users and two cameras of one name. */
function unusual(): EmulatorOptions {
  const seed = livedIn();
  const long = "words and ".repeat(12).trim();
  const assignedCameraList = [acme.cameras.lobby.uuid, acme.cameras.formerGate.uuid, acme.cameras.dockNorth.uuid];
  const doorInfoMap = { gate: { doorName: `東京 "gate" 'A' $\u007bx}`, assignedCameraList }, long: { doorName: long } };
  const organizations = seed.organizations.map((each) => {
    if (each.uuid !== acme.orgUuid) return each;
    const users = each.users.map((user) =>
      user.uuid === acme.users.ben.uuid ? { ...user, firstName: "Ada", lastName: "Okafor" } : user,
    );
    const cameras = each.cameras.map((camera) => (/Dock/.test(camera.name) ? { ...camera, name: "Dock" } : camera));
    const userUuids = Object.values(acme.users).map(({ uuid }) => uuid);
    const groups = each.groups?.map((group) => ({ ...group, description: long, userUuids })) ?? [];
    const genea = { ...each.genea, apiToken: acme.genea.apiToken, doorInfoMap };
    return { ...each, name: "x*/\u2028process.exit()//", users, cameras, groups, genea };
  });
  return { seed: { ...seed, organizations } };
}

/** The program for the organization of an explicit provider. */
async function programWithProvider(options: EmulatorOptions, name: string): Promise<string> {
  const { emulator } = await openProject(options);
  const project = await openProject({ resources: [providerInStack(providerUrn(name), emulator.url)] });
  return (await project.import({ program: "-", provider: name })).out;
}

/** An organization with a grant to a group, of which the name is a word of the language, in a schedule. */
function access(): EmulatorOptions {
  const { access: rhombusAccess, locations } = acme;
  const [groupUuid, scheduleUuid] = ["FQ0bA0SSTCK9Jz0CLVyNyg", "qS4d7CmfQa2wPFR3wWGJkw"];
  const seed = campus();
  const organizations = seed.organizations.map((each) => {
    if (each.uuid !== acme.orgUuid) return each;
    const grant = {
      uuid: "0r0WkWlGTkS5QSBlVvFZUQ",
      name: "Gates",
      locationUuid: locations.headquarters.uuid,
      scheduleUuid,
      accessControlledDoorUuids: [rhombusAccess.doors.northGate.uuid, rhombusAccess.doors.mainEntrance.uuid],
      groupUuids: [groupUuid],
    };
    const nights = {
      uuid: scheduleUuid,
      name: "Nights",
      intervalList: [{ minuteOfWeekStart: 1320, minuteOfWeekStop: 1800 }],
    };
    return {
      ...each,
      groups: [
        { uuid: groupUuid, name: "Class" },
        { uuid: "6kSjkOzVTJ2hV8KfYkLwnA", name: "Others" },
      ],
      schedules: [...(each.schedules ?? []), nights],
      accessGrants: [...(each.accessGrants ?? []), grant],
    };
  });
  return { seed: { ...seed, organizations } };
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

/** The errors of the compiler and the linter for the files of a folder. */
function errorsIn(folder: string, files: readonly string[]): string {
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(ROOT, path.join(folder, "node_modules", "pulumi-rhombus"));
  symlinkSync(path.join(ROOT, "node_modules", "@pulumi"), path.join(folder, "node_modules", "@pulumi"));
  const example = path.join(ROOT, "examples", "quickstart");
  const { config } = ts.readConfigFile(path.join(example, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, example);
  const program = ts.createProgram(
    files.map((file) => path.join(folder, file)),
    options,
  );
  const compiled = ts.getPreEmitDiagnostics(program).map(({ messageText }) => {
    return ts.flattenDiagnosticMessageText(messageText, "\n");
  });
  const biome = path.join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");
  const rules: object = JSON.parse(textOf("biome.json"));
  writeFileSync(path.join(folder, "biome.json"), JSON.stringify({ ...rules, vcs: { enabled: false } }));
  const args = [biome, "check", "--error-on-warnings", "--colors=off", ...files];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return [...compiled, status === 0 ? "" : stdout + stderr].join("\n");
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
    await build();
    const programs = {
      "seed.ts": await programFor(),
      "access.ts": await programFor(access()),
      "explicitAccess.ts": await programWithProvider(access(), "own"),
      "grants.ts": await programFor(access(), { only: ["AccessGrant"] }),
      "unusual.ts": await programFor(unusual()),
      "explicit.ts": await programWithProvider(unusual(), "*/ 1st"),
      "kisiV1.ts": await programOfKisiV1(),
      "unprotected.ts": await programFor({}, { protect: false }),
    };
    for (const [name, text] of Object.entries(programs)) writeFileSync(path.join(folder, name), text);
    assert.equal(errorsIn(folder, Object.keys(programs)), "");
  });

  it("contains no secret: vendor keys come from the stack config, and the commands that set them are shown", async () => {
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
    for (const part of [
      'const adaOkafor = rhombus.getUserOutput({ email: "ada.okafor@acme-robotics.example" });\n',
      'const adaOkaforUser = rhombus.getUserOutput({ email: "ben.castillo@',
      '\n      "Vr-0mlsQS-iMNfl88ROSmA", // Kira Sandoval, disabled\n',
      '\n      "j3vVZgtlTLGKuANORl3inA", // Leo Fontaine, deleted\n',
      "lobbyCamera.uuid,\n",
      '"XsBy0O9PQMOCZ8z4YhGqGg",\n',
      `"${acme.cameras.dockNorth.uuid}", // Dock, not the only one of that name\n`,
    ]) {
      assert.ok(text.includes(part), `${part} is not in\n${text}`);
    }
  });

  const unlistable: Readonly<Record<string, [Fault, RegExp]>> = {
    "a refusal": [{ kind: "status", status: 403 }, /This key may not list users/],
    "an answer of another form": [
      { kind: "status", status: 200, body: { users: "many" } },
      /The users could not be listed, so .* RUUID\. Look for a newer version .* getUsersInOrg failed: an unexpected answer: /,
    ],
    "an error text": [
      { kind: "errorEnvelope", errorMsg: "too many users" },
      /getUsersInOrg failed: Rhombus reported "too many users"\.\n/,
    ],
  };
  for (const [what, [fault, message]] of Object.entries(unlistable)) {
    it(`writes RUUIDs of users, with one note, if listing them brings ${what}`, async () => {
      const project = await openProject();
      project.emulator.fail({ operation: "getUsersInOrg", with: fault, times: 100 });
      const { code, out, err } = await project.import({ program: "-", only: ["AccessControlGroup"] });
      assert.equal(code, 0);
      assert.match(err, message);
      assert.equal(err.split("RUUID").length, 2);
      assert.match(out, /userUuids: \["[\w-]{22}", "[\w-]{22}"\],\n/);
      assert.match(out, /locationUuid: headquarters\.uuid/);
    });
  }

  it("declares nothing that the stack manages, and names the rest as the import file does", async () => {
    const project = await openProject({ resources: [inStack("AccessControlGroup", "engineering", "another")] });
    const { out } = await project.import({ program: "-", only: ["AccessControlGroup"] });
    await project.import({ apply: true, only: ["AccessControlGroup"] });
    const names = [...out.matchAll(/new rhombus\.\w+\(\s*"([^"]+)"/g)].map(([, name]) => name);
    assert.deepEqual(
      names,
      project.given?.resources.map(({ name }) => name),
    );
    assert.equal(names[1], "engineering-2");
  });

  it("declares what a grant must state: its schedule or that it always holds, and its sets, empty ones too", async () => {
    const project = await openProject({ seed: "campus" });
    const { access, locations, users } = campusSeed.acme;
    const grant = {
      locationUuid: locations.headquarters.uuid,
      accessControlledDoorUuids: [access.doors.northGate.uuid],
      userUuids: [users.ada.uuid],
    };
    project.console.addAccessGrant({ ...grant, name: "Gates", scheduleUuid: access.schedules.businessHours.uuid });
    project.console.addAccessGrant({ ...grant, name: "Emergency" });
    const { out } = await project.import({ program: "-" });
    const grants = out
      .split("new rhombus.AccessGrant")
      .slice(1)
      .map((each) => each.replace(/\s+/g, " "));
    const sets =
      "accessControlledDoorUuids: [northGate.uuid], accessControlledElevatorLandingUuids: [], doorLabelIds: [], " +
      "groupUuids: [], userUuids: [adaOkafor.uuid], }, { protect: true }, ); ";
    assert.deepEqual(grants, [
      `( "emergency", { name: "Emergency", locationUuid: headquarters.uuid, always: true, ${sets}`,
      `( "gates", { name: "Gates", locationUuid: headquarters.uuid, scheduleUuid: businessHours.uuid, ${sets}`,
    ]);
  });

  it("refers to groups and schedules that it declares, looks up others, and writes the RUUID of those that no look-up finds", async () => {
    const project = await openProject(access());
    const flat = async (flags: Partial<ImportOptions> = {}) => {
      const { code, out } = await project.import({ program: "-", ...flags });
      assert.equal(code, 0);
      return out.replace(/\s+/g, " ");
    };
    const doors = `[ northGate.uuid, "${acme.access.doors.mainEntrance.uuid}", // Main entrance, not the only one of that name ]`;
    const all = await flat();
    for (const part of [
      'const classGroup = new rhombus.AccessControlGroup( "class",',
      'const nights = new rhombus.Schedule( "nights",',
      'new rhombus.AccessControlGroup( "others",',
      `accessControlledDoorUuids: ${doors},`,
      "groupUuids: [classGroup.id],",
      "scheduleUuid: nights.id,",
    ])
      assert.ok(all.includes(part), `${part} is not in\n${all}`);
    assert.doesNotMatch(all, /const others|getScheduleOutput|getAccessControlGroupOutput/);
    assert.ok(all.indexOf("const nights") < all.indexOf("nights.id"));
    const grants = await flat({ only: ["AccessGrant"] });
    for (const part of [
      'const classGroup = rhombus.getAccessControlGroupOutput({ name: "Class" });',
      'const nights = rhombus.getScheduleOutput({ name: "Nights" });',
      "groupUuids: [classGroup.uuid],",
      "scheduleUuid: nights.uuid,",
    ])
      assert.ok(grants.includes(part), `${part} is not in\n${grants}`);
  });

  it("writes RUUIDs of doors, with one note, if the key may not list them", async () => {
    const project = await openProject(access());
    project.emulator.fail({
      operation: "findAccessControlledDoors",
      with: { kind: "status", status: 403 },
      times: 100,
    });
    const { out, err } = await project.import({ program: "-" });
    assert.match(err, /This key may not list doors, so the program refers to them by RUUID/);
    assert.equal(err.split("RUUID").length, 2);
    assert.match(out, /scheduleUuid: nights\.id/);
  });

  it("declares the times of a schedule in the order of the week, and none of Rhombus's own", async () => {
    const project = await openProject({ seed: "campus" });
    const intervalList = [
      { minuteOfWeekStart: 9960, minuteOfWeekStop: 360 },
      ...[4, 1, 0].map((day) => ({ minuteOfWeekStart: day * 1440 + 480, minuteOfWeekStop: day * 1440 + 1080 })),
    ];
    project.console.addSchedule({ name: "Shifts", intervalList });
    const { out } = await project.import({ program: "-" });
    const [, schedule = ""] = out.split("new rhombus.Schedule");
    assert.equal(
      schedule.replace(/\s+/g, " "),
      '( "shifts", { name: "Shifts", intervals: [ ' +
        '{ days: ["monday", "tuesday", "friday"], from: "08:00", to: "18:00" }, ' +
        '{ days: ["sunday"], from: "22:00", to: "06:00" }, ], }, { protect: true }, ); ',
    );
  });

  it("has no unused import", async () => {
    const project = await openProject();
    const { out } = await project.import({ program: "-", name: "Contractors" });
    assert.match(out, /^import \* as rhombus from "pulumi-rhombus";\n\n\/\/ Objects of Acme/);
    assert.doesNotMatch(out, /pulumi\.|config/);
  });

  it("is a function of an explicit provider, which looks up and declares with it", async () => {
    const text = await programWithProvider({ seed: "livedIn" }, "new");
    assert.match(text, /export function declareNew\(provider: rhombus\.Provider\): void \{\n {2}const headquarters/);
    assert.match(text, /getLocationOutput\(\{ name: "Headquarters" \}, \{ provider \}\);\n/);
    assert.match(text, /config\.requireSecret\("newGeneaApiToken"\)/);
    assert.match(text, /\n {4}\{ provider, protect: true \},\n {2}\);\n/);
  });

  it("protects each resource, and tells how to delete one, unless --no-protect is given", async () => {
    const project = await openProject();
    const { out } = await project.import({ program: "-" });
    assert.match(out, /\n\/\/ Pulumi refuses to delete .* First set `protect: false`, and run `pulumi up`\.\n/);
    assert.equal(out.split("new rhombus.").length, out.split("{ protect: true }").length);
    const unprotected = await project.import({ program: "-", protect: false });
    assert.doesNotMatch(unprotected.out, /protect/i);
  });

  it("is not written if there is nothing to declare", async () => {
    const project = await openProject({ seed: "campus" });
    assert.match(
      (await project.import({ program: "/nowhere/rhombus.ts" })).out,
      /There is nothing to declare; --all declares what/,
    );
  });
});
