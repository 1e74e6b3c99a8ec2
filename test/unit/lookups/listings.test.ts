import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";
import { calls, count } from "../../resources/stack";
import { beginRun, endRuns, refusalOf, run } from "./run";

const { acme, bluebird, cedar, partner } = campusSeed;
const users = Object.values(acme.users).slice(0, 8);

/** Every kind of look-up, each more than once. */
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

describe("the calls that look-ups make", () => {
  afterEach(endRuns);

  it("are one for each kind, however many look-ups run at once", async () => {
    const emulator = await run({ seed: "livedIn" });
    await Promise.all(everything());
    assert.deepEqual(calls(emulator).sort(), oneOfEach);
  });

  it("are one for each kind, however many look-ups run one after the other", async () => {
    const emulator = await run({ seed: "livedIn", config: { orgUuid: acme.orgUuid } });
    for (const looked of everything()) await looked;
    await Promise.all(everything());
    assert.deepEqual(calls(emulator).sort(), oneOfEach);
  });

  it("are one for each key of another vendor", async () => {
    const emulator = await run({ seed: "livedIn" });
    const { apiToken, rotatedApiToken } = acme.genea;
    for (const token of [apiToken, rotatedApiToken, undefined, apiToken])
      await rhombus.getGeneaDoors({ apiToken: token });
    assert.equal(count(emulator, "getGeneaDoors"), 3);
  });

  it("are one for each organization, and one for two providers with the same settings", async () => {
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

  it("are made anew in another run", async () => {
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

  it("are made again after one that failed", async () => {
    const emulator = await run();
    emulator.fail({ operation: "getUsersInOrg", with: { kind: "status", status: 400 } });
    const [{ email }] = [acme.users.ada];
    assert.equal((await refusalOf(rhombus.getUser({ email }))).reason, "rhombus");
    assert.equal((await rhombus.getUser({ email })).uuid, acme.users.ada.uuid);
  });
});
