import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed } from "../../../provider/emulator";
import { ask, at, closeAll, keysAt, listAt, start } from "./caller";

const { acme } = campusSeed;
const { apiSecretKey, places } = acme.kisi;
const { headquarters, robotLab } = places;
const lobby = { doorName: "Lobby", assignedCameraList: [acme.cameras.lobby.uuid] };
const spread = { doorName: "Spread", assignedCameraList: [acme.cameras.lobby.uuid, acme.cameras.labFloor.uuid] };
const placeOf = (doorInfoMap: object, rest: object = {}) => ({ [headquarters.id]: { doorInfoMap, ...rest } });

describe("emulator: Kisi V2", () => {
  afterEach(closeAll);

  it("configures an integration and returns none of its settings", async () => {
    const answer = await ask(await start(), "updateKisiIntegrationV2", { kisiSettings: { apiSecretKey } });
    const envelope = { error: false, errorMsg: null, warningMsg: null, authError: false };
    assert.deepEqual(answer, { ...envelope, failedGuids: [], misconfiguredDoors: [] });
  });

  it("reads places with the written settings, their names at Kisi and their own token and webhook", async () => {
    const emulator = await start();
    const placeToSettingsMap = placeOf({ [headquarters.doors.lobby.id]: lobby }, { saveClips: true });
    await ask(emulator, "updateKisiIntegrationV2", { kisiSettings: { apiSecretKey, placeToSettingsMap } });
    const row = at(await ask(emulator, "getKisiIntegrationV2"), "orgIntegrationV2");
    sinon.assert.match(row, { apiSecretKey, enabled: true, integration: "KISI", doorsValidated: true });
    assert.equal(at(row, "defaultOptions", "defaultOptionsEnabled"), false);
    const place = at(row, "placeToSettingsMap", headquarters.id);
    const added = { rhombusToken: sinon.match.string, webhookId: sinon.match.number, misconfiguredDoors: [] };
    sinon.assert.match(place, { placeId: headquarters.id, placeName: headquarters.name, saveClips: true, ...added });
    sinon.assert.match(at(place, "doorInfoMap", headquarters.doors.lobby.id), { ...lobby, clipDuration: null });
  });

  it("does not change a place's token and webhook when it is written again", async () => {
    const emulator = await start({ seed: "livedIn" });
    const before = emulator.console(acme.orgUuid).kisi()?.placeToSettingsMap[headquarters.id];
    const kisiSettings = { apiSecretKey, placeToSettingsMap: placeOf({}) };
    await ask(emulator, "updateKisiIntegrationV2", { kisiSettings });
    const after = emulator.console(acme.orgUuid).kisi()?.placeToSettingsMap[headquarters.id];
    assert.deepEqual([after?.rhombusToken, after?.webhookId], [before?.rhombusToken, before?.webhookId]);
  });

  it("creates a webhook for each place", async () => {
    const places = Object.values(
      (await start({ seed: "livedIn" })).console(acme.orgUuid).kisi()?.placeToSettingsMap ?? {},
    );
    assert.equal(new Set(places.map(({ webhookId }) => webhookId)).size, 2);
  });

  it("names misconfigured doors in the answer and numbers them in the place", async () => {
    const emulator = await start();
    const placeToSettingsMap = placeOf({ [headquarters.doors.lobby.id]: spread, odd: spread });
    const answer = await ask(emulator, "updateKisiIntegrationV2", {
      kisiSettings: { apiSecretKey, placeToSettingsMap },
    });
    assert.deepEqual(at(answer, "misconfiguredDoors"), ["Spread", "Spread"]);
    const row = at(await ask(emulator, "getKisiIntegrationV2"), "orgIntegrationV2");
    const numbers = at(row, "placeToSettingsMap", headquarters.id, "misconfiguredDoors");
    assert.deepEqual(numbers, [headquarters.doors.lobby.id]);
  });

  for (const [title, sent] of [
    ["an unknown", { apiSecretKey: "wrong" }],
    ["no", {}],
  ] as const) {
    it(`answers authError to a write with ${title} key, and writes nothing`, async () => {
      const emulator = await start();
      const answer = await ask(emulator, "updateKisiIntegrationV2", { kisiSettings: sent });
      sinon.assert.match(answer, { error: true, authError: true, errorMsg: sinon.match(/key/) });
      assert.equal(emulator.isEmpty(), true);
    });
  }

  it("deletes the integration, and succeeds again", async () => {
    const emulator = await start({ seed: "livedIn" });
    for (const _ of [1, 2]) assert.equal(at(await ask(emulator, "deleteKisiIntegrationV2"), "error"), false);
    assert.equal(at(await ask(emulator, "getKisiIntegrationV2"), "orgIntegrationV2"), null);
  });

  it("lists places and their doors by a given key", async () => {
    const emulator = await start();
    const listed = listAt(await ask(emulator, "getKisiPlaces", { apiSecretKey }), "places");
    sinon.assert.match(listed[0], { id: headquarters.id, name: headquarters.name, saveClips: false });
    const doors = at(await ask(emulator, "getKisiDoors", { apiSecretKey }), "placeToDoorMap");
    assert.deepEqual(at(doors, robotLab.id), Object.values(robotLab.doors));
  });

  it("lists places and doors by the stored key when none is given", async () => {
    const emulator = await start({ seed: "livedIn" });
    assert.equal(listAt(await ask(emulator, "getKisiPlaces"), "places").length, 2);
    assert.equal(keysAt(await ask(emulator, "getKisiDoors"), "placeToDoorMap").length, 2);
  });

  it("lists nothing for a wrong key", async () => {
    const emulator = await start();
    const expected = { error: true, authError: true };
    const wrong = { apiSecretKey: "wrong" };
    sinon.assert.match(await ask(emulator, "getKisiPlaces", wrong), { ...expected, places: null });
    sinon.assert.match(await ask(emulator, "getKisiDoors"), { ...expected, placeToDoorMap: null });
  });
});

describe("emulator: Kisi V1", () => {
  afterEach(closeAll);

  const kisiSettings = {
    apiSecretKey,
    saveClips: true,
    placeId: headquarters.id,
    doorInfoMap: { [headquarters.doors.lobby.id]: lobby },
    doorToCameraMap: { [headquarters.doors.serverRoom.id]: [acme.cameras.serverRoom.uuid, null] },
  };

  it("reads a V1 write with the server fields and the enabling user", async () => {
    const emulator = await start();
    assert.equal(at(await ask(emulator, "updateKisiIntegration", { kisiSettings }), "error"), false);
    const answer = await ask(emulator, "getKisiIntegration");
    sinon.assert.match(answer, { error: false, authError: false, failedGuids: [], misconfiguredDoors: [] });
    const settings = at(answer, "kisiSettings");
    const added = { rhombusToken: sinon.match.string, webhookId: sinon.match.number, migrated: false };
    sinon.assert.match(settings, { apiSecretKey, saveClips: true, placeId: headquarters.id, enabled: true, ...added });
    const by = { enablingUser: "Ada Okafor", enablingUserUuid: acme.users.ada.uuid };
    sinon.assert.match(settings, { ...by, enabledTimestampMs: sinon.match.number });
    const cameras = { [headquarters.doors.serverRoom.id]: [acme.cameras.serverRoom.uuid] };
    assert.deepEqual(at(settings, "doorToCameraMap"), cameras);
  });

  it("does not change token, webhook and enabling user when V1 writes again", async () => {
    const emulator = await start();
    await ask(emulator, "updateKisiIntegration", { kisiSettings });
    const before = at(await ask(emulator, "getKisiIntegration"), "kisiSettings");
    await ask(emulator, "updateKisiIntegration", { kisiSettings });
    assert.deepEqual(at(await ask(emulator, "getKisiIntegration"), "kisiSettings"), before);
  });

  it("names misconfigured doors of V1 in writes and reads", async () => {
    const emulator = await start();
    const sent = { kisiSettings: { ...kisiSettings, doorInfoMap: { a: spread } } };
    assert.deepEqual(at(await ask(emulator, "updateKisiIntegration", sent), "misconfiguredDoors"), ["Spread"]);
    assert.deepEqual(at(await ask(emulator, "getKisiIntegration"), "misconfiguredDoors"), ["Spread"]);
  });

  it("answers authError to a wrong key", async () => {
    const sent = { kisiSettings: { ...kisiSettings, apiSecretKey: "wrong" } };
    sinon.assert.match(await ask(await start(), "updateKisiIntegration", sent), { error: true, authError: true });
  });

  it("reads null where nothing is configured", async () => {
    sinon.assert.match(await ask(await start(), "getKisiIntegration"), { error: false, kisiSettings: null });
  });
});
