import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, livedInSeed } from "../../../provider/emulator";
import { ask, at, closeAll, keysAt, start } from "./caller";

const { acme, bluebird, cedar } = campusSeed;
const { rhombusToken, presharedSecret } = livedInSeed.headquartersOnGuard;
const lobby = { doorName: "Lobby", assignedCameraList: [acme.cameras.lobby.uuid] };

async function livedInConsole() {
  const emulator = await start({ seed: "livedIn" });
  return { emulator, console: emulator.console(acme.orgUuid) };
}

describe("emulator: console", () => {
  afterEach(closeAll);

  it("shows all fields of an OnGuard deployment, and adds nothing to the log", async () => {
    const { emulator, console } = await livedInConsole();
    const webhookUrl = `${emulator.url}/webhooks/onguard/${rhombusToken}`;
    const expected = { rhombusToken, presharedSecret, webhookUrl, displayName: "Headquarters OnGuard" };
    sinon.assert.match(console.onGuard()[0], { ...expected, flags: { saveClips: true } });
    assert.deepEqual(emulator.requests(), []);
  });

  it("changes doors, flags and the display name of OnGuard, and reads show them", async () => {
    const { emulator, console } = await livedInConsole();
    console.setOnGuardDoor(rhombusToken, "9:9", lobby);
    console.setOnGuardDoor(rhombusToken, "1:4", undefined);
    console.setOnGuardFlags(rhombusToken, { saveClips: false });
    console.setOnGuardDisplayName(rhombusToken, "Renamed");
    const row = at(await ask(emulator, "getHoneywellOnGuardIntegration"), "orgIntegrationV2");
    const shown = at(row, "deploymentToSettingsMap", rhombusToken);
    sinon.assert.match(shown, { saveClips: false, createSeekPoints: true, displayName: "Renamed" });
    assert.deepEqual(keysAt(shown, "doorInfoMap"), ["1:7", "9:9"]);
  });

  it("adds and removes OnGuard deployments", async () => {
    const { emulator, console } = await livedInConsole();
    const added = console.addOnGuard({ displayName: "Third", doorInfoMap: { "1:1": lobby } });
    assert.deepEqual(console.onGuard()[2], added);
    console.removeOnGuard(added.rhombusToken);
    assert.equal(console.onGuard().length, 2);
    console.removeOnGuard();
    assert.equal(at(await ask(emulator, "getHoneywellOnGuardIntegration"), "orgIntegrationV2"), null);
  });

  it("creates, changes and removes the Genea integration", async () => {
    const console = (await start()).console(acme.orgUuid);
    assert.throws(() => console.setGenea({ flags: { saveClips: true } }), /apiToken/);
    console.setGenea({ apiToken: acme.genea.apiToken, doorInfoMap: { a: lobby } });
    console.setGenea({ flags: { saveClips: true } });
    console.setGeneaDoor("b", lobby);
    console.setGeneaDoor("a", undefined);
    sinon.assert.match(console.genea(), { flags: { saveClips: true, enabled: true }, doorInfoMap: { b: lobby } });
    console.removeGenea();
    assert.equal(console.genea(), undefined);
  });

  it("creates, changes and removes the Kisi integration", async () => {
    const console = (await start()).console(acme.orgUuid);
    assert.throws(() => console.setKisi({ enabled: true }), /apiSecretKey/);
    console.setKisi({ apiSecretKey: acme.kisi.apiSecretKey, defaultOptions: { saveClips: true } });
    console.setKisiPlace("41001", { placeName: "HQ", doorInfoMap: {} });
    console.setKisiPlace("41002", { placeName: "Lab", doorInfoMap: {} });
    console.setKisiDoor("41001", "51001", lobby);
    console.setKisiPlace("41002", undefined);
    const place = { placeId: 41001, placeName: "HQ", doorInfoMap: { "51001": lobby } };
    sinon.assert.match(console.kisi(), { enabled: true, placeToSettingsMap: { "41001": place } });
    assert.deepEqual(Object.keys(console.kisi()?.placeToSettingsMap ?? {}), ["41001"]);
    console.removeKisi();
    assert.equal(console.kisi(), undefined);
  });

  it("creates and changes the integration in the V1 store only", async () => {
    const emulator = await start({ behaviours: { kisiVersions: "separate", kisiV1AfterV2: "refused" } });
    const console = emulator.console(acme.orgUuid);
    const kisiSettings = { apiSecretKey: acme.kisi.apiSecretKey, placeId: 41001 };
    await ask(emulator, "updateKisiIntegration", { kisiSettings });
    assert.deepEqual(emulator.remains(), ["Acme Robotics: Kisi integration of V1"]);
    console.setKisiV1({ enabled: false, placeToSettingsMap: { "41001": { placeName: "HQ", doorInfoMap: {} } } });
    sinon.assert.match(console.kisiV1(), { enabled: false, v1: { placeId: 41001 } });
    assert.equal(console.kisi(), undefined);
    sinon.assert.match(await ask(emulator, "updateKisiIntegration", { kisiSettings }), { error: false });
  });

  it("adds, changes and removes groups", async () => {
    const console = (await start()).console(acme.orgUuid);
    const { ada, ben } = acme.users;
    const uuid = console.addGroup({ name: "Staff", userUuids: [ada.uuid] });
    console.setGroup(uuid, { name: "Crew", description: "All" });
    console.setGroupMembers(uuid, [ben.uuid]);
    const expected = { uuid, name: "Crew", description: "All", locationUuid: null, userUuids: [ben.uuid] };
    assert.deepEqual(console.groups(), [{ ...expected, type: "RHOMBUS_ACCESS_CONTROL" }]);
    console.removeGroup(uuid);
    assert.deepEqual(console.groups(), []);
  });

  it("throws for objects that do not exist", async () => {
    const { emulator, console } = await livedInConsole();
    assert.throws(() => console.setOnGuardFlags("nothing", {}), /has no such object/);
    assert.throws(() => console.setGroupMembers("nothing", []), /has no such object/);
    assert.throws(() => console.setKisiDoor("nothing", "1", undefined), /has no such object/);
    assert.throws(() => emulator.console("nothing"), /no organization nothing/);
  });
});

describe("emulator: what remains", () => {
  afterEach(closeAll);

  it("is listed in readable lines without secrets, for one organization or for all", async () => {
    const { emulator } = await livedInConsole();
    emulator.console(bluebird.orgUuid).addGroup({ name: "Nurses" });
    const lines = emulator.remains();
    assert.equal(lines.length, 11);
    assert.ok(lines.includes('Acme Robotics: OnGuard deployment "Headquarters OnGuard"'));
    assert.deepEqual(emulator.remains(bluebird.orgUuid), ['Bluebird Clinics: access control group "Nurses"']);
    const empty = [undefined, acme.orgUuid, cedar.orgUuid].map((orgUuid) => emulator.isEmpty(orgUuid));
    assert.deepEqual([empty, emulator.remains(cedar.orgUuid)], [[false, false, true], []]);
    assert.ok(!lines.join().includes(rhombusToken));
  });

  it("does not count the groups of guest management", async () => {
    const { emulator, console } = await livedInConsole();
    console.removeOnGuard();
    console.removeGenea();
    console.removeKisi();
    for (const { uuid, type } of console.groups()) if (type === "RHOMBUS_ACCESS_CONTROL") console.removeGroup(uuid);
    assert.equal(console.groups().length, 1);
    assert.equal(emulator.isEmpty(acme.orgUuid), true);
  });
});
