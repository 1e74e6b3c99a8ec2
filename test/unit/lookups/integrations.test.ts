import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { campusSeed, livedInSeed } from "../../../provider/emulator";
import { onGuardId } from "../../../provider/resources/onGuardIntegration/definition";
import { endRuns, run } from "./run";

const { acme, bluebird, cedar, partner } = campusSeed;
const { lobby, dock } = acme.genea.doors;
const { headquarters, robotLab } = acme.kisi.places;

describe("looking up integrations, groups and organizations", () => {
  afterEach(endRuns);

  it("lists Genea's doors with a key before the integration is configured", async () => {
    await run();
    const { doors, ids } = await rhombus.getGeneaDoors({ apiToken: acme.genea.apiToken });
    assert.deepEqual(doors, Object.values(acme.genea.doors));
    assert.deepEqual(ids[0], lobby.id);
  });

  it("lists Genea's doors by name with the key stored in Rhombus", async () => {
    await run({ seed: "livedIn" });
    const { ids } = await rhombus.getGeneaDoors({ names: ["dock", lobby.name] });
    assert.deepEqual(ids, [dock.id, lobby.id]);
  });

  it("lists Kisi's places with the ids of placeToSettingsMap", async () => {
    await run();
    const { places } = await rhombus.getKisiPlaces({ apiSecretKey: acme.kisi.apiSecretKey });
    assert.deepEqual(places, [
      { id: "41001", name: headquarters.name },
      { id: "41002", name: robotLab.name },
    ]);
  });

  it("lists Kisi's doors with their places, and those of one place by name or number", async () => {
    await run({ seed: "livedIn" });
    const { doors } = await rhombus.getKisiDoors({ place: "acme robot lab" });
    const [placeId, placeName] = ["41002", robotLab.name];
    assert.deepEqual(doors, [
      { id: "51003", name: "Lab entrance", placeId, placeName },
      { id: "51004", name: "Lab store", placeId, placeName },
    ]);
    assert.deepEqual((await rhombus.getKisiDoors({ place: "41001" })).ids, ["51001", "51002"]);
    assert.deepEqual((await rhombus.getKisiDoors({ names: ["Lobby"] })).ids, ["51001"]);
    assert.equal((await rhombus.getKisiDoors()).ids.length, 4);
  });

  it("lists OnGuard deployments with the ids of their resources, without secrets", async () => {
    await run({ seed: "livedIn" });
    const { integrations, ids } = await rhombus.getOnGuardIntegrations();
    const { headquartersOnGuard, warehouseOnGuard } = livedInSeed;
    assert.deepEqual(ids, [onGuardId(headquartersOnGuard.rhombusToken), onGuardId(warehouseOnGuard.rhombusToken)]);
    const { dockNorth, dockSouth } = acme.cameras;
    assert.deepEqual(integrations[1], {
      id: ids[1],
      displayName: "Warehouse OnGuard",
      enabled: true,
      doorCount: 1,
      assignedCameraUuids: [dockNorth.uuid, dockSouth.uuid],
    });
    const secrets = [headquartersOnGuard, warehouseOnGuard].flatMap((each) => Object.values(each));
    assert.ok(!secrets.some((secret) => JSON.stringify(integrations).includes(secret)));
  });

  it("finds OnGuard deployments by name, and none if none was ever activated", async () => {
    await run({ seed: "livedIn" });
    const { ids } = await rhombus.getOnGuardIntegrations({ displayNames: ["warehouse onguard"] });
    assert.deepEqual(ids, [onGuardId(livedInSeed.warehouseOnGuard.rhombusToken)]);
    await run();
    assert.deepEqual((await rhombus.getOnGuardIntegrations()).integrations, []);
  });

  it("finds a group by name and ignores case", async () => {
    await run({ seed: "livedIn" });
    assert.deepEqual(await rhombus.getAccessControlGroup({ name: "facilities" }), {
      uuid: livedInSeed.groups.facilities,
      name: "Facilities",
      locationUuid: acme.locations.headquarters.uuid,
    });
  });

  it("lists only groups of access control", async () => {
    await run({ seed: "livedIn" });
    const { groups, uuids } = await rhombus.getAccessControlGroups();
    assert.equal(groups.length, 6);
    assert.ok(!uuids.includes(livedInSeed.groups.guestHosts));
    const some = await rhombus.getAccessControlGroups({ names: ["Warehouse", "Everyone"] });
    assert.deepEqual(some.uuids, [livedInSeed.groups.warehouse, livedInSeed.groups.everyone]);
  });

  it("returns the organization of the key", async () => {
    await run();
    assert.deepEqual(await rhombus.getOrganization(), { uuid: acme.orgUuid, name: acme.name });
  });

  it("lists all organizations of a partner, whichever one the settings name", async () => {
    await run({ config: { apiKey: partner.apiKey, partner: "true", orgUuid: cedar.orgUuid } });
    const { organizations } = await rhombus.getClientOrganizations();
    assert.deepEqual(organizations, [
      { uuid: bluebird.orgUuid, name: bluebird.name, accessAllowed: true },
      { uuid: cedar.orgUuid, name: cedar.name, accessAllowed: true },
    ]);
    assert.deepEqual((await rhombus.getClientOrganizations({ names: [cedar.name] })).uuids, [cedar.orgUuid]);
    assert.equal((await rhombus.getOrganization()).name, cedar.name);
  });
});
