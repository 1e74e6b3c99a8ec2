import assert from "node:assert/strict";
import sinon from "sinon";
import { type Behaviours, campusSeed, type OperationName } from "../../../provider/emulator";
import { ask, at, call, closeAll, keysAt, start } from "./caller";

const { acme } = campusSeed;
const { apiToken, doors } = acme.genea;
const { apiSecretKey, places } = acme.kisi;
const hq = `${places.headquarters.id}`;

const livedInWith = async (behaviours: Partial<Behaviours>) => {
  const emulator = await start({ seed: "livedIn", behaviours });
  return { emulator, console: emulator.console(acme.orgUuid) };
};

describe("emulator: behaviours of Genea and Kisi writes", () => {
  afterEach(closeAll);

  for (const [mapWrites, count] of [
    ["replace", 1],
    ["merge", 3],
  ] as const) {
    it(`mapWrites ${mapWrites}: one door sent to Genea leaves ${count}`, async () => {
      const { emulator, console } = await livedInWith({ mapWrites });
      const doorInfoMap = { [doors.dock.id]: { doorName: "Dock" } };
      await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken, doorInfoMap } });
      assert.equal(Object.keys(console.genea()?.doorInfoMap ?? {}).length, count);
    });
  }

  for (const [mapWrites, count] of [
    ["replace", 1],
    ["merge", 2],
  ] as const) {
    it(`mapWrites ${mapWrites}: one place sent to Kisi leaves ${count}`, async () => {
      const { emulator, console } = await livedInWith({ mapWrites });
      const placeToSettingsMap = { [hq]: { saveClips: true } };
      await ask(emulator, "updateKisiIntegrationV2", { kisiSettings: { apiSecretKey, placeToSettingsMap } });
      assert.equal(Object.keys(console.kisi()?.placeToSettingsMap ?? {}).length, count);
      assert.equal(console.kisi()?.placeToSettingsMap[hq]?.flags.saveClips, true);
    });
  }

  const { lobby, labEntrance } = doors;
  const name = { doorName: "Turnstile" };

  for (const [doorWrites, door] of [
    ["replace", name],
    ["merge", { ...name, assignedCameraList: [acme.cameras.lobby.uuid] }],
  ] as const) {
    it(`doorWrites ${doorWrites}: a written door has ${Object.keys(door).join(" and ")}`, async () => {
      const { emulator, console } = await livedInWith({ doorWrites });
      const doorInfoMap = { [lobby.id]: name };
      await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken, doorInfoMap } });
      assert.deepEqual(console.genea()?.doorInfoMap, { [lobby.id]: door });
    });
  }

  for (const [nulls, locationUuid] of [
    ["clears", undefined],
    ["keeps", acme.locations.robotLab.uuid],
  ] as const) {
    it(`nulls ${nulls}: null for the location of a door leaves ${locationUuid}`, async () => {
      const { emulator, console } = await livedInWith({ nulls });
      const doorInfoMap = { [labEntrance.id]: { ...name, locationUuid: null } };
      await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken, doorInfoMap } });
      assert.equal(console.genea()?.doorInfoMap[labEntrance.id]?.locationUuid, locationUuid);
    });
  }

  const { mainEntrance, dockNorth } = acme.cameras;
  const between = { doorName: "Between", assignedCameraList: [mainEntrance.uuid, dockNorth.uuid] };
  const misconfigured: readonly (readonly [OperationName, object])[] = [
    ["updateGeneaIntegrationV2", { geneaSettings: { apiToken, doorInfoMap: { [lobby.id]: between } } }],
    [
      "updateKisiIntegrationV2",
      { kisiSettings: { apiSecretKey, placeToSettingsMap: { [hq]: { doorInfoMap: { "51001": between } } } } },
    ],
    ["updateKisiIntegration", { kisiSettings: { apiSecretKey, doorInfoMap: { "51001": between } } }],
  ];

  for (const [operation, body] of misconfigured) {
    for (const misconfiguredDoors of ["stored", "refused"] as const) {
      it(`misconfiguredDoors ${misconfiguredDoors}: applies to ${operation}, and the door is named`, async () => {
        const emulator = await start({ behaviours: { misconfiguredDoors } });
        const isRefused = misconfiguredDoors === "refused";
        const named = { error: isRefused, misconfiguredDoors: ["Between"], failedGuids: [] };
        sinon.assert.match(await ask(emulator, operation, body), named);
        assert.equal(emulator.isEmpty(), isRefused);
      });
    }
  }

  for (const operation of ["deleteGeneaIntegrationV2", "deleteKisiIntegrationV2", "deleteKisiIntegration"] as const) {
    it(`deleteUnconfigured error: the second ${operation} answers an error with a message`, async () => {
      const { emulator } = await livedInWith({ deleteUnconfigured: "error" });
      sinon.assert.match(await ask(emulator, operation), { error: false });
      sinon.assert.match(await ask(emulator, operation), { error: true, errorMsg: sinon.match(/not configured/) });
      emulator.behave({ deleteUnconfigured: "succeeds" });
      sinon.assert.match(await ask(emulator, operation), { error: false });
    });
  }

  for (const kisiV1AfterV2 of ["written", "refused"] as const) {
    it(`kisiV1AfterV2 ${kisiV1AfterV2}: applies to a V1 write after a V2 write`, async () => {
      const { emulator, console } = await livedInWith({ kisiV1AfterV2 });
      const isRefused = kisiV1AfterV2 === "refused";
      const answer = await ask(emulator, "updateKisiIntegration", { kisiSettings: { apiSecretKey, enabled: false } });
      sinon.assert.match(answer, { error: isRefused, authError: false });
      assert.equal(console.kisi()?.enabled, isRefused);
    });
  }

  it("kisiV1AfterV2 refused: V1 can still write an integration that V1 has created", async () => {
    const emulator = await start({ behaviours: { kisiV1AfterV2: "refused" } });
    for (const enabled of [true, false]) {
      const answer = await ask(emulator, "updateKisiIntegration", { kisiSettings: { apiSecretKey, enabled } });
      sinon.assert.match(answer, { error: false });
    }
  });

  it("settingsWrites replace: settings that a Genea write omits are reset, doors included", async () => {
    const { emulator, console } = await livedInWith({ settingsWrites: "replace" });
    await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken, indexFaces: true } });
    sinon.assert.match(console.genea()?.flags, { indexFaces: true, saveClips: false, enabled: true });
    assert.deepEqual(console.genea()?.doorInfoMap, {});
  });

  it("settingsWrites merge: settings that a Genea write omits stay, the API token included", async () => {
    const { emulator, console } = await livedInWith({ settingsWrites: "merge" });
    await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { indexFaces: true } });
    sinon.assert.match(console.genea(), { apiToken, flags: { indexFaces: true, saveClips: true } });
    assert.equal(Object.keys(console.genea()?.doorInfoMap ?? {}).length, 2);
  });

  for (const [settingsWrites, saveClips, createSeekPoints] of [
    ["replace", false, false],
    ["merge", true, true],
  ] as const) {
    it(`settingsWrites ${settingsWrites}: applies to the options and the places of Kisi`, async () => {
      const { emulator, console } = await livedInWith({ settingsWrites });
      const kisiSettings = { apiSecretKey, defaultOptions: {}, placeToSettingsMap: { [hq]: {} } };
      await ask(emulator, "updateKisiIntegrationV2", { kisiSettings });
      assert.equal(console.kisi()?.defaultOptions.saveClips, saveClips);
      assert.equal(console.kisi()?.placeToSettingsMap[hq]?.flags.createSeekPoints, createSeekPoints);
    });
  }

  for (const [settingsWrites, description] of [
    ["replace", null],
    ["merge", "All employees"],
  ] as const) {
    it(`settingsWrites ${settingsWrites}: a group update without a description leaves ${description}`, async () => {
      const { emulator, console } = await livedInWith({ settingsWrites });
      const groupUuid = console.groups()[0]?.uuid;
      await ask(emulator, "updateAccessControlGroup", { groupUuid, name: "All" });
      assert.equal(console.groups()[0]?.description, description);
    });
  }

  for (const [nulls, saveClips, count, description] of [
    ["clears", false, 0, null],
    ["keeps", true, 2, "All employees"],
  ] as const) {
    it(`nulls ${nulls}: null in a Genea and in a group write ${nulls} the stored value`, async () => {
      const { emulator, console } = await livedInWith({ nulls });
      await ask(emulator, "updateGeneaIntegrationV2", {
        geneaSettings: { apiToken, saveClips: null, doorInfoMap: null },
      });
      assert.equal(console.genea()?.flags.saveClips, saveClips);
      assert.equal(Object.keys(console.genea()?.doorInfoMap ?? {}).length, count);
      await ask(emulator, "updateAccessControlGroup", { groupUuid: console.groups()[0]?.uuid, description: null });
      assert.equal(console.groups()[0]?.description, description);
    });
  }

  for (const [nulls, isError] of [
    ["clears", true],
    ["keeps", false],
  ] as const) {
    it(`nulls ${nulls}: null for the vendor key ${isError ? "is an authError" : "keeps the stored one"}`, async () => {
      const { emulator } = await livedInWith({ nulls });
      const answer = await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken: null } });
      sinon.assert.match(answer, { error: isError, authError: isError });
    });
  }

  it("serverFieldsOmitted kept: server fields stay after a write", async () => {
    const { emulator, console } = await livedInWith({ serverFieldsOmitted: "kept" });
    const before = console.genea()?.rhombusToken;
    await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken } });
    assert.equal(console.genea()?.rhombusToken, before);
  });

  it("serverFieldsOmitted wiped: omitted server fields are wiped, sent ones stay", async () => {
    const { emulator, console } = await livedInWith({ serverFieldsOmitted: "wiped" });
    const rhombusToken = console.genea()?.rhombusToken;
    await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken, rhombusToken } });
    const wiped = { webhookUuid: null, webhookSignatureSecret: null, refreshToken: null };
    sinon.assert.match(console.genea(), { rhombusToken, ...wiped });
    await ask(emulator, "updateKisiIntegrationV2", {
      kisiSettings: { apiSecretKey, placeToSettingsMap: { [hq]: {} } },
    });
    sinon.assert.match(console.kisi()?.placeToSettingsMap[hq], { rhombusToken: null, webhookId: null });
  });

  it("serverFieldsOmitted wiped: the first write still generates server fields", async () => {
    const emulator = await start({ behaviours: { serverFieldsOmitted: "wiped" } });
    await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken } });
    assert.notEqual(emulator.console(acme.orgUuid).genea()?.rhombusToken, null);
  });

  it("failedDoors: unknown doors of a Genea write are named, the others are stored", async () => {
    const { emulator, console } = await livedInWith({ failedDoors: true });
    const doorInfoMap = { nowhere: { doorName: "?" }, [doors.dock.id]: { doorName: "Dock" } };
    const answer = await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken, doorInfoMap } });
    sinon.assert.match(answer, { error: false, failedGuids: ["nowhere"] });
    assert.deepEqual(console.genea()?.doorInfoMap, { [doors.dock.id]: { doorName: "Dock" } });
  });

  it("failedDoors: unknown places and doors of a Kisi write are named, the others are stored", async () => {
    const { emulator, console } = await livedInWith({ failedDoors: true });
    const known = `${places.headquarters.doors.lobby.id}`;
    const placeToSettingsMap = { "1": {}, [hq]: { doorInfoMap: { "2": {}, [known]: {} } } };
    const answer = await ask(emulator, "updateKisiIntegrationV2", {
      kisiSettings: { apiSecretKey, placeToSettingsMap },
    });
    sinon.assert.match(answer, { error: false, failedGuids: ["1", "2"] });
    assert.deepEqual(Object.keys(console.kisi()?.placeToSettingsMap[hq]?.doorInfoMap ?? {}), [known]);
    const v1 = { kisiSettings: { apiSecretKey, doorInfoMap: { "3": {} } } };
    assert.deepEqual(at(await ask(emulator, "updateKisiIntegration", v1), "failedGuids"), ["3"]);
  });

  it("failedDoors: null removes a door that Genea no longer has", async () => {
    const { emulator, console } = await livedInWith({ failedDoors: true, mapWrites: "merge" });
    console.setGeneaDoor("gone", { doorName: "Gone" });
    const doorInfoMap = { gone: null };
    const answer = await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken, doorInfoMap } });
    sinon.assert.match(answer, { error: false, failedGuids: [] });
    assert.equal(console.genea()?.doorInfoMap.gone, undefined);
  });

  it("kisiVersions shared: V1 and V2 see and delete the same row", async () => {
    const { emulator, console } = await livedInWith({ kisiVersions: "shared" });
    const settings = at(await ask(emulator, "getKisiIntegration"), "kisiSettings");
    assert.deepEqual(keysAt(settings, "placeToSettingsMap"), [hq, `${places.robotLab.id}`]);
    assert.equal(at(settings, "migrated"), true);
    await ask(emulator, "deleteKisiIntegration");
    assert.equal(console.kisi(), undefined);
  });

  it("kisiVersions shared: a V2 write leaves the fields of V1", async () => {
    const emulator = await start();
    await ask(emulator, "updateKisiIntegration", { kisiSettings: { apiSecretKey, placeId: 5 } });
    await ask(emulator, "updateKisiIntegrationV2", { kisiSettings: { apiSecretKey } });
    sinon.assert.match(at(await ask(emulator, "getKisiIntegration"), "kisiSettings"), { placeId: 5, migrated: true });
  });

  it("kisiVersions separate: V1 and V2 share no data", async () => {
    const { emulator, console } = await livedInWith({ kisiVersions: "separate" });
    assert.equal(at(await ask(emulator, "getKisiIntegration"), "kisiSettings"), null);
    await ask(emulator, "updateKisiIntegration", { kisiSettings: { apiSecretKey } });
    await ask(emulator, "deleteKisiIntegrationV2");
    assert.deepEqual([console.kisi(), console.kisiV1()?.apiSecretKey], [undefined, apiSecretKey]);
    await ask(emulator, "deleteKisiIntegration");
    assert.equal(console.kisiV1(), undefined);
  });

  it("kisiVersions v1-removed: the V1 operations answer 404, their look-ups and V2 do not", async () => {
    const { emulator } = await livedInWith({ kisiVersions: "v1-removed" });
    for (const name of ["updateKisiIntegration", "getKisiIntegration", "deleteKisiIntegration"] as const) {
      assert.equal((await call(emulator, name)).status, 404, name);
    }
    for (const name of ["getKisiIntegrationV2", "getKisiPlaces", "getKisiDoors"] as const) {
      assert.equal((await call(emulator, name)).status, 200, name);
    }
  });
});
