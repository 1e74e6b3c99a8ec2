import assert from "node:assert/strict";
import sinon from "sinon";
import {
  type Behaviours,
  behaviourSettings,
  campusSeed,
  defaultBehaviours,
  livedInSeed,
  type OperationName,
} from "../../../provider/emulator";
import { parseBehaviour } from "../../../provider/emulator/behaviours/checkBehaviours";
import { ask, at, call, closeAll, keysAt, listAt, start } from "./caller";

const { acme } = campusSeed;
const { ada, ben } = acme.users;
const { apiToken, doors } = acme.genea;
const { apiSecretKey, places } = acme.kisi;
const hq = `${places.headquarters.id}`;
const { engineering: groupUuid, everyone } = livedInSeed.groups;
const { rhombusToken } = livedInSeed.headquartersOnGuard;
const unknown = "A".repeat(22);

type World = Awaited<ReturnType<typeof livedIn>>;

/** An emulator with the seed `livedIn`, called as Acme. */
async function livedIn(behaviours: Partial<Behaviours>) {
  const emulator = await start({ seed: "livedIn", behaviours });
  const console = emulator.console(acme.orgUuid);
  const send = (name: OperationName, body: object = {}) => ask(emulator, name, body);
  const status = async (name: OperationName, body: object = {}) => (await call(emulator, name, body)).status;
  return {
    emulator,
    console,
    ask: send,
    status,
    writeFlags: (deploymentToSettingsMap?: object) =>
      send("updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings: { deploymentToSettingsMap } }),
    writeGenea: (body: object) => send("updateGeneaIntegrationV2", { geneaSettings: { apiToken, ...body } }),
    writeKisi: (body: object) => send("updateKisiIntegrationV2", { kisiSettings: { apiSecretKey, ...body } }),
    writeKisiV1: (body: object) => send("updateKisiIntegration", { kisiSettings: { apiSecretKey, ...body } }),
    genea: () => console.genea() ?? assert.fail(),
    kisi: () => console.kisi() ?? assert.fail(),
  };
}

/** Makes calls under each setting of a behaviour. `expected` is the result of `play` under each. */
function under<Name extends keyof Behaviours>(
  name: Name,
  title: string,
  expected: Readonly<Record<`${Behaviours[Name]}`, unknown>>,
  play: (world: World) => unknown,
): void {
  for (const setting of behaviourSettings[name]) {
    it(`${name} ${setting}: ${title}`, async () => {
      assert.deepEqual(await play(await livedIn({ [name]: setting })), expected[`${setting}`]);
    });
  }
}

/** The form in which a secret is shown. */
function formOf(shown: unknown, secret: string | null | undefined): string {
  if (shown === undefined) return "absent";
  return shown === secret ? "plain" : shown === `********${secret?.slice(-4)}` ? "masked" : "other";
}

// `doctor --probe` and the behaviours of the contract prove all other settings.
describe("emulator: behaviours", () => {
  afterEach(closeAll);

  const fiveTimes = (form: string) => Array(5).fill(form);
  const forms = { plain: fiveTimes("plain"), masked: fiveTimes("masked"), absent: fiveTimes("absent") };
  under("vendorKeyReads", "keys in all reads", forms, async ({ ask }) => {
    const all = at(await ask("getOrgIntegrationsV2"), "orgIntegrationsV2");
    return [
      formOf(at(await ask("getGeneaIntegration"), "orgIntegrationV2", "apiToken"), apiToken),
      formOf(at(await ask("getKisiIntegrationV2"), "orgIntegrationV2", "apiSecretKey"), apiSecretKey),
      formOf(at(await ask("getKisiIntegration"), "kisiSettings", "apiSecretKey"), apiSecretKey),
      formOf(at(all, "GENEA", "apiToken"), apiToken),
      formOf(at(all, "KISI", "apiSecretKey"), apiSecretKey),
    ];
  });
  under("serverSecretReads", "tokens of Genea and of both versions of Kisi", forms, async (world) => {
    await world.writeKisiV1({ placeToSettingsMap: { [hq]: {} } });
    const [genea, kisi] = [world.genea(), world.kisi()];
    const integration = at(await world.ask("getGeneaIntegration"), "orgIntegrationV2");
    const v1 = at(await world.ask("getKisiIntegration"), "kisiSettings");
    const place = at(await world.ask("getKisiIntegrationV2"), "orgIntegrationV2", "placeToSettingsMap", hq);
    return [
      formOf(at(integration, "rhombusToken"), genea.rhombusToken),
      formOf(at(integration, "refreshToken"), genea.refreshToken),
      formOf(at(integration, "webhookSignatureSecret"), genea.webhookSignatureSecret),
      formOf(at(place, "rhombusToken"), kisi.placeToSettingsMap[hq]?.rhombusToken),
      formOf(at(v1, "rhombusToken"), kisi.v1?.rhombusToken),
    ];
  });

  under("groupNames", "statuses of renames", { unique: [400, 200], duplicates: [200, 200] }, async ({ status }) => [
    await status("updateAccessControlGroup", { groupUuid, name: "everyone" }),
    await status("updateAccessControlGroup", { groupUuid: everyone, name: "EVERYONE!" }),
  ]);
  const texts = { kept: " Cafe\u0301 ", tidied: "Caf\u00e9" };
  under("texts", "the changed name of a group", texts, async ({ ask }) =>
    at(await ask("updateAccessControlGroup", { groupUuid, name: " Cafe\u0301 " }), "group", "name"),
  );
  const repeated = { ignored: [200, 200], refused: [400, 400] };
  under("repeatedMembers", "statuses of an addition and a removal", repeated, async ({ status, console }) => {
    const members = () => console.groups().find(({ uuid }) => uuid === groupUuid)?.userUuids ?? [];
    const added = await status("addUsersToAccessControlGroup", { groupUuid, userUuids: [ada.uuid, ben.uuid] });
    assert.equal(members().includes(ben.uuid), added === 200);
    const userUuids = [ada.uuid, unknown];
    const removed = await status("removeUsersFromAccessControlGroup", { groupUuid, userUuids });
    assert.equal(members().includes(ada.uuid), removed !== 200);
    return [added, removed];
  });
  const afterWrites = { 0: [200, 200, 200, 200], 2: [200, 500, 200, 500], 3: [200, 200, 500, 200] };
  under("errorAfterWrites", "statuses of four creates, all carried out", afterWrites, async (world) => {
    await world.ask("findAccessControlGroupsByOrg");
    assert.equal(await world.status("createAccessControlGroup", { name: "" }), 400);
    await world.writeGenea({ apiToken: "wrong" });
    const answered: number[] = [];
    for (const name of ["One", "Two", "Three", "Four"])
      answered.push(await world.status("createAccessControlGroup", { name }));
    assert.equal(world.console.groups().length, 11);
    return answered;
  });

  const afterOdd = { error: true, recreate: true, mint: false };
  under("onGuardUnknownToken", "error after a token that is not an RUUID", afterOdd, async ({ ask }) =>
    at(await ask("createOrUpdateHoneywellOnGuardIntegration", { rhombusToken: "odd" }), "error"),
  );
  const unknownFlags = { error: true, recreate: false, mint: false };
  under("onGuardUnknownToken", "error after flags of an unknown deployment", unknownFlags, async (world) => {
    const answer = await world.writeFlags({ [unknown]: {} });
    assert.deepEqual([world.console.onGuard().length, at(answer, "failedGuids")], [2, []]);
    return at(answer, "error");
  });
  const flagAnswers = { false: [true, []], true: [false, [unknown]] };
  under("failedDoors", "flags of an unknown deployment", flagAnswers, async (world) => {
    const answer = await world.writeFlags({ [unknown]: {} });
    return [at(answer, "error"), at(answer, "failedGuids")];
  });
  under("deploymentsOmitted", "deployments after an update without a map", { kept: 2, removed: 2 }, async (world) => {
    await world.writeFlags();
    return world.console.onGuard().length;
  });
  const isToken = { token: true, opaque: false };
  under("onGuardKeys", "the key in a read is the token; an update finds it", isToken, async (world) => {
    const integration = at(await world.ask("getHoneywellOnGuardIntegration"), "orgIntegrationV2");
    const [key = ""] = keysAt(integration, "deploymentToSettingsMap");
    await world.writeFlags({ [key]: { saveClips: false } });
    assert.equal(world.console.onGuard()[0]?.flags.saveClips, false);
    return key === rhombusToken;
  });
  under("onGuardUrlReads", "status of an update with a URL", { absent: 400, plain: 200 }, ({ status }) => {
    const deploymentToSettingsMap = { [rhombusToken]: { webhookUrl: "http://127.0.0.1" } };
    return status("updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings: { deploymentToSettingsMap } });
  });

  const left = { replace: [1, 1], merge: [3, 2] };
  under("mapWrites", "doors of Genea and places of Kisi after a write of one", left, async (world) => {
    await world.writeGenea({ doorInfoMap: { [doors.dock.id]: {} } });
    await world.writeKisi({ placeToSettingsMap: { [hq]: {} } });
    return [keysAt(world.genea(), "doorInfoMap").length, keysAt(world.kisi(), "placeToSettingsMap").length];
  });
  const afterNull = { clears: [0, true], keeps: [2, false] };
  under("nulls", "doors after null, and authError after null for the vendor key", afterNull, async (world) => {
    await world.writeGenea({ doorInfoMap: null });
    const count = keysAt(world.genea(), "doorInfoMap").length;
    return [count, at(await world.writeGenea({ apiToken: null }), "authError")];
  });
  const geneaSettings = { replace: [true, false, 0, true], merge: [true, true, 2, false] };
  under("settingsWrites", "written and omitted settings of Genea, authError", geneaSettings, async (world) => {
    await world.writeGenea({ indexFaces: true });
    const { flags, doorInfoMap } = world.genea();
    const withoutKey = await world.writeGenea({ apiToken: undefined });
    return [flags.indexFaces, flags.saveClips, Object.keys(doorInfoMap).length, at(withoutKey, "authError")];
  });
  const kisiSettings = { replace: [false, false], merge: [true, true] };
  under("settingsWrites", "options and flags of a place of Kisi", kisiSettings, async (world) => {
    await world.writeKisi({ defaultOptions: {}, placeToSettingsMap: { [hq]: {} } });
    const { defaultOptions, placeToSettingsMap } = world.kisi();
    return [defaultOptions.saveClips, placeToSettingsMap[hq]?.flags.createSeekPoints];
  });
  const stays = { kept: [true, true, true], wiped: [true, false, false] };
  under("serverFieldsOmitted", "omitted fields; sent ones always stay", stays, async (world) => {
    const [before, place] = [world.genea(), world.kisi().placeToSettingsMap[hq]];
    await world.writeGenea({ rhombusToken: before.rhombusToken });
    await world.writeKisi({ placeToSettingsMap: { [hq]: {} } });
    const [after, written] = [world.genea(), world.kisi().placeToSettingsMap[hq]];
    assert.equal(written?.webhookId, written?.rhombusToken === null ? null : place?.webhookId);
    const isSame = (field: "rhombusToken" | "webhookUuid") => after[field] === before[field];
    return [isSame("rhombusToken"), isSame("webhookUuid"), written?.rhombusToken === place?.rhombusToken];
  });
  const gone = { false: undefined, true: undefined };
  under("failedDoors", "null removes a door that Genea no longer has", gone, async (world) => {
    world.emulator.behave({ mapWrites: "merge" });
    world.console.setGeneaDoor("gone", { doorName: "Gone" });
    assert.deepEqual(at(await world.writeGenea({ doorInfoMap: { gone: null } }), "failedGuids"), []);
    return world.genea().doorInfoMap.gone;
  });
  const secondDeletes = { succeeds: [false, false, false], error: [true, true, true] };
  under("deleteUnconfigured", "errors of the second deletes", secondDeletes, async ({ ask }) => {
    const deletes = ["deleteGeneaIntegrationV2", "deleteKisiIntegrationV2", "deleteKisiIntegration"] as const;
    for (const operation of deletes.slice(0, 2)) await ask(operation);
    return Promise.all(deletes.map(async (operation) => at(await ask(operation), "error")));
  });

  const lookups = ["getKisiIntegration", "getKisiIntegrationV2", "getKisiPlaces", "getKisiDoors"] as const;
  const ofVersions = {
    shared: [200, 200, 200, 200],
    separate: [200, 200, 200, 200],
    "v1-removed": [404, 200, 200, 200],
  };
  under("kisiVersions", "status of V1, and of what stays", ofVersions, ({ status }) =>
    Promise.all(lookups.map((name) => status(name))),
  );
  const stores = { shared: [false, false], separate: [false, true], "v1-removed": [true, false] };
  under("kisiVersions", "a V1 write is seen by V2, and outlives its delete", stores, async (world) => {
    world.console.removeKisi();
    await world.status("updateKisiIntegration", { kisiSettings: { apiSecretKey, placeId: 5 } });
    const integration = at(await world.ask("getKisiIntegrationV2"), "orgIntegrationV2");
    await world.ask("deleteKisiIntegrationV2");
    return [integration === null && world.console.kisiV1() === undefined, world.console.kisiV1() !== undefined];
  });

  it("readLagMs: reads of integrations show the data of the seed until the lag has passed", async () => {
    const clock = sinon.useFakeTimers({ now: 1_700_000_000_000, toFake: ["Date"] });
    try {
      const { ask } = await livedIn({ readLagMs: 2000 });
      await ask("deleteGeneaIntegrationV2");
      await ask("deleteKisiIntegrationV2");
      await ask("deleteHoneywellOnGuardIntegration");
      assert.equal(keysAt(await ask("getOrgIntegrationsV2"), "orgIntegrationsV2").length, 3);
      assert.equal(listAt(await ask("listHoneywellOnGuardIntegrations"), "integrations").length, 2);
      clock.tick(2000);
      assert.equal(keysAt(await ask("getOrgIntegrationsV2"), "orgIntegrationsV2").length, 0);
    } finally {
      clock.restore();
    }
  });

  it("are listed by consulted() once an answer may depend on them", async () => {
    const emulator = await start();
    assert.deepEqual([emulator.behaviours.nulls, emulator.consulted()], ["clears", []]);
    await ask(emulator, "findAccessControlGroupsByOrg");
    assert.deepEqual(emulator.consulted(), ["readLagMs", "emptyLists"]);
    emulator.behave({ readLagMs: 1 });
    await ask(emulator, "getGeneaIntegration");
    assert.deepEqual(emulator.consulted(), ["readLagMs", "emptyLists", "notConfigured"]);
  });

  it("rejects names and settings that do not exist", async () => {
    const emulator = await start();
    const wrong: Partial<Behaviours> = JSON.parse('{"nulls":"maybe","color":"red","readLagMs":60001}');
    assert.throws(() => emulator.behave(wrong), /nulls cannot be "maybe".*no behaviour "color".*0 to 60000/);
    await assert.rejects(start({ behaviours: wrong }), TypeError);
    assert.deepEqual(emulator.behaviours, defaultBehaviours);
  });

  it("are read from name=value", () => {
    for (const [name, settings] of Object.entries(behaviourSettings)) {
      for (const setting of settings) assert.deepEqual(parseBehaviour(`${name}=${setting}`), { [name]: setting });
    }
    const odd = ["readLagMs=", "readLagMs=-1", "errorAfterWrites=1.5", "failedDoors=yes"];
    for (const wrong of ["", "nulls", "toString=x", ...odd]) {
      assert.throws(() => parseBehaviour(wrong), TypeError, wrong);
    }
  });
});
