import assert from "node:assert/strict";
import { exitCodeOf } from "../../../../provider/cli/audit/command";
import {
  campusSeed,
  type Emulator,
  livedInSeed,
  type OrganizationConsole,
  startEmulator,
} from "../../../../provider/emulator";
import { audited, findingLines } from "./audits";

const { acme, bluebird } = campusSeed;
const { cameras } = acme;
const dockOffline =
  'offlineCamera: OnGuard "Warehouse OnGuard": door "Dock" (2:1): "Dock south" (Jwihni1VT-OhZ9YEi_BEsw)';

describe("audit", () => {
  let emulator: Emulator;
  let console: OrganizationConsole;
  beforeEach(async () => {
    emulator = await startEmulator({ seed: "livedIn" });
    console = emulator.console(acme.orgUuid);
  });
  afterEach(() => emulator.close());

  /** What it finds besides what the seed has. */
  const found = async () => findingLines(await audited(emulator)).filter((line) => line !== dockOffline);
  const { rhombusToken } = livedInSeed.headquartersOnGuard;

  it("finds the one problem of the seed, without a write", async () => {
    const report = await audited(emulator);
    assert.deepEqual([findingLines(report), report.unread, report.objects], [[dockOffline], [], 10]);
    assert.deepEqual(report.organization, { uuid: acme.orgUuid, name: acme.name });
    assert.deepEqual(
      emulator.requests().filter(({ operation = "" }) => !/^(?:get|find)/.test(operation)),
      [],
    );
  });

  it("finds doors without a camera, of every integration", async () => {
    console.setOnGuardDoor(rhombusToken, "9:9", { doorName: "Yard" });
    console.setGeneaDoor("gd-acme-3001", { assignedCameraList: [] });
    console.setKisiDoor("41001", "51002", { doorName: "Server room" });
    assert.deepEqual(await found(), [
      'doorWithoutCamera: OnGuard "Headquarters OnGuard": door "Yard" (9:9)',
      "doorWithoutCamera: Genea: door gd-acme-3001",
      'doorWithoutCamera: Kisi: place "Acme headquarters", door "Server room" (51002)',
    ]);
  });

  it("finds cameras that do not exist, and those that are out of service", async () => {
    const assignedCameraList = [bluebirdCamera, cameras.formerGate.uuid, cameras.dockNorth.uuid];
    console.setOnGuardDoor(livedInSeed.warehouseOnGuard.rhombusToken, "2:1", { assignedCameraList });
    assert.deepEqual(await found(), [
      `missingCamera: OnGuard "Warehouse OnGuard": door 2:1: ${bluebirdCamera}`,
      `retiredCamera: OnGuard "Warehouse OnGuard": door 2:1: "Former gate" (${cameras.formerGate.uuid})`,
    ]);
  });

  it("finds disabled integrations", async () => {
    console.setOnGuardEnabled(false);
    console.setGenea({ flags: { enabled: false } });
    console.setKisi({ enabled: false });
    const off = ['OnGuard "Headquarters OnGuard"', 'OnGuard "Warehouse OnGuard"', "Genea", "Kisi"];
    assert.deepEqual(
      await found(),
      off.map((label) => `disabled: ${label}: it processes no badge events`),
    );
  });

  it("finds keys that Genea and Kisi refuse, with the vendor's message and without the key", async () => {
    console.setGenea({ apiToken: "canary-genea-token" });
    console.setKisi({ apiSecretKey: "canary-kisi-key" });
    const report = await audited(emulator);
    const lines = findingLines(report).filter((line) => line.startsWith("keyRefused"));
    assert.match(lines.join("\n"), /^keyRefused: Genea: Genea does not accept the API token\.\nkeyRefused: Kisi: /);
    assert.doesNotMatch(JSON.stringify(report), /canary/);
  });

  it("reports a failed check if Genea's doors are answered with an error text", async () => {
    const body = { panelList: [], message: "busy" };
    emulator.fail({ operation: "getGeneaDoors", with: { kind: "status", status: 200, body }, times: 9 });
    assert.match(JSON.stringify(await audited(emulator)), /getGeneaDoors failed: the answer may be incomplete/);
  });

  it("finds doors and places that Genea and Kisi do not list, with suggestions", async () => {
    const assignedCameraList = [cameras.lobby.uuid];
    console.setGeneaDoor("gd-acme-1OO1", { doorName: "Side", assignedCameraList });
    console.setKisiPlace("41010", { placeName: "Old", doorInfoMap: { "51001": { assignedCameraList } } });
    console.setKisiDoor("41001", "51009", { assignedCameraList });
    console.setKisiDoor("41001", "51003", { assignedCameraList });
    assert.deepEqual(await found(), [
      'unknownToGenea: Genea: door "gd-acme-1OO1" (did you mean "gd-acme-1001" or "gd-acme-1002" or "gd-acme-1003"?)',
      'unknownToKisi: Kisi: place "41010" (did you mean "41001" or "41002"?)',
      'unknownToKisi: Kisi: door "51003" of the place "41001" (did you mean the place "41002"?)',
      'unknownToKisi: Kisi: door "51009" of the place "41001" (did you mean "51001" or "51002"?)',
    ]);
    const ignored = ["unknownToGenea", "unknownToKisi"] as const;
    assert.deepEqual(findingLines(await audited(emulator, { ignored })), [dockOffline]);
  });

  it("ignores an empty list of a vendor", async () => {
    console.setGeneaDoor("gd-x", { assignedCameraList: [cameras.lobby.uuid] });
    console.setKisiDoor("41001", "51009", { assignedCameraList: [cameras.lobby.uuid] });
    const empty = { panelList: [], places: [], placeToDoorMap: {} };
    for (const operation of ["getGeneaDoors", "getKisiPlaces", "getKisiDoors"] as const) {
      emulator.fail({ operation, times: 1, with: { kind: "status", status: 200, body: empty } });
    }
    assert.deepEqual(await found(), []);
  });

  it("finds doors that Rhombus reports as misconfigured, by name", async () => {
    const apart = [cameras.lobby.uuid, cameras.dockNorth.uuid];
    console.setOnGuardDoor(rhombusToken, "1:4", { doorName: "Lobby", assignedCameraList: apart });
    console.setKisiDoor("41001", "51001", { doorName: "Lobby", assignedCameraList: apart });
    assert.deepEqual(await found(), [
      'misconfiguredDoor: OnGuard "Headquarters OnGuard": door "Lobby" (1:4) has cameras of several locations',
      'misconfiguredDoor: Kisi: place "Acme headquarters", door "Lobby" (51001) has cameras of several locations',
    ]);
  });

  it("shows (unnamed) for an object without a name", async () => {
    console.addOnGuard({ displayName: "", doorInfoMap: { "9:9": { doorName: "Yard" } } });
    assert.deepEqual(await found(), ['doorWithoutCamera: OnGuard (unnamed): door "Yard" (9:9)']);
  });

  it("finds deployments and groups that share a name in any spelling", async () => {
    console.addOnGuard({ displayName: " warehouse ONGUARD" });
    console.addGroup({ name: "EVERYONE" });
    console.addGroup({ name: "Café" });
    console.addGroup({ name: "CAFE\u0301" });
    const [deployments = "", groups = "", composed = "", ...others] = await found();
    assert.match(composed, /^sameName: group "Café": 2 of that name: /);
    assert.match(deployments, /^sameName: OnGuard "Warehouse OnGuard": 2 of that name: [\da-f-]{36}, [\da-f-]{36}$/);
    assert.match(groups, /^sameName: group "Everyone": 2 of that name: /);
    assert.deepEqual(others, []);
  });

  it("continues after a list that the key may not read, and reports it", async () => {
    const status = { kind: "status", status: 403 } as const;
    emulator.fail({ operation: "getMinimalCameraStateList", with: status });
    emulator.fail({ operation: "getKisiIntegrationV2", with: status });
    const report = await audited(emulator);
    assert.deepEqual(
      [findingLines(report), report.unread.map(({ what }) => what)],
      [[], ["cameras", "KisiIntegration"]],
    );
    assert.equal(exitCodeOf(report), 1);
  });

  it("does not report an unreachable vendor as a refused key", async () => {
    emulator.fail({ operation: "getGeneaDoors", with: { kind: "status", status: 502 } });
    const report = await audited(emulator);
    assert.deepEqual(
      [findingLines(report), report.unread.map(({ what }) => what)],
      [[dockOffline], ["the key of Genea"]],
    );
    assert.equal(exitCodeOf(report), 2);
  });
});

const bluebirdCamera = bluebird.cameras.pharmacy.uuid;
