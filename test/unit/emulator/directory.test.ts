import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { asAcme, ask, asPartner, at, closeAll, listAt, start } from "./caller";

const { acme, bluebird, cedar } = campusSeed;

/** The value of a field in each element of a list in an answer. */
const each = (answer: unknown, slot: string, field: string) => listAt(answer, slot).map((one) => at(one, field));

// The tests of the lookups prove the other fields.
describe("emulator: directory", () => {
  afterEach(closeAll);

  it("shows the organization that a partner has selected, and the clients of the partner", async () => {
    const emulator = await start();
    const org = await ask(emulator, "getOrgV2", {}, { ...asPartner, "x-auth-org": cedar.orgUuid });
    assert.equal(at(org, "org", "name"), cedar.name);
    const clients = await ask(emulator, "getClientsV2", {}, asPartner);
    assert.deepEqual(each(clients, "clients", "clientOrgUuid"), [bluebird.orgUuid, cedar.orgUuid]);
  });

  it("lists users with their status, deleted and inactive ones included", async () => {
    const users = await ask(await start(), "getUsersInOrg");
    const uuids = each(users, "users", "uuid");
    assert.equal(uuids.length, Object.keys(acme.users).length);
    assert.equal(uuids[each(users, "users", "deleted").indexOf(true)], acme.users.deleted.uuid);
    assert.equal(uuids[each(users, "users", "status").indexOf("INACTIVE")], acme.users.inactive.uuid);
  });

  it("lists parts of locations and retired cameras on request only", async () => {
    const emulator = await start();
    const part = { subLocationsIncluded: true };
    assert.equal(at(await ask(emulator, "getLocations"), "locations", 0, "subLocations"), null);
    const [{ uuid }] = acme.locations.headquarters.subLocations;
    assert.equal(at(await ask(emulator, "getLocations", part), "locations", 0, "subLocations", 0, "uuid"), uuid);
    const count = async (body: object) =>
      listAt(await ask(emulator, "getMinimalCameraStateList", body), "cameraStates").length;
    const all = Object.keys(acme.cameras).length;
    assert.deepEqual([await count({}), await count({ includeMummified: true })], [all - 1, all]);
  });

  it("tells the rights of a key: all of them, or those of a role that may only read", async () => {
    const emulator = await start();
    const rightsOf = (key: string) =>
      ask(emulator, "getPermissionsForCurrentUser", {}, { ...asAcme, "x-auth-apikey": key });
    const [own, reader] = [await rightsOf(acme.apiKey), await rightsOf(acme.readOnlyApiKey)];
    assert.deepEqual([at(own, "superAdmin"), at(reader, "superAdmin")], [true, false]);
    assert.ok(listAt(own, "functionalityList").includes("INTEGRATION_ADMINISTRATION"));
    assert.ok(!listAt(reader, "functionalityList").some((right) => /_ADMINISTRATION$/.test(`${right}`)));
    const levels = [own, reader].map((rights) => at(rights, "deviceAccessMap", acme.cameras.lobby.uuid));
    assert.deepEqual(levels, ["ADMIN", "READONLY"]);
  });
});
