import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";
import { acmeWith, endRuns, errorOf, run } from "./run";

const { acme } = campusSeed;
const { headquarters, robotLab } = acme.locations;
const { lobby, dockNorth } = acme.cameras;
const { ben, deleted } = acme.users;
const otherUuid = "AAAAAAAAAAAAAAAAAAAAAA";

/** Asserts that a look-up fails for a reason, and the beginning of its message or a part of it. */
async function assertFails(lookup: Promise<unknown>, reason: string, message: RegExp | string): Promise<void> {
  const error = await errorOf(lookup);
  assert.equal(error.reason, reason, error.message);
  if (typeof message === "string") assert.equal(error.message, message);
  else assert.match(error.message, message);
}

describe("a look-up of a missing object", () => {
  afterEach(endRuns);

  const near = "ada.okafor@acme-robotics.example";
  const cases: [title: string, lookup: () => Promise<unknown>, message: RegExp | string][] = [
    [
      "the nearest value",
      () => rhombus.getUser({ email: near.replace("okafor", "okafr") }),
      `getUser: No user has the e-mail "ada.okafr@acme-robotics.example". Did you mean "${near}"?`,
    ],
    [
      "names that contain the text",
      () => rhombus.getCamera({ name: "dock" }),
      'getCamera: No camera has the name "dock". Did you mean "Dock north" or "Dock south"?',
    ],
    [
      "the names that exist if none is near",
      () => rhombus.getLocation({ name: "Moon base" }),
      /"Moon base"\. There are "Headquarters", "Server room", "Robot lab", "Warehouse"\.$/,
    ],
    [
      "that there are no objects of the kind",
      () => rhombus.getAccessControlGroup({ name: "Staff" }),
      /"Staff": there are no access control groups that this key may see\.$/,
    ],
    [
      "that the user is deleted",
      () => rhombus.getUser({ email: deleted.email }),
      /Leo Fontaine has been deleted and is found with includeDeleted only\.$/,
    ],
    [
      "that the user is disabled",
      () => rhombus.getUser({ name: "Kira Sandoval", includeDeleted: true }),
      /Kira Sandoval is disabled and is found with includeDisabled only\.$/,
    ],
    ["never the name of a deleted user", () => rhombus.getUser({ name: "Leo Fontain" }), /^(?!.*Fontaine).* There are/],
    [
      "the location of a camera that is elsewhere",
      () => rhombus.getCamera({ name: "Dock north", location: "Headquarters" }),
      /No camera at "Headquarters" has the name "Dock north": there is "Dock north" at "Warehouse" \(/,
    ],
    [
      "that a location is elsewhere",
      () => rhombus.getLocation({ name: "Robot lab", within: "Headquarters" }),
      /No location inside "Headquarters" has the name "Robot lab": "Robot lab" is elsewhere\.$/,
    ],
    [
      "all missing objects of a list at once",
      () => rhombus.getUsers({ names: ["Ada Okafor", "Ben Castilo", "Nobody At All"] }),
      /"Ben Castilo"\. Did you mean "Ben Castillo"\? No user has the name "Nobody At All"\. There are/,
    ],
    [
      "a missing location of a camera, even with missing set to omit",
      () => rhombus.getCameras({ location: "Headquaters", missing: "omit" }),
      /^getCameras: No location has the name "Headquaters"\. Did you mean "Headquarters"\?$/,
    ],
  ];
  for (const [title, lookup, message] of cases) {
    it(`reports ${title}`, async () => {
      await run();
      await assertFails(lookup(), "notFound", message);
    });
  }

  it("leaves missing objects out of a list, or returns undefined, with missing set to omit", async () => {
    await run();
    const { uuids } = await rhombus.getCameras({ names: ["Lobby", "Nowhere"], missing: "omit" });
    assert.deepEqual(uuids, [lobby.uuid]);
    assert.equal(await rhombus.getUser({ email: deleted.email, missing: "omit" }), undefined);
  });
});

describe("a look-up that several objects match", () => {
  afterEach(endRuns);
  const duplicate = { ...lobby, uuid: otherUuid, serialNumber: "DUPLICATE", locationUuid: robotLab.uuid };
  const withDuplicate = acmeWith(({ cameras }) => ({ cameras: [...cameras, duplicate] }));
  const ambiguous = (lookup: Promise<unknown>, message: RegExp | string) => assertFails(lookup, "ambiguous", message);

  it("lists the cameras with their locations", async () => {
    await run({ seed: withDuplicate });
    await ambiguous(
      rhombus.getCamera({ name: "Lobby" }),
      `getCamera: 2 cameras have the name "Lobby": "Lobby" at "Headquarters" (serial number ${lobby.serialNumber}, ` +
        `${lobby.uuid}), "Lobby" at "Robot lab" (serial number DUPLICATE, ${otherUuid}). ` +
        "Set location, or look it up by serialNumber.",
    );
  });

  it("lists cameras with the ids of their locations if the key may not read locations", async () => {
    const emulator = await run({ seed: withDuplicate });
    emulator.fail({ operation: "getLocations", with: { kind: "status", status: 403 }, times: 9 });
    await ambiguous(rhombus.getCamera({ name: "Lobby" }), new RegExp(`at "${robotLab.uuid}"`));
  });

  it("lists the locations with their paths and addresses", async () => {
    const outer = { ...robotLab, subLocations: [{ ...headquarters.subLocations[0], uuid: otherUuid }] };
    await run({ seed: acmeWith(() => ({ locations: [headquarters, outer] })) });
    await ambiguous(
      rhombus.getLocation({ name: "Server room" }),
      /"Headquarters \/ Server room", 1200 Foundry Way, Floor 2 \(2gN0Nt-vQuGhrooC2BgE-g\), "Robot lab.* Set within to/,
    );
    assert.equal((await rhombus.getLocation({ name: "Server room", within: "Robot lab" })).uuid, otherUuid);
  });

  it("lists the groups with their locations", async () => {
    const outside = { uuid: otherUuid, name: "Guards" };
    const inside = { uuid: lobby.uuid, name: "guards", locationUuid: headquarters.uuid };
    await run({ seed: acmeWith(() => ({ groups: [outside, inside] })) });
    const message = /"Guards" without a location \(A{22}\), "guards" of "Headquarters" \(/;
    await ambiguous(rhombus.getAccessControlGroup({ name: "GUARDS" }), message);
  });

  it("lists the users with their e-mails, also for one of several names", async () => {
    const namesake = { ...ben, uuid: otherUuid, email: "ben2@acme-robotics.example" };
    await run({ seed: acmeWith(({ users }) => ({ users: [...users, namesake] })) });
    await ambiguous(
      rhombus.getUsers({ names: ["Ada Okafor", "Ben Castillo"], missing: "omit" }),
      /2 users have the name "Ben Castillo": .*, Ben Castillo <ben2@.+> \(A+\)\. Look the user up by e-mail\.$/,
    );
  });

  it("prefers the exact name, and users that are not deleted", async () => {
    const upperCase = { ...dockNorth, uuid: otherUuid, name: "DOCK NORTH" };
    const former = { ...ben, uuid: otherUuid, deleted: true };
    await run({
      seed: acmeWith(({ cameras, users }) => ({ cameras: [...cameras, upperCase], users: [former, ...users] })),
    });
    assert.equal((await rhombus.getCamera({ name: "Dock north" })).uuid, dockNorth.uuid);
    assert.equal((await rhombus.getUser({ email: ben.email })).uuid, ben.uuid);
    await ambiguous(rhombus.getCamera({ name: "dock north" }), /2 cameras/);
  });
});
