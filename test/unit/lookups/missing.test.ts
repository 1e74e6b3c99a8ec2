import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";
import { acmeWith, endRuns, refusalOf, run } from "./run";

const { acme } = campusSeed;
const { headquarters, robotLab } = acme.locations;
const { lobby, dockNorth } = acme.cameras;
const twin = { ...lobby, uuid: "AAAAAAAAAAAAAAAAAAAAAA", serialNumber: "TWIN", locationUuid: robotLab.uuid };

describe("a look-up of what is missing", () => {
  afterEach(endRuns);
  const messageOf = async (looked: Promise<unknown>) => {
    const error = await refusalOf(looked);
    assert.equal(error.reason, "notFound");
    return error.message;
  };

  it("fails with the nearest names", async () => {
    await run();
    const near = "ada.okafor@acme-robotics.example";
    const message = await messageOf(rhombus.getUser({ email: near.replace("okafor", "okafr") }));
    assert.equal(message, `getUser: No user has the e-mail "ada.okafr@acme-robotics.example". Did you mean "${near}"?`);
  });

  it("counts as near what is part of a name, three names at most", async () => {
    await run();
    const message = await messageOf(rhombus.getCamera({ name: "dock" }));
    assert.equal(message, 'getCamera: No camera has the name "dock". Did you mean "Dock north" or "Dock south"?');
  });

  it("says what there is where nothing is near", async () => {
    await run();
    const message = await messageOf(rhombus.getLocation({ name: "Moon base" }));
    assert.match(message, /"Moon base"\. There are "Headquarters", "Server room", "Robot lab", "Warehouse"\.$/);
  });

  it("says so where there is nothing at all", async () => {
    await run();
    const message = await messageOf(rhombus.getAccessControlGroup({ name: "Staff" }));
    assert.match(message, /"Staff": there are no access control groups that this key may see\.$/);
  });

  it("does not suggest who has been deleted or is disabled, and says what became of whom was meant", async () => {
    await run();
    const { deleted } = acme.users;
    assert.match(
      await messageOf(rhombus.getUser({ email: deleted.email })),
      /Leo Fontaine has been deleted, and counts with includeDeleted only\.$/,
    );
    assert.match(
      await messageOf(rhombus.getUser({ name: "Kira Sandoval", includeDeleted: true })),
      /Kira Sandoval is disabled, and counts with includeDisabled only\.$/,
    );
    assert.doesNotMatch(await messageOf(rhombus.getUser({ name: "Leo Fontain" })), /Fontaine/);
  });

  it("says where a camera is that is not at the location", async () => {
    await run();
    const message = await messageOf(rhombus.getCamera({ name: "Dock north", location: "Headquarters" }));
    assert.match(
      message,
      /No camera at "Headquarters" has the name "Dock north": there is "Dock north" at "Warehouse" \(/,
    );
  });

  it("says where a location is that is not inside the other", async () => {
    await run();
    const message = await messageOf(rhombus.getLocation({ name: "Robot lab", within: "Headquarters" }));
    assert.match(message, /No location inside "Headquarters" has the name "Robot lab": "Robot lab" is elsewhere\.$/);
  });

  it("names all that are missing from a list at once", async () => {
    await run();
    const names = ["Ada Okafor", "Ben Castilo", "Nobody At All"];
    const message = await messageOf(rhombus.getUsers({ names }));
    assert.match(
      message,
      /"Ben Castilo"\. Did you mean "Ben Castillo"\? No user has the name "Nobody At All"\. There are/,
    );
  });

  it("leaves out what is missing when told to, and has no answer on its own", async () => {
    await run();
    const { uuids } = await rhombus.getCameras({ names: ["Lobby", "Nowhere"], missing: "omit" });
    assert.deepEqual(uuids, [lobby.uuid]);
    assert.equal(await rhombus.getUser({ name: "Nobody", missing: "omit" }), undefined);
    assert.equal(await rhombus.getUser({ email: acme.users.deleted.email, missing: "omit" }), undefined);
  });

  it("fails all the same where the location is missing that it is to be at", async () => {
    await run();
    const message = await messageOf(rhombus.getCameras({ location: "Headquaters", missing: "omit" }));
    assert.match(message, /^getCameras: No location has the name "Headquaters"\. Did you mean "Headquarters"\?$/);
  });
});

describe("a look-up that several things fit", () => {
  afterEach(endRuns);
  const messageOf = async (looked: Promise<unknown>) => {
    const error = await refusalOf(looked);
    assert.equal(error.reason, "ambiguous");
    return error.message;
  };

  it("lists the cameras with their locations", async () => {
    await run({ seed: acmeWith(({ cameras }) => ({ cameras: [...cameras, twin] })) });
    assert.equal(
      await messageOf(rhombus.getCamera({ name: "Lobby" })),
      'getCamera: 2 cameras have the name "Lobby": ' +
        `"Lobby" at "Headquarters" (serial number ${lobby.serialNumber}, ${lobby.uuid}), ` +
        `"Lobby" at "Robot lab" (serial number TWIN, ${twin.uuid}). ` +
        "Say where it is with location, or look it up by serialNumber.",
    );
  });

  it("lists cameras by the ids of their locations where the key may not see locations", async () => {
    const emulator = await run({ seed: acmeWith(({ cameras }) => ({ cameras: [...cameras, twin] })) });
    emulator.fail({ operation: "getLocations", with: { kind: "status", status: 403 }, times: 9 });
    assert.match(await messageOf(rhombus.getCamera({ name: "Lobby" })), new RegExp(`at "${robotLab.uuid}"`));
  });

  it("lists the locations with what they are inside of, and their addresses", async () => {
    const outer = { ...robotLab, subLocations: [{ ...headquarters.subLocations[0], uuid: twin.uuid }] };
    await run({ seed: acmeWith(() => ({ locations: [headquarters, outer] })) });
    const message = await messageOf(rhombus.getLocation({ name: "Server room" }));
    assert.match(
      message,
      /"Headquarters \/ Server room", 1200 Foundry Way, Floor 2 \(2gN0Nt-vQuGhrooC2BgE-g\), "Robot lab/,
    );
    assert.match(message, /Name the one around it with within/);
    assert.equal((await rhombus.getLocation({ name: "Server room", within: "Robot lab" })).uuid, twin.uuid);
  });

  it("lists the groups with their locations", async () => {
    const groups = [
      { uuid: twin.uuid, name: "Guards" },
      { uuid: lobby.uuid, name: "guards", locationUuid: headquarters.uuid },
    ];
    await run({ seed: acmeWith(() => ({ groups })) });
    const message = await messageOf(rhombus.getAccessControlGroup({ name: "GUARDS" }));
    assert.match(message, /"Guards" of no location \(A{22}\), "guards" of "Headquarters" \(/);
  });

  it("lists the users with their e-mails, also when one of many is not clear", async () => {
    const twins = { ...acme.users.ben, uuid: twin.uuid, email: "ben2@acme-robotics.example" };
    await run({ seed: acmeWith(({ users }) => ({ users: [...users, twins] })) });
    const message = await messageOf(rhombus.getUsers({ names: ["Ada Okafor", "Ben Castillo"], missing: "omit" }));
    assert.match(
      message,
      /2 users have the name "Ben Castillo": .*, Ben Castillo <ben2@.+> \(A+\)\. Look the user up by e-mail\.$/,
    );
  });

  it("prefers what is written exactly so, and what has not been deleted", async () => {
    const shouting = { ...dockNorth, uuid: twin.uuid, name: "DOCK NORTH" };
    const gone = { ...acme.users.ben, uuid: twin.uuid, deleted: true };
    await run({
      seed: acmeWith(({ cameras, users }) => ({ cameras: [...cameras, shouting], users: [gone, ...users] })),
    });
    assert.equal((await rhombus.getCamera({ name: "Dock north" })).uuid, dockNorth.uuid);
    assert.equal((await rhombus.getUser({ email: acme.users.ben.email })).uuid, acme.users.ben.uuid);
    assert.match(await messageOf(rhombus.getCamera({ name: "dock north" })), /2 cameras/);
  });
});
