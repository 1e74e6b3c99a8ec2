import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed } from "../../../provider/emulator";
import { ask, at, closeAll, listAt, start } from "./caller";

const { acme, bluebird } = campusSeed;
const { genea, kisi, cameras } = acme;
const { headquarters, robotLab } = kisi.places;
const lobby = { doorName: "Lobby", assignedCameraList: [cameras.lobby.uuid] };
const spread = { doorName: "Spread", assignedCameraList: [cameras.lobby.uuid, cameras.labFloor.uuid] };
const text = sinon.match.string;

/** The integrations of which an organization has one, by the operations that write, read and delete them. */
const integrations = {
  Genea: {
    write: "updateGeneaIntegrationV2",
    read: "getGeneaIntegration",
    remove: "deleteGeneaIntegrationV2",
    slot: "orgIntegrationV2",
    body: (key: unknown, doorInfoMap = {}) => ({ geneaSettings: { apiToken: key, doorInfoMap } }),
    key: genea.apiToken,
  },
  "Kisi V2": {
    write: "updateKisiIntegrationV2",
    read: "getKisiIntegrationV2",
    remove: "deleteKisiIntegrationV2",
    slot: "orgIntegrationV2",
    body: (key: unknown, doorInfoMap = {}) => ({
      kisiSettings: { apiSecretKey: key, placeToSettingsMap: { [headquarters.id]: { doorInfoMap } } },
    }),
    key: kisi.apiSecretKey,
  },
  "Kisi V1": {
    write: "updateKisiIntegration",
    read: "getKisiIntegration",
    remove: "deleteKisiIntegration",
    slot: "kisiSettings",
    body: (key: unknown, doorInfoMap = {}) => ({ kisiSettings: { apiSecretKey: key, doorInfoMap } }),
    key: kisi.apiSecretKey,
  },
} as const;

for (const [name, { write, read, remove, slot, body, key }] of Object.entries(integrations)) {
  describe(`emulator: ${name}`, () => {
    afterEach(closeAll);

    it("returns none of its settings when it is configured", async () => {
      const envelope = { error: false, errorMsg: null, warningMsg: null, authError: false };
      assert.deepEqual(await ask(await start(), write, body(key)), {
        ...envelope,
        failedGuids: [],
        misconfiguredDoors: [],
      });
    });

    it("answers authError to a wrong, an omitted and a blank key, and writes nothing", async () => {
      const emulator = await start();
      for (const wrong of ["wrong", undefined, ""]) {
        const answer = await ask(emulator, write, body(wrong));
        sinon.assert.match(answer, { error: true, authError: true, errorMsg: sinon.match(/token|key/) });
      }
      assert.equal(emulator.isEmpty(), true);
    });

    it("changes no server field when it is written again", async () => {
      const emulator = await start();
      const owned = async () => {
        const row = JSON.stringify(at(await ask(emulator, read), slot));
        return row.match(/"(?:rhombusToken|refreshToken|webhook\w+|enabling\w+)":(?:"[^"]*"|\d+|null)/g);
      };
      await ask(emulator, write, body(key));
      const before = await owned();
      await ask(emulator, write, body(key));
      assert.deepEqual(await owned(), before);
    });

    it("names doors in several locations in the answer, with a warning, and in reads", async () => {
      const emulator = await start();
      const answer = await ask(emulator, write, body(key, { [headquarters.doors.lobby.id]: spread }));
      sinon.assert.match(answer, { misconfiguredDoors: ["Spread"], warningMsg: text, error: false });
      assert.match(JSON.stringify(await ask(emulator, read)), /"misconfiguredDoors":\["Spread"\]|\[51001\]/);
    });

    it("is deleted, and deleted again with success", async () => {
      const emulator = await start({ seed: "livedIn" });
      for (const _ of [1, 2]) assert.equal(at(await ask(emulator, remove), "error"), false);
      assert.equal(at(await ask(emulator, read), slot), null);
    });
  });
}

describe("emulator: reads of Genea and Kisi", () => {
  afterEach(closeAll);

  it("show the written settings of Genea, the defaults of the others, and the server fields", async () => {
    const emulator = await start();
    const settings = { apiToken: genea.apiToken, saveClips: true, doorInfoMap: { [genea.doors.lobby.id]: lobby } };
    await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { ...settings, webhookUuid: "mine" } });
    const row = at(await ask(emulator, "getGeneaIntegration"), "orgIntegrationV2");
    const added = { integration: "GENEA", orgUuid: acme.orgUuid, userUuid: acme.users.ada.uuid };
    const secrets = {
      rhombusToken: sinon.match(/^[\w-]{21}[AQgw]$/),
      refreshToken: text,
      webhookSignatureSecret: text,
    };
    sinon.assert.match(row, { apiToken: genea.apiToken, saveClips: true, enabled: true, indexFaces: false, ...added });
    sinon.assert.match(row, { tokenValid: true, doorsValidated: true, webhookUuid: "mine", ...secrets });
    sinon.assert.match(at(row, "doorInfoMap", genea.doors.lobby.id), { ...lobby, clipDuration: null });
  });

  it("show doorsValidated false for doors that Genea does not have", async () => {
    const emulator = await start();
    const geneaSettings = { apiToken: genea.apiToken, doorInfoMap: { nowhere: lobby } };
    assert.deepEqual(at(await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings }), "failedGuids"), []);
    assert.equal(at(await ask(emulator, "getGeneaIntegration"), "orgIntegrationV2", "doorsValidated"), false);
  });

  it("show the places of Kisi with settings, the name at Kisi, and a token and a webhook each", async () => {
    const emulator = await start();
    const doorInfoMap = { [headquarters.doors.lobby.id]: lobby };
    const placeToSettingsMap = { [headquarters.id]: { saveClips: true, doorInfoMap }, [robotLab.id]: {} };
    await ask(emulator, "updateKisiIntegrationV2", {
      kisiSettings: { apiSecretKey: kisi.apiSecretKey, placeToSettingsMap },
    });
    const row = at(await ask(emulator, "getKisiIntegrationV2"), "orgIntegrationV2");
    sinon.assert.match(row, {
      apiSecretKey: kisi.apiSecretKey,
      enabled: true,
      integration: "KISI",
      doorsValidated: true,
    });
    const place = at(row, "placeToSettingsMap", headquarters.id);
    const added = { rhombusToken: text, webhookId: sinon.match.number, misconfiguredDoors: [] };
    sinon.assert.match(place, { placeId: headquarters.id, placeName: headquarters.name, saveClips: true, ...added });
    sinon.assert.match(at(place, "doorInfoMap", headquarters.doors.lobby.id), { ...lobby, clipDuration: null });
    assert.notEqual(at(row, "placeToSettingsMap", robotLab.id, "webhookId"), at(place, "webhookId"));
  });

  it("show a V1 write with the server fields, the cameras and the enabling user", async () => {
    const emulator = await start();
    const doorToCameraMap = { [headquarters.doors.serverRoom.id]: [cameras.serverRoom.uuid, null] };
    const sent = { apiSecretKey: kisi.apiSecretKey, saveClips: true, placeId: headquarters.id, doorToCameraMap };
    await ask(emulator, "updateKisiIntegration", { kisiSettings: sent });
    const answer = await ask(emulator, "getKisiIntegration");
    sinon.assert.match(answer, { error: false, authError: false, failedGuids: [], misconfiguredDoors: [] });
    const by = {
      enablingUser: "Ada Okafor",
      enablingUserUuid: acme.users.ada.uuid,
      enabledTimestampMs: sinon.match.number,
    };
    sinon.assert.match(at(answer, "kisiSettings"), {
      ...sent,
      ...by,
      doorToCameraMap: { [headquarters.doors.serverRoom.id]: [cameras.serverRoom.uuid] },
      rhombusToken: text,
      webhookId: sinon.match.number,
      migrated: false,
    });
  });
});

describe("emulator: accounts at Genea and Kisi", () => {
  afterEach(closeAll);

  it("list doors and places by a given key, for any caller", async () => {
    const emulator = await start();
    const panels = await ask(emulator, "getGeneaDoors", { apiToken: bluebird.genea.apiToken });
    assert.deepEqual(listAt(panels, "panelList"), Object.values(bluebird.genea.doors));
    const { apiSecretKey } = kisi;
    const places = listAt(await ask(emulator, "getKisiPlaces", { apiSecretKey }), "places");
    sinon.assert.match(places[0], { id: headquarters.id, name: headquarters.name, saveClips: false });
    const doors = await ask(emulator, "getKisiDoors", { apiSecretKey });
    assert.deepEqual(at(doors, "placeToDoorMap", robotLab.id), Object.values(robotLab.doors));
  });

  it("list doors and places by the stored key when none is given", async () => {
    const emulator = await start({ seed: "livedIn" });
    const panels = await ask(emulator, "getGeneaDoors");
    sinon.assert.match(panels, { error: false, authError: false, panelList: Object.values(genea.doors) });
    assert.equal(listAt(await ask(emulator, "getKisiPlaces"), "places").length, Object.keys(kisi.places).length);
    assert.deepEqual(Object.keys(Object(at(await ask(emulator, "getKisiDoors"), "placeToDoorMap"))), [
      "41001",
      "41002",
    ]);
  });

  it("list nothing for a wrong key, or for none where nothing is configured", async () => {
    const emulator = await start();
    const failure = { error: true, authError: true };
    for (const key of [undefined, "wrong"]) {
      sinon.assert.match(await ask(emulator, "getGeneaDoors", { apiToken: key }), { ...failure, panelList: null });
      sinon.assert.match(await ask(emulator, "getKisiPlaces", { apiSecretKey: key }), { ...failure, places: null });
      sinon.assert.match(await ask(emulator, "getKisiDoors", { apiSecretKey: key }), {
        ...failure,
        placeToDoorMap: null,
      });
    }
  });
});
