import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";
import { acmeWith, endRuns, run } from "./run";

const { acme } = campusSeed;
const { headquarters, robotLab, warehouse } = acme.locations;
const serverRoom = headquarters.subLocations[0];

describe("looking up locations, users and cameras", () => {
  afterEach(endRuns);

  it("finds a location by name and ignores case", async () => {
    await run();
    const { uuid, name, address1, tz } = headquarters;
    assert.deepEqual(await rhombus.getLocation({ name: " headQuarters" }), { uuid, name, path: name, address1, tz });
  });

  it("finds a location inside another, with its path", async () => {
    await run();
    const found = await rhombus.getLocation({ name: "Server room", within: "Headquarters" });
    assert.equal(found.uuid, serverRoom.uuid);
    assert.equal(found.parentUuid, headquarters.uuid);
    assert.equal(found.path, "Headquarters / Server room");
  });

  it("lists all locations, each before those inside it", async () => {
    await run();
    const { uuids } = await rhombus.getLocations();
    assert.deepEqual(uuids, [headquarters.uuid, serverRoom.uuid, robotLab.uuid, warehouse.uuid]);
  });

  it("lists the locations inside one, and some by name in the order of the names", async () => {
    await run();
    assert.deepEqual((await rhombus.getLocations({ within: "Headquarters" })).uuids, [serverRoom.uuid]);
    const { uuids } = await rhombus.getLocations({ names: ["Warehouse", "Robot lab", "WAREHOUSE"] });
    assert.deepEqual(uuids, [warehouse.uuid, robotLab.uuid]);
  });

  it("finds a user by e-mail or name and ignores case", async () => {
    await run();
    const { uuid, email } = acme.users.ada;
    const expected = { uuid, name: "Ada Okafor", email, status: "JOINED", deleted: false };
    assert.deepEqual(await rhombus.getUser({ email: email.toUpperCase() }), expected);
    assert.deepEqual(await rhombus.getUser({ name: "ada okafor" }), expected);
  });

  it("lists deleted and disabled users only on request", async () => {
    await run();
    const { deleted, inactive, ...others } = acme.users;
    const expected = Object.values(others).map(({ uuid }) => uuid);
    assert.deepEqual((await rhombus.getUsers()).uuids, expected);
    const all = await rhombus.getUsers({ includeDeleted: true, includeDisabled: true });
    assert.deepEqual(all.uuids, [...expected, inactive.uuid, deleted.uuid]);
  });

  it("lists users in the order of the arguments, and none for an empty list", async () => {
    await run();
    const { grace, ada } = acme.users;
    assert.deepEqual((await rhombus.getUsers({ emails: [grace.email, ada.email] })).uuids, [grace.uuid, ada.uuid]);
    assert.deepEqual((await rhombus.getUsers({ names: ["Grace Lindqvist"] })).uuids, [grace.uuid]);
    assert.deepEqual((await rhombus.getUsers({ emails: [] })).uuids, []);
  });

  it("finds a deleted and a disabled user on request", async () => {
    await run();
    const { deleted, inactive } = acme.users;
    assert.equal((await rhombus.getUser({ email: deleted.email, includeDeleted: true })).deleted, true);
    assert.equal((await rhombus.getUser({ email: inactive.email, includeDisabled: true })).status, "INACTIVE");
  });

  it("finds a camera by name or serial number", async () => {
    await run();
    const { uuid, name, locationUuid, serialNumber } = acme.cameras.lobby;
    const expected = { uuid, name, locationUuid, serialNumber };
    assert.deepEqual(await rhombus.getCamera({ name: "lobby" }), expected);
    assert.deepEqual(await rhombus.getCamera({ serialNumber: serialNumber.toLowerCase() }), expected);
  });

  it("finds the camera of a name at a location", async () => {
    const { lobby } = acme.cameras;
    const duplicate = {
      ...lobby,
      uuid: "AAAAAAAAAAAAAAAAAAAAAA",
      serialNumber: "DUPLICATE",
      locationUuid: robotLab.uuid,
    };
    await run({ seed: acmeWith(({ cameras }) => ({ cameras: [...cameras, duplicate] })) });
    assert.equal((await rhombus.getCamera({ name: "Lobby", location: "robot lab" })).uuid, duplicate.uuid);
    assert.equal((await rhombus.getCamera({ name: "Lobby", locationUuid: headquarters.uuid })).uuid, lobby.uuid);
  });

  it("finds the cameras at the locations inside a location", async () => {
    const { serverRoom: camera, lobby } = acme.cameras;
    const inside = { ...camera, locationUuid: serverRoom.uuid };
    await run({ seed: acmeWith(() => ({ cameras: [lobby, inside, acme.cameras.dockNorth] })) });
    assert.deepEqual((await rhombus.getCameras({ location: "Headquarters" })).uuids, [lobby.uuid, inside.uuid]);
    assert.deepEqual((await rhombus.getCameras({ location: "Server room" })).uuids, [inside.uuid]);
  });

  it("lists the cameras in service, and some by name or serial number", async () => {
    await run();
    const { formerGate, dockNorth, lobby } = acme.cameras;
    const { uuids } = await rhombus.getCameras();
    assert.equal(uuids.length, 8);
    assert.ok(!uuids.includes(formerGate.uuid));
    assert.deepEqual((await rhombus.getCameras({ names: ["Dock north", "Lobby"] })).uuids, [
      dockNorth.uuid,
      lobby.uuid,
    ]);
    assert.deepEqual((await rhombus.getCameras({ serialNumbers: [lobby.serialNumber] })).uuids, [lobby.uuid]);
  });

  it("works in a preview as in an update", async () => {
    await run({ preview: true });
    assert.equal((await rhombus.getUser({ email: acme.users.ben.email })).uuid, acme.users.ben.uuid);
  });
});
