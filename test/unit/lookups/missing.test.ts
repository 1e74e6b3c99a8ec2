import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";
import { acmeWith, endRuns, errorOf, run } from "./run";

const { acme } = campusSeed;
const { headquarters, robotLab } = acme.locations;
const { lobby, dockNorth } = acme.cameras;
const duplicate = { ...lobby, uuid: "AAAAAAAAAAAAAAAAAAAAAA", serialNumber: "DUPLICATE", locationUuid: robotLab.uuid };

describe("a look-up of a missing object", () => {
  afterEach(endRuns);
  const messageOf = async (lookup: Promise<unknown>) => {
    const error = await errorOf(lookup);
    assert.equal(error.reason, "notFound");
    return error.message;
  };

  it("suggests the nearest name", async () => {
    await run();
    const near = "ada.okafor@acme-robotics.example";
    const message = await messageOf(rhombus.getUser({ email: near.replace("okafor", "okafr") }));
    assert.equal(message, `getUser: No user has the e-mail "ada.okafr@acme-robotics.example". Did you mean "${near}"?`);
  });

  it("suggests names that contain the text", async () => {
    await run();
    const message = await messageOf(rhombus.getCamera({ name: "dock" }));
    assert.equal(message, 'getCamera: No camera has the name "dock". Did you mean "Dock north" or "Dock south"?');
  });

  it("lists the names that exist if none is near", async () => {
    await run();
    const message = await messageOf(rhombus.getLocation({ name: "Moon base" }));
    assert.match(message, /"Moon base"\. There are "Headquarters", "Server room", "Robot lab", "Warehouse"\.$/);
  });

  it("reports that there are no objects of the kind", async () => {
    await run();
    const message = await messageOf(rhombus.getAccessControlGroup({ name: "Staff" }));
    assert.match(message, /"Staff": there are no access control groups that this key may see\.$/);
  });

  it("reports that the user is deleted or disabled, and never suggests such users", async () => {
    await run();
    const { deleted } = acme.users;
    assert.match(
      await messageOf(rhombus.getUser({ email: deleted.email })),
      /Leo Fontaine has been deleted and is found with includeDeleted only\.$/,
    );
    assert.match(
      await messageOf(rhombus.getUser({ name: "Kira Sandoval", includeDeleted: true })),
      /Kira Sandoval is disabled and is found with includeDisabled only\.$/,
    );
    assert.doesNotMatch(await messageOf(rhombus.getUser({ name: "Leo Fontain" })), /Fontaine/);
  });

  it("reports the location of a camera that is elsewhere", async () => {
    await run();
    const message = await messageOf(rhombus.getCamera({ name: "Dock north", location: "Headquarters" }));
    assert.match(
      message,
      /No camera at "Headquarters" has the name "Dock north": there is "Dock north" at "Warehouse" \(/,
    );
  });

  it("reports that a location is elsewhere", async () => {
    await run();
    const message = await messageOf(rhombus.getLocation({ name: "Robot lab", within: "Headquarters" }));
    assert.match(message, /No location inside "Headquarters" has the name "Robot lab": "Robot lab" is elsewhere\.$/);
  });

  it("reports all missing objects of a list at once", async () => {
    await run();
    const names = ["Ada Okafor", "Ben Castilo", "Nobody At All"];
    const message = await messageOf(rhombus.getUsers({ names }));
    assert.match(
      message,
      /"Ben Castilo"\. Did you mean "Ben Castillo"\? No user has the name "Nobody At All"\. There are/,
    );
  });

  it("leaves missing objects out of a list, or returns undefined, with missing set to omit", async () => {
    await run();
    const { uuids } = await rhombus.getCameras({ names: ["Lobby", "Nowhere"], missing: "omit" });
    assert.deepEqual(uuids, [lobby.uuid]);
    assert.equal(await rhombus.getUser({ name: "Nobody", missing: "omit" }), undefined);
    assert.equal(await rhombus.getUser({ email: acme.users.deleted.email, missing: "omit" }), undefined);
  });

  it("fails, even with missing set to omit, if the location of a camera is missing", async () => {
    await run();
    const message = await messageOf(rhombus.getCameras({ location: "Headquaters", missing: "omit" }));
    assert.match(message, /^getCameras: No location has the name "Headquaters"\. Did you mean "Headquarters"\?$/);
  });
});

describe("a look-up that several objects match", () => {
  afterEach(endRuns);
  const messageOf = async (lookup: Promise<unknown>) => {
    const error = await errorOf(lookup);
    assert.equal(error.reason, "ambiguous");
    return error.message;
  };

  it("lists the cameras with their locations", async () => {
    await run({ seed: acmeWith(({ cameras }) => ({ cameras: [...cameras, duplicate] })) });
    assert.equal(
      await messageOf(rhombus.getCamera({ name: "Lobby" })),
      'getCamera: 2 cameras have the name "Lobby": ' +
        `"Lobby" at "Headquarters" (serial number ${lobby.serialNumber}, ${lobby.uuid}), ` +
        `"Lobby" at "Robot lab" (serial number DUPLICATE, ${duplicate.uuid}). ` +
        "Set location, or look it up by serialNumber.",
    );
  });

  it("lists cameras with the ids of their locations if the key may not read locations", async () => {
    const emulator = await run({ seed: acmeWith(({ cameras }) => ({ cameras: [...cameras, duplicate] })) });
    emulator.fail({ operation: "getLocations", with: { kind: "status", status: 403 }, times: 9 });
    assert.match(await messageOf(rhombus.getCamera({ name: "Lobby" })), new RegExp(`at "${robotLab.uuid}"`));
  });

  it("lists the locations with their paths and addresses", async () => {
    const outer = { ...robotLab, subLocations: [{ ...headquarters.subLocations[0], uuid: duplicate.uuid }] };
    await run({ seed: acmeWith(() => ({ locations: [headquarters, outer] })) });
    const message = await messageOf(rhombus.getLocation({ name: "Server room" }));
    assert.match(
      message,
      /"Headquarters \/ Server room", 1200 Foundry Way, Floor 2 \(2gN0Nt-vQuGhrooC2BgE-g\), "Robot lab/,
    );
    assert.match(message, /Set within to a location that contains it/);
    assert.equal((await rhombus.getLocation({ name: "Server room", within: "Robot lab" })).uuid, duplicate.uuid);
  });

  it("lists the groups with their locations", async () => {
    const groups = [
      { uuid: duplicate.uuid, name: "Guards" },
      { uuid: lobby.uuid, name: "guards", locationUuid: headquarters.uuid },
    ];
    await run({ seed: acmeWith(() => ({ groups })) });
    const message = await messageOf(rhombus.getAccessControlGroup({ name: "GUARDS" }));
    assert.match(message, /"Guards" without a location \(A{22}\), "guards" of "Headquarters" \(/);
  });

  it("lists the users with their e-mails, also for one of several names", async () => {
    const namesake = { ...acme.users.ben, uuid: duplicate.uuid, email: "ben2@acme-robotics.example" };
    await run({ seed: acmeWith(({ users }) => ({ users: [...users, namesake] })) });
    const message = await messageOf(rhombus.getUsers({ names: ["Ada Okafor", "Ben Castillo"], missing: "omit" }));
    assert.match(
      message,
      /2 users have the name "Ben Castillo": .*, Ben Castillo <ben2@.+> \(A+\)\. Look the user up by e-mail\.$/,
    );
  });

  it("prefers the exact name, and users that are not deleted", async () => {
    const upperCase = { ...dockNorth, uuid: duplicate.uuid, name: "DOCK NORTH" };
    const deleted = { ...acme.users.ben, uuid: duplicate.uuid, deleted: true };
    await run({
      seed: acmeWith(({ cameras, users }) => ({ cameras: [...cameras, upperCase], users: [deleted, ...users] })),
    });
    assert.equal((await rhombus.getCamera({ name: "Dock north" })).uuid, dockNorth.uuid);
    assert.equal((await rhombus.getUser({ email: acme.users.ben.email })).uuid, acme.users.ben.uuid);
    assert.match(await messageOf(rhombus.getCamera({ name: "dock north" })), /2 cameras/);
  });
});
