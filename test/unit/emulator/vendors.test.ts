import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, isRuuid } from "../../../provider/emulator";
import { ask, at, closeAll, keysAt, listAt, start } from "./caller";

const { acme, bluebird } = campusSeed;
const { genea, kisi, cameras } = acme;
const { headquarters, robotLab } = kisi.places;
const { apiSecretKey } = kisi;
const lobby = { doorName: "Lobby", assignedCameraList: [cameras.lobby.uuid] };
const text = sinon.match.string;

const placesOf = (doorInfoMap: object) => ({ [headquarters.id]: { doorInfoMap } });

/** The writes of the integrations of which an organization has one, the reads, and the body with a key and doors. */
const integrations = [
  [
    "updateGeneaIntegrationV2",
    "getGeneaIntegration",
    genea.apiToken,
    (key: unknown, doorInfoMap: object) => ({ geneaSettings: { apiToken: key, doorInfoMap } }),
  ],
  [
    "updateKisiIntegrationV2",
    "getKisiIntegrationV2",
    apiSecretKey,
    (key: unknown, doors: object) => ({ kisiSettings: { apiSecretKey: key, placeToSettingsMap: placesOf(doors) } }),
  ],
  [
    "updateKisiIntegration",
    "getKisiIntegration",
    apiSecretKey,
    (key: unknown, doorInfoMap: object) => ({ kisiSettings: { apiSecretKey: key, doorInfoMap } }),
  ],
] as const;

describe("emulator: Genea and Kisi", () => {
  afterEach(closeAll);

  for (const [write, read, key, body] of integrations) {
    it(`${write} answers authError to a wrong, an omitted and a blank key, and writes nothing`, async () => {
      const emulator = await start();
      for (const wrong of ["wrong", undefined, ""]) {
        const answer = await ask(emulator, write, body(wrong, {}));
        sinon.assert.match(answer, { error: true, authError: true, errorMsg: sinon.match(/token|key/) });
      }
      assert.equal(emulator.isEmpty(), true);
    });

    it(`${write} returns no settings, and warns of doors in several locations, as ${read} does`, async () => {
      const emulator = await start();
      const answer = { error: false, errorMsg: null, authError: false, failedGuids: [] };
      const correct = await ask(emulator, write, body(key, {}));
      assert.deepEqual(correct, { ...answer, warningMsg: null, misconfiguredDoors: [] });
      const spread = { doorName: "Spread", assignedCameraList: [cameras.lobby.uuid, cameras.labFloor.uuid] };
      const warned = await ask(emulator, write, body(key, { [headquarters.doors.lobby.id]: spread }));
      sinon.assert.match(warned, { ...answer, warningMsg: text, misconfiguredDoors: ["Spread"] });
      assert.match(JSON.stringify(await ask(emulator, read)), /"misconfiguredDoors":\["Spread"\]|\[51001\]/);
    });
  }

  it("show the defaults and the server fields of Genea, and if the doors exist there", async () => {
    const emulator = await start();
    const written = { apiToken: genea.apiToken, webhookUuid: "mine", doorInfoMap: { [genea.doors.lobby.id]: lobby } };
    await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: written });
    const integration = at(await ask(emulator, "getGeneaIntegration"), "orgIntegrationV2");
    const added = { integration: "GENEA", orgUuid: acme.orgUuid, userUuid: acme.users.ada.uuid };
    const secrets = { rhombusToken: sinon.match(isRuuid), refreshToken: text, webhookSignatureSecret: text };
    sinon.assert.match(integration, { enabled: true, saveClips: false, webhookUuid: "mine", ...secrets, ...added });
    sinon.assert.match(integration, { tokenValid: true, doorsValidated: true });
    const geneaSettings = { apiToken: genea.apiToken, doorInfoMap: { nowhere: lobby } };
    await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings });
    assert.equal(at(await ask(emulator, "getGeneaIntegration"), "orgIntegrationV2", "doorsValidated"), false);
  });

  it("show the places of Kisi with the name at Kisi, and a token and a webhook each", async () => {
    const emulator = await start();
    const placeToSettingsMap = { [headquarters.id]: {}, [robotLab.id]: {} };
    await ask(emulator, "updateKisiIntegrationV2", { kisiSettings: { apiSecretKey, placeToSettingsMap } });
    const places = at(await ask(emulator, "getKisiIntegrationV2"), "orgIntegrationV2", "placeToSettingsMap");
    const place = at(places, headquarters.id);
    sinon.assert.match(place, { placeName: headquarters.name, rhombusToken: text, webhookId: sinon.match.number });
    assert.notEqual(at(places, robotLab.id, "webhookId"), at(place, "webhookId"));
  });

  it("show a V1 write with the server fields, the cameras and the enabling user", async () => {
    const emulator = await start();
    const door = headquarters.doors.serverRoom.id;
    const sent = { apiSecretKey, saveClips: true, placeId: headquarters.id };
    const doorToCameraMap = { [door]: [cameras.serverRoom.uuid, null] };
    await ask(emulator, "updateKisiIntegration", { kisiSettings: { ...sent, doorToCameraMap } });
    const by = {
      enablingUser: "Ada Okafor",
      enablingUserUuid: acme.users.ada.uuid,
      enabledTimestampMs: sinon.match.number,
    };
    const server = { rhombusToken: text, webhookId: sinon.match.number, migrated: false };
    const expected = { ...sent, ...by, ...server, doorToCameraMap: { [door]: [cameras.serverRoom.uuid] } };
    sinon.assert.match(at(await ask(emulator, "getKisiIntegration"), "kisiSettings"), expected);
  });

  it("list doors and places by a given key, for any caller", async () => {
    const emulator = await start();
    const panels = await ask(emulator, "getGeneaDoors", { apiToken: bluebird.genea.apiToken });
    assert.deepEqual(listAt(panels, "panelList"), Object.values(bluebird.genea.doors));
    const places = listAt(await ask(emulator, "getKisiPlaces", { apiSecretKey }), "places");
    sinon.assert.match(places[0], { id: headquarters.id, name: headquarters.name, saveClips: false });
    const doors = await ask(emulator, "getKisiDoors", { apiSecretKey });
    assert.deepEqual(at(doors, "placeToDoorMap", robotLab.id), Object.values(robotLab.doors));
  });

  const listings = [
    ["getGeneaDoors", "apiToken", "panelList", 6],
    ["getKisiPlaces", "apiSecretKey", "places", 2],
    ["getKisiDoors", "apiSecretKey", "placeToDoorMap", 2],
  ] as const;
  for (const [operation, key, slot, count] of listings) {
    it(`${operation} uses the stored key if none is given, and lists nothing for a wrong key or without any`, async () => {
      const listed = await ask(await start({ seed: "livedIn" }), operation);
      sinon.assert.match(listed, { error: false, authError: false });
      assert.equal(keysAt(listed, slot).length, count);
      const emulator = await start();
      for (const body of [{}, { [key]: "wrong" }]) {
        sinon.assert.match(await ask(emulator, operation, body), { error: true, authError: true, [slot]: null });
      }
    });
  }
});
