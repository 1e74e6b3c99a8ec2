import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed } from "../../../provider/emulator";
import { ask, at, closeAll, listAt, start } from "./caller";

const { acme, bluebird } = campusSeed;
const { apiToken, rotatedApiToken, doors } = acme.genea;
const write = "updateGeneaIntegrationV2";
const lobby = { doorName: "Lobby", assignedCameraList: [acme.cameras.lobby.uuid] };
const secrets = {
  rhombusToken: sinon.match(/^[\w-]{21}[AQgw]$/),
  refreshToken: sinon.match.string,
  webhookSignatureSecret: sinon.match.string,
  webhookUuid: sinon.match.string,
};

describe("emulator: Genea", () => {
  afterEach(closeAll);

  it("configures an integration and returns none of its settings", async () => {
    const answer = await ask(await start(), write, { geneaSettings: { apiToken, saveClips: true } });
    const envelope = { error: false, errorMsg: null, warningMsg: null, authError: false };
    assert.deepEqual(answer, { ...envelope, failedGuids: [], misconfiguredDoors: [] });
  });

  it("reads the written settings, the defaults of the others, and the server fields", async () => {
    const emulator = await start();
    const settings = { apiToken, saveClips: true, doorInfoMap: { [doors.lobby.id]: lobby } };
    await ask(emulator, write, { geneaSettings: settings });
    const row = at(await ask(emulator, "getGeneaIntegration"), "orgIntegrationV2");
    const added = { integration: "GENEA", orgUuid: acme.orgUuid, userUuid: acme.users.ada.uuid, ...secrets };
    sinon.assert.match(row, { apiToken, saveClips: true, enabled: true, indexFaces: false, ...added });
    sinon.assert.match(row, { badgeFaceVerificationMode: "OFF", tokenValid: true, doorsValidated: true });
    sinon.assert.match(at(row, "doorInfoMap", doors.lobby.id), { ...lobby, clipDuration: null });
  });

  it("does not change server fields when settings are written again", async () => {
    const emulator = await start();
    await ask(emulator, write, { geneaSettings: { apiToken } });
    const { apiToken: _, flags: _flags, ...before } = emulator.console(acme.orgUuid).genea() ?? assert.fail();
    await ask(emulator, write, { geneaSettings: { apiToken: rotatedApiToken, indexFaces: true } });
    sinon.assert.match(emulator.console(acme.orgUuid).genea(), { ...before, apiToken: rotatedApiToken });
  });

  for (const [title, sent] of [
    ["an unknown", { apiToken: "wrong" }],
    ["no", {}],
    ["a blank", { apiToken: "" }],
  ] as const) {
    it(`answers authError to a write with ${title} API token, and writes nothing`, async () => {
      const emulator = await start();
      const answer = await ask(emulator, write, { geneaSettings: { ...sent, saveClips: true } });
      sinon.assert.match(answer, { error: true, authError: true, errorMsg: sinon.match(/token/) });
      assert.equal(emulator.isEmpty(), true);
    });
  }

  it("stores server fields that are sent", async () => {
    const emulator = await start();
    await ask(emulator, write, { geneaSettings: { apiToken, webhookUuid: "mine" } });
    assert.equal(emulator.console(acme.orgUuid).genea()?.webhookUuid, "mine");
  });

  it("stores doors that Genea does not have, and clears doorsValidated", async () => {
    const emulator = await start();
    const answer = await ask(emulator, write, { geneaSettings: { apiToken, doorInfoMap: { nowhere: lobby } } });
    assert.deepEqual(at(answer, "failedGuids"), []);
    assert.equal(at(await ask(emulator, "getGeneaIntegration"), "orgIntegrationV2", "doorsValidated"), false);
  });

  it("names doors in several locations, with a warning", async () => {
    const emulator = await start();
    const spread = { doorName: "Spread", assignedCameraList: [acme.cameras.lobby.uuid, acme.cameras.labFloor.uuid] };
    const answer = await ask(emulator, write, { geneaSettings: { apiToken, doorInfoMap: { a: spread } } });
    sinon.assert.match(answer, { misconfiguredDoors: ["Spread"], warningMsg: sinon.match.string, error: false });
    const row = at(await ask(emulator, "getGeneaIntegration"), "orgIntegrationV2");
    assert.deepEqual(at(row, "misconfiguredDoors"), ["Spread"]);
  });

  it("deletes the integration, and succeeds again", async () => {
    const emulator = await start({ seed: "livedIn" });
    for (const _ of [1, 2]) assert.equal(at(await ask(emulator, "deleteGeneaIntegrationV2"), "error"), false);
    assert.equal(at(await ask(emulator, "getGeneaIntegration"), "orgIntegrationV2"), null);
  });

  it("lists the doors of the account of a given token, for any caller", async () => {
    const answer = await ask(await start(), "getGeneaDoors", { apiToken: bluebird.genea.apiToken });
    assert.deepEqual(listAt(answer, "panelList"), Object.values(bluebird.genea.doors));
  });

  it("lists doors by the stored token when none is given", async () => {
    const emulator = await start({ seed: "livedIn" });
    const answer = await ask(emulator, "getGeneaDoors");
    assert.deepEqual(listAt(answer, "panelList"), Object.values(doors));
    sinon.assert.match(answer, { error: false, authError: false });
  });

  for (const body of [{}, { apiToken: "wrong" }]) {
    it(`lists no doors for ${JSON.stringify(body)} where nothing is configured`, async () => {
      const answer = await ask(await start(), "getGeneaDoors", body);
      sinon.assert.match(answer, { error: true, authError: true, panelList: null });
    });
  }
});
