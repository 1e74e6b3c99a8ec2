import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { campusSeed, livedInSeed } from "../../../provider/emulator";
import { onGuardId } from "../../../provider/resources/onGuardIntegration/definition";
import { acmeWith, endRuns, run } from "./run";

const { acme, bluebird, cedar, partner } = campusSeed;
const { headquarters, robotLab, warehouse } = acme.locations;
const serverRoom = headquarters.subLocations[0];
const { deleted, inactive, ...active } = acme.users;
const { ada, grace } = active;
const { lobby, dockNorth, dockSouth } = acme.cameras;

describe("a look-up finds", () => {
  afterEach(endRuns);

  it("locations by name without regard to case, inside another, all in order, and some in the order of the names", async () => {
    await run({ preview: true });
    const { uuid, name, address1, tz } = headquarters;
    assert.deepEqual(await rhombus.getLocation({ name: " headQuarters" }), { uuid, name, path: name, address1, tz });
    const inner = await rhombus.getLocation({ name: "Server room", within: "Headquarters" });
    assert.deepEqual([inner.uuid, inner.parentUuid, inner.path], [serverRoom.uuid, uuid, "Headquarters / Server room"]);
    const { uuids } = await rhombus.getLocations();
    assert.deepEqual(uuids, [uuid, serverRoom.uuid, robotLab.uuid, warehouse.uuid]);
    assert.deepEqual((await rhombus.getLocations({ within: "Headquarters" })).uuids, [serverRoom.uuid]);
    const some = await rhombus.getLocations({ names: ["Warehouse", "Robot lab", "WAREHOUSE"] });
    assert.deepEqual(some.uuids, [warehouse.uuid, robotLab.uuid]);
  });

  it("users by e-mail or name, in the order of the arguments, and deleted and disabled ones on request only", async () => {
    await run();
    const expected = { uuid: ada.uuid, name: "Ada Okafor", email: ada.email, status: "JOINED", deleted: false };
    assert.deepEqual(await rhombus.getUser({ email: ada.email.toUpperCase() }), expected);
    assert.deepEqual(await rhombus.getUser({ name: "ada okafor" }), expected);
    assert.deepEqual((await rhombus.getUsers({ emails: [grace.email, ada.email] })).uuids, [grace.uuid, ada.uuid]);
    assert.deepEqual((await rhombus.getUsers({ names: ["Grace Lindqvist"] })).uuids, [grace.uuid]);
    assert.deepEqual((await rhombus.getUsers({ emails: [] })).uuids, []);
    const uuids = Object.values(active).map((each) => each.uuid);
    assert.deepEqual((await rhombus.getUsers()).uuids, uuids);
    const all = await rhombus.getUsers({ includeDeleted: true, includeDisabled: true });
    assert.deepEqual(all.uuids, [...uuids, inactive.uuid, deleted.uuid]);
    assert.equal((await rhombus.getUser({ email: deleted.email, includeDeleted: true })).deleted, true);
    assert.equal((await rhombus.getUser({ email: inactive.email, includeDisabled: true })).status, "INACTIVE");
  });

  it("cameras in service by name or serial number", async () => {
    await run();
    const { uuid, name, locationUuid, serialNumber } = lobby;
    const expected = { uuid, name, locationUuid, serialNumber };
    assert.deepEqual(await rhombus.getCamera({ name: "lobby" }), expected);
    assert.deepEqual(await rhombus.getCamera({ serialNumber: serialNumber.toLowerCase() }), expected);
    const { uuids } = await rhombus.getCameras();
    assert.deepEqual([uuids.length, uuids.includes(acme.cameras.formerGate.uuid)], [8, false]);
    assert.deepEqual((await rhombus.getCameras({ names: ["Dock north", "Lobby"] })).uuids, [dockNorth.uuid, uuid]);
    assert.deepEqual((await rhombus.getCameras({ serialNumbers: [serialNumber] })).uuids, [uuid]);
  });

  it("cameras at a location and at the locations inside it", async () => {
    const inside = { ...acme.cameras.serverRoom, locationUuid: serverRoom.uuid };
    const duplicate = { ...lobby, uuid: "AAAAAAAAAAAAAAAAAAAAAA", serialNumber: "2", locationUuid: robotLab.uuid };
    await run({ seed: acmeWith(() => ({ cameras: [lobby, inside, dockNorth, duplicate] })) });
    assert.deepEqual((await rhombus.getCameras({ location: "Headquarters" })).uuids, [lobby.uuid, inside.uuid]);
    assert.deepEqual((await rhombus.getCameras({ location: "Server room" })).uuids, [inside.uuid]);
    assert.equal((await rhombus.getCamera({ name: "Lobby", location: "robot lab" })).uuid, duplicate.uuid);
    assert.equal((await rhombus.getCamera({ name: "Lobby", locationUuid: headquarters.uuid })).uuid, lobby.uuid);
  });

  it("schedules by name, Rhombus's own included, with their times as people write them", async () => {
    await run();
    const { businessHours, afterHours } = acme.access.schedules;
    const days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    const intervals = [{ days, from: "09:00", to: "17:00" }];
    const found = await rhombus.getSchedule({ name: "business HOURS" });
    assert.deepEqual(found, { ...businessHours, intervals, mutable: false });
    const { schedules, uuids } = await rhombus.getSchedules({ names: ["After hours", "Business hours"] });
    assert.deepEqual(uuids, [afterHours.uuid, businessHours.uuid]);
    assert.deepEqual(schedules[0]?.intervals, [{ days, from: "17:00", to: "09:00" }]);
  });

  it("no schedule that was made for one object, and its times only if Rhombus shows them", async () => {
    const minutes = (start: number, stop: number) => [{ minuteOfWeekStart: start, minuteOfWeekStop: stop }];
    const unclear = { uuid: "AAAAAAAAAAAAAAAAAAAAAQ", name: "Unclear", intervalList: minutes(0, 20_000) };
    const once = { uuid: "AAAAAAAAAAAAAAAAAAAAAg", name: "Once", oneTimeUse: true, intervalList: minutes(0, 60) };
    const nights = { uuid: "AAAAAAAAAAAAAAAAAAAAAw", name: "Nights", intervalList: minutes(9960, 360) };
    await run({ seed: acmeWith(() => ({ schedules: [unclear, once, nights] })) });
    const { schedules } = await rhombus.getSchedules();
    assert.deepEqual(schedules, [
      { uuid: unclear.uuid, name: "Unclear", mutable: true },
      {
        uuid: nights.uuid,
        name: "Nights",
        mutable: true,
        intervals: [{ days: ["sunday"], from: "22:00", to: "06:00" }],
      },
    ]);
    await assert.rejects(rhombus.getSchedule({ name: "Once" }), /Once was made in Rhombus for one object only/);
  });

  it("doors and places at Genea and Kisi with a key, before the integration is configured", async () => {
    await run();
    const { doors } = await rhombus.getGeneaDoors({ apiToken: acme.genea.apiToken });
    assert.deepEqual(doors, Object.values(acme.genea.doors));
    const { places } = await rhombus.getKisiPlaces({ apiSecretKey: acme.kisi.apiSecretKey });
    assert.deepEqual(places, [
      { id: "41001", name: acme.kisi.places.headquarters.name },
      { id: "41002", name: acme.kisi.places.robotLab.name },
    ]);
  });

  it("doors at Genea and Kisi by name or place, with the key stored in Rhombus", async () => {
    await run({ seed: "livedIn" });
    const { dock, lobby } = acme.genea.doors;
    assert.deepEqual((await rhombus.getGeneaDoors({ names: ["dock", lobby.name] })).ids, [dock.id, lobby.id]);
    const [placeId, placeName] = ["41002", acme.kisi.places.robotLab.name];
    assert.deepEqual((await rhombus.getKisiDoors({ place: "acme robot lab" })).doors, [
      { id: "51003", name: "Lab entrance", placeId, placeName },
      { id: "51004", name: "Lab store", placeId, placeName },
    ]);
    assert.deepEqual((await rhombus.getKisiDoors({ place: "41001" })).ids, ["51001", "51002"]);
    assert.deepEqual((await rhombus.getKisiDoors({ names: ["Lobby"] })).ids, ["51001"]);
  });

  it("OnGuard deployments with the ids of their resources, without secrets", async () => {
    await run({ seed: "livedIn" });
    const { headquartersOnGuard, warehouseOnGuard } = livedInSeed;
    const { integrations, ids } = await rhombus.getOnGuardIntegrations();
    assert.deepEqual(ids, [onGuardId(headquartersOnGuard.rhombusToken), onGuardId(warehouseOnGuard.rhombusToken)]);
    const assignedCameraUuids = [dockNorth.uuid, dockSouth.uuid];
    const expected = { id: ids[1], displayName: "Warehouse OnGuard", enabled: true, doorCount: 1, assignedCameraUuids };
    assert.deepEqual(integrations[1], expected);
    assert.deepEqual((await rhombus.getOnGuardIntegrations({ displayNames: ["warehouse onguard"] })).ids, [ids[1]]);
    await run();
    assert.deepEqual((await rhombus.getOnGuardIntegrations()).integrations, [], "none was ever activated");
  });

  it("groups of access control by name", async () => {
    await run({ seed: "livedIn" });
    const { facilities, guestHosts, warehouse, everyone } = livedInSeed.groups;
    const expected = { uuid: facilities, name: "Facilities", locationUuid: headquarters.uuid };
    assert.deepEqual(await rhombus.getAccessControlGroup({ name: "facilities" }), expected);
    const { uuids } = await rhombus.getAccessControlGroups();
    assert.deepEqual([uuids.length, uuids.includes(guestHosts)], [6, false]);
    const some = await rhombus.getAccessControlGroups({ names: ["Warehouse", "Everyone"] });
    assert.deepEqual(some.uuids, [warehouse, everyone]);
  });

  it("the organization of the key, and all organizations of a partner", async () => {
    await run();
    assert.deepEqual(await rhombus.getOrganization(), { uuid: acme.orgUuid, name: acme.name });
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
