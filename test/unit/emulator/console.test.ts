import assert from "node:assert/strict";
import { campusSeed, livedInSeed } from "../../../provider/emulator";
import { closeAll, start } from "./caller";

const { acme, bluebird, cedar } = campusSeed;
const { rhombusToken } = livedInSeed.headquartersOnGuard;

async function livedInConsole() {
  const emulator = await start({ seed: "livedIn" });
  return { emulator, console: emulator.console(acme.orgUuid) };
}

// The tests of drift, of the resources and of `audit` prove the other changes by the console.
describe("emulator: console", () => {
  afterEach(closeAll);

  it("creates and changes the integration in the V1 store only", async () => {
    const emulator = await start({ behaviours: { kisiVersions: "separate" } });
    const console = emulator.console(acme.orgUuid);
    console.setKisiV1({ apiSecretKey: acme.kisi.apiSecretKey, enabled: false });
    assert.deepEqual(emulator.remains(), ["Acme Robotics: Kisi integration of V1"]);
    assert.deepEqual([console.kisiV1()?.enabled, console.kisi()], [false, undefined]);
  });

  it("removes a place of Kisi", async () => {
    const { console } = await livedInConsole();
    console.setKisiPlace("41002", undefined);
    assert.deepEqual(Object.keys(console.kisi()?.placeToSettingsMap ?? {}), ["41001"]);
  });

  it("throws for objects that do not exist", async () => {
    const { emulator, console } = await livedInConsole();
    assert.throws(() => console.setOnGuardFlags("nothing", {}), /has no such object/);
    assert.throws(() => console.setGroupMembers("nothing", []), /has no such object/);
    assert.throws(() => console.setKisiDoor("nothing", "1", undefined), /has no such object/);
    assert.throws(() => emulator.console("nothing"), /no organization nothing/);
    const empty = emulator.console(bluebird.orgUuid);
    assert.throws(() => empty.setGenea({ flags: { saveClips: true } }), /apiToken/);
    assert.throws(() => empty.setKisi({ enabled: true }), /apiSecretKey/);
  });

  it("lists what remains in one organization or in all, without secrets and groups of guest management", async () => {
    const { emulator, console } = await livedInConsole();
    emulator.console(bluebird.orgUuid).addGroup({ name: "Nurses" });
    const lines = emulator.remains();
    assert.equal(lines.length, 11);
    assert.ok(lines.includes('Acme Robotics: OnGuard deployment "Headquarters OnGuard"'));
    assert.deepEqual(emulator.remains(bluebird.orgUuid), ['Bluebird Clinics: access control group "Nurses"']);
    assert.deepEqual([emulator.isEmpty(), emulator.isEmpty(cedar.orgUuid)], [false, true]);
    assert.ok(!lines.join().includes(rhombusToken));
    console.removeOnGuard();
    console.removeGenea();
    console.removeKisi();
    for (const { uuid, type } of console.groups()) if (type === "RHOMBUS_ACCESS_CONTROL") console.removeGroup(uuid);
    assert.deepEqual([console.groups().length, emulator.isEmpty(acme.orgUuid)], [1, true]);
  });
});
