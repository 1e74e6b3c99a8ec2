import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";
import { calls, count } from "../../drivers/calls";
import { beginRun, endRuns, errorOf, run } from "./run";

const { acme, bluebird, cedar, partner } = campusSeed;
const users = Object.values(acme.users).slice(0, 8);

/** Look-ups of every kind, each kind several times. */
function everything(): Promise<unknown>[] {
  const { apiToken } = acme.genea;
  const { apiSecretKey } = acme.kisi;
  return [
    ...users.flatMap(({ email }) => [rhombus.getUser({ email }), rhombus.getUsers({ emails: [email] })]),
    ...Object.values(acme.locations).map(({ name }) => rhombus.getLocation({ name })),
    rhombus.getLocations(),
    ...["Lobby", "Elevators"].map((name) => rhombus.getCamera({ name, location: "Headquarters" })),
    rhombus.getCameras(),
    ...["Everyone", "Warehouse"].map((name) => rhombus.getAccessControlGroup({ name })),
    rhombus.getAccessControlGroups(),
    ...[apiToken, apiToken].map((token) => rhombus.getGeneaDoors({ apiToken: token })),
    rhombus.getKisiPlaces({ apiSecretKey }),
    rhombus.getKisiDoors({ apiSecretKey }),
    rhombus.getKisiDoors({ apiSecretKey, place: "Acme robot lab" }),
    rhombus.getOnGuardIntegrations(),
    rhombus.getOnGuardIntegrations({ displayNames: ["Warehouse OnGuard"] }),
    rhombus.getOrganization(),
    rhombus.getOrganization(),
  ];
}

const oneOfEach = [
  ...["findAccessControlGroupsByOrg", "getGeneaDoors", "getHoneywellOnGuardIntegration", "getKisiDoors"],
  ...["getKisiPlaces", "getLocations", "getMinimalCameraStateList", "getOrgV2", "getUsersInOrg"],
];

describe("the calls of look-ups", () => {
  afterEach(endRuns);

  it("are one for each kind of object, for parallel and for sequential look-ups", async () => {
    const emulator = await run({ seed: "livedIn" });
    await Promise.all(everything());
    for (const lookup of everything()) await lookup;
    assert.deepEqual(calls(emulator).sort(), oneOfEach);
  });

  it("are one for each vendor key", async () => {
    const emulator = await run({ seed: "livedIn" });
    const { apiToken, rotatedApiToken } = acme.genea;
    for (const args of [{ apiToken }, { apiToken: rotatedApiToken }, {}, { apiToken }])
      await rhombus.getGeneaDoors(args);
    assert.equal(count(emulator, "getGeneaDoors"), 3);
  });

  it("are one for each organization, and shared by providers with the same settings", async () => {
    const config = { apiKey: partner.apiKey, partner: "true" };
    const emulator = await run({ config });
    const providers = [bluebird, cedar, bluebird].map(({ orgUuid }, index) => {
      return new rhombus.Provider(`${index}`, { orgUuid });
    });
    const found = await Promise.all(providers.map((provider) => rhombus.getLocations({}, { provider })));
    const [first, second, third] = found.map(({ locations }) => locations[0]?.name);
    assert.deepEqual([first, second, third], ["Downtown clinic", "Cedar hub", "Downtown clinic"]);
    assert.equal(count(emulator, "getLocations"), 2);
  });

  it("are repeated in another run", async () => {
    const emulator = await run({ seed: "livedIn" });
    const config = { endpoint: emulator.url, apiKey: acme.apiKey };
    await beginRun(config);
    await rhombus.getAccessControlGroups();
    emulator.console(acme.orgUuid).addGroup({ name: "Painters" });
    const missing = { name: "Painters", missing: "omit" } as const;
    assert.equal(await rhombus.getAccessControlGroup(missing), undefined);
    await beginRun(config);
    assert.equal((await rhombus.getAccessControlGroup({ name: "Painters" })).name, "Painters");
    assert.equal(count(emulator, "findAccessControlGroupsByOrg"), 2);
  });

  it("are repeated after a failed one", async () => {
    const emulator = await run();
    emulator.fail({ operation: "getUsersInOrg", with: { kind: "status", status: 400 } });
    const [{ email }] = [acme.users.ada];
    assert.equal((await errorOf(rhombus.getUser({ email }))).reason, "rhombus");
    assert.equal((await rhombus.getUser({ email })).uuid, acme.users.ada.uuid);
  });
});
