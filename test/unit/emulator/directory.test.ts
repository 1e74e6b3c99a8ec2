import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed } from "../../../provider/emulator";
import { ask, asPartner, at, closeAll, keysAt, listAt, start } from "./caller";

const { acme, bluebird, cedar } = campusSeed;

describe("emulator: directory", () => {
  afterEach(closeAll);

  it("returns the organization of a key", async () => {
    const org = at(await ask(await start(), "getOrgV2"), "org");
    const { orgUuid: uuid, name } = acme;
    sinon.assert.match(org, { uuid, name, deleted: false, accountOwnerEmail: acme.users.ada.email });
  });

  it("returns the organization that a partner has selected", async () => {
    const headers = { ...asPartner, "x-auth-org": cedar.orgUuid };
    assert.equal(at(await ask(await start(), "getOrgV2", {}, headers), "org", "name"), cedar.name);
  });

  it("lists the clients of a partner", async () => {
    const clients = listAt(await ask(await start(), "getClientsV2", {}, asPartner), "clients");
    assert.deepEqual(
      clients.map((client) => at(client, "clientOrgUuid")),
      [bluebird.orgUuid, cedar.orgUuid],
    );
    sinon.assert.match(clients[0], { clientOrgName: bluebird.name, clientAccessAllowed: true });
  });

  it("lists locations, with their parts on request", async () => {
    const emulator = await start();
    const flat = listAt(await ask(emulator, "getLocations"), "locations");
    assert.deepEqual(
      flat.map((each) => at(each, "name")),
      ["Headquarters", "Robot lab", "Warehouse"],
    );
    assert.equal(at(flat, 0, "subLocations"), null);
    const deep = await ask(emulator, "getLocations", { subLocationsIncluded: true });
    const part = acme.locations.headquarters.subLocations[0];
    sinon.assert.match(at(deep, "locations", 0, "subLocations", 0), { uuid: part.uuid, name: part.name });
  });

  it("lists users, deleted and inactive ones included", async () => {
    const users = listAt(await ask(await start(), "getUsersInOrg"), "users");
    assert.equal(users.length, Object.keys(acme.users).length);
    sinon.assert.match(users[0], { uuid: acme.users.ada.uuid, name: "Ada Okafor", status: "JOINED", deleted: false });
    assert.deepEqual(
      users.filter((user) => at(user, "deleted")).map((user) => at(user, "uuid")),
      [acme.users.deleted.uuid],
    );
    assert.ok(users.some((user) => at(user, "status") === "INACTIVE"));
  });

  it("lists cameras, retired ones on request", async () => {
    const emulator = await start();
    const cameras = listAt(await ask(emulator, "getMinimalCameraStateList"), "cameraStates");
    assert.equal(cameras.length, Object.keys(acme.cameras).length - 1);
    const { uuid, locationUuid } = acme.cameras.lobby;
    sinon.assert.match(cameras[0], { uuid, name: "Lobby", locationUuid, connectionStatus: "GREEN", mummified: false });
    const all = await ask(emulator, "getMinimalCameraStateList", { includeMummified: true });
    assert.equal(listAt(all, "cameraStates").length, Object.keys(acme.cameras).length);
  });

  it("lists all integrations by their names, and only those that are configured", async () => {
    const all = await ask(await start({ seed: "livedIn" }), "getOrgIntegrationsV2");
    assert.deepEqual(keysAt(all, "orgIntegrationsV2"), ["GENEA", "HONEYWELL_ONGUARD", "KISI"]);
    assert.equal(at(all, "orgIntegrationsV2", "KISI", "integration"), "KISI");
    assert.deepEqual(keysAt(await ask(await start(), "getOrgIntegrationsV2"), "orgIntegrationsV2"), []);
  });
});
