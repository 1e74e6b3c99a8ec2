import assert from "node:assert/strict";
import { campusSeed, livedInSeed } from "../../../provider/emulator";
import { at, closeAll, keysAt, listAt, start } from "./caller";
import { under, World } from "./world";

const { acme } = campusSeed;
const { doors } = acme.genea;
const { apiSecretKey, places } = acme.kisi;
const hq = `${places.headquarters.id}`;
const { rhombusToken, presharedSecret } = livedInSeed.headquartersOnGuard;
const unknown = "A".repeat(22);
const between = {
  doorName: "Between",
  assignedCameraList: [acme.cameras.mainEntrance.uuid, acme.cameras.dockNorth.uuid],
};

describe("emulator: behaviours of OnGuard writes", () => {
  afterEach(closeAll);

  const names = ["Headquarters OnGuard", "Warehouse OnGuard"];
  const displayNames = ({ console }: World) => console.onGuard().map(({ displayName }) => displayName);

  const created = { new: [...names, "Third"], existing: ["Third", "Warehouse OnGuard"] };
  under("onGuardCreate", "deployments after a write without a token", created, async (world) => {
    const answer = await world.writeOnGuard({ displayName: "Third" });
    assert.equal(
      at(answer, "rhombusToken"),
      world.console.onGuard().find((each) => each.displayName === "Third")?.rhombusToken,
    );
    return displayNames(world);
  });
  under("onGuardCreate", "the first deployment is created", { new: 1, existing: 1 }, async (world) => {
    world.console.removeOnGuard();
    await world.writeOnGuard({});
    return world.console.onGuard().length;
  });

  const afterUnknown = { error: [true, false, false], recreate: [false, true, true], mint: [false, false, true] };
  under(
    "onGuardUnknownToken",
    "[error, token as sent, written] after an unknown token",
    afterUnknown,
    async (world) => {
      world.console.removeOnGuard(rhombusToken);
      const answer = await world.writeOnGuard({ rhombusToken });
      assert.notEqual(at(answer, "presharedSecret"), presharedSecret);
      return [at(answer, "error"), at(answer, "rhombusToken") === rhombusToken, world.console.onGuard().length === 2];
    },
  );
  const afterOdd = { error: true, recreate: true, mint: false };
  under("onGuardUnknownToken", "error after a token that is not an RUUID", afterOdd, async (world) =>
    at(await world.writeOnGuard({ rhombusToken: "odd" }), "error"),
  );
  const unknownFlags = { error: true, recreate: false, mint: false };
  under("onGuardUnknownToken", "error after flags of an unknown deployment", unknownFlags, async (world) => {
    const answer = await world.writeFlags({ [unknown]: {} });
    assert.deepEqual([displayNames(world).length, at(answer, "failedGuids")], [2, []]);
    return at(answer, "error");
  });

  under("onGuardList", "status of the listing", { exists: 200, missing: 404 }, ({ status }) =>
    status("listHoneywellOnGuardIntegrations"),
  );

  const written = { replace: ["1:9"], merge: ["1:4", "1:7", "1:9"] };
  under("mapWrites", "doors after a write of one", written, async (world) => {
    await world.writeOnGuard({ rhombusToken, doorInfoMap: { "1:9": {} } });
    return world.onGuardDoors();
  });
  const doorsLeft = { clears: ["1:7"], keeps: ["1:4", "1:7"] };
  under("nulls", "doors after null for one", doorsLeft, async (world) => {
    world.emulator.behave({ mapWrites: "merge" });
    await world.writeOnGuard({ rhombusToken, doorInfoMap: { "1:4": null } });
    return world.onGuardDoors();
  });
  const afterNull = { clears: [null, []], keeps: [names[0], ["1:4", "1:7"]] };
  under("nulls", "display name and doors after null", afterNull, async (world) => {
    await world.writeOnGuard({ rhombusToken, displayName: null, doorInfoMap: null });
    return [world.onGuard().displayName, world.onGuardDoors()];
  });
  under("onGuardDoorsOmitted", "doors after a write without", { kept: ["1:4", "1:7"], cleared: [] }, async (world) => {
    await world.writeOnGuard({ rhombusToken, displayName: "Main" });
    return world.onGuardDoors();
  });

  const omitted = { replace: [null, false, false], merge: [names[0], true, false] };
  under("settingsWrites", "display name, omitted and written flag after a flags update", omitted, async (world) => {
    await world.writeFlags({ [rhombusToken]: { createSeekPoints: false } });
    const { displayName, flags } = world.onGuard();
    return [displayName, flags.saveClips, flags.createSeekPoints];
  });
  under("settingsWrites", "omitted display name", { replace: null, merge: names[0] }, async (world) => {
    await world.writeOnGuard({ rhombusToken });
    return world.onGuard().displayName;
  });

  under("deploymentsOmitted", "deployments after flags of one", { kept: names, removed: [names[0]] }, async (world) => {
    await world.writeFlags({ [rhombusToken]: { displayName: names[0] } });
    return displayNames(world);
  });
  under("deploymentsOmitted", "deployments after an update without a map", { kept: 2, removed: 2 }, async (world) => {
    await world.ask("updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings: { enabled: true } });
    return world.console.onGuard().length;
  });

  const isToken = { token: true, opaque: false };
  under("onGuardKeys", "the key in a read is the token; an update finds it", isToken, async (world) => {
    const row = at(await world.ask("getHoneywellOnGuardIntegration"), "orgIntegrationV2");
    const [key = ""] = keysAt(row, "deploymentToSettingsMap");
    await world.writeFlags({ [key]: { createSeekPoints: false } });
    assert.equal(world.onGuard().flags.createSeekPoints, false);
    return key === rhombusToken;
  });
  under("onGuardUrlReads", "status of an update with a URL", { absent: 400, plain: 200 }, ({ status, onGuard }) => {
    const deploymentToSettingsMap = { [rhombusToken]: { webhookUrl: onGuard().webhookUrl } };
    return status("updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings: { deploymentToSettingsMap } });
  });
});

describe("emulator: behaviours of Genea and Kisi writes", () => {
  afterEach(closeAll);

  const left = { replace: [1, 1], merge: [3, 2] };
  under("mapWrites", "doors of Genea and places of Kisi after a write of one", left, async (world) => {
    await world.writeGenea({ doorInfoMap: { [doors.dock.id]: {} } });
    await world.writeKisi({ placeToSettingsMap: { [hq]: {} } });
    const kisiPlaces = world.console.kisi()?.placeToSettingsMap;
    return [keysAt(world.console.genea(), "doorInfoMap").length, keysAt(kisiPlaces).length];
  });

  const name = { doorName: "Turnstile" };
  const cameras = { assignedCameraList: [acme.cameras.lobby.uuid] };
  under("doorWrites", "a written door", { replace: name, merge: { ...name, ...cameras } }, async (world) => {
    await world.writeGenea({ doorInfoMap: { [doors.lobby.id]: name } });
    return world.console.genea()?.doorInfoMap[doors.lobby.id];
  });
  const locations = { clears: undefined, keeps: acme.locations.robotLab.uuid };
  under("nulls", "location of a door after null", locations, async (world) => {
    await world.writeGenea({ doorInfoMap: { [doors.labEntrance.id]: { ...name, locationUuid: null } } });
    return world.console.genea()?.doorInfoMap[doors.labEntrance.id]?.locationUuid;
  });
  under("nulls", "flag and number of doors after null", { clears: [false, 0], keeps: [true, 2] }, async (world) => {
    await world.writeGenea({ saveClips: null, doorInfoMap: null });
    const { flags, doorInfoMap } = world.console.genea() ?? assert.fail();
    return [flags.saveClips, Object.keys(doorInfoMap).length];
  });
  under("nulls", "authError after null for the vendor key", { clears: true, keeps: false }, async (world) =>
    at(await world.writeGenea({ apiToken: null }), "authError"),
  );

  const stored = [true, false, 0, true];
  const settings = { replace: stored, merge: [true, true, 2, false] };
  under(
    "settingsWrites",
    "written and omitted flag and doors of Genea, authError without key",
    settings,
    async (world) => {
      await world.writeGenea({ indexFaces: true });
      const { flags, doorInfoMap } = world.console.genea() ?? assert.fail();
      const withoutKey = await world.writeGenea({ apiToken: undefined });
      return [flags.indexFaces, flags.saveClips, Object.keys(doorInfoMap).length, at(withoutKey, "authError")];
    },
  );
  const flags = { replace: [false, false], merge: [true, true] };
  under("settingsWrites", "options and flags of a place of Kisi", flags, async (world) => {
    await world.writeKisi({ defaultOptions: {}, placeToSettingsMap: { [hq]: {} } });
    const { defaultOptions, placeToSettingsMap } = world.console.kisi() ?? assert.fail();
    return [defaultOptions.saveClips, placeToSettingsMap[hq]?.flags.createSeekPoints];
  });

  const stays = { kept: [true, true, true], wiped: [true, false, false] };
  under("serverFieldsOmitted", "omitted fields stay; sent ones always do", stays, async (world) => {
    const [before, place] = [world.console.genea(), world.console.kisi()?.placeToSettingsMap[hq]];
    await world.writeGenea({ rhombusToken: before?.rhombusToken });
    await world.writeKisi({ placeToSettingsMap: { [hq]: {} } });
    const [after, written] = [world.console.genea(), world.console.kisi()?.placeToSettingsMap[hq]];
    assert.equal(written?.webhookId, written?.rhombusToken === null ? null : place?.webhookId);
    const isSame = (field: "rhombusToken" | "webhookUuid") => after?.[field] === before?.[field];
    return [isSame("rhombusToken"), isSame("webhookUuid"), written?.rhombusToken === place?.rhombusToken];
  });
  under("serverFieldsOmitted", "the first write generates fields", { kept: true, wiped: true }, async (world) => {
    world.console.removeGenea();
    await world.writeGenea({});
    return Boolean(world.console.genea()?.rhombusToken);
  });

  const failedGuids = {
    false: [[], [], []],
    true: [["nowhere"], ["1", "2"], ["3"]],
  };
  under(
    "failedDoors",
    "failedGuids of writes with unknown doors, places and deployments",
    failedGuids,
    async (world) => {
      const known = `${places.headquarters.doors.lobby.id}`;
      const answers = [
        await world.writeGenea({ doorInfoMap: { nowhere: {}, [doors.dock.id]: {} } }),
        await world.writeKisi({ placeToSettingsMap: { "1": {}, [hq]: { doorInfoMap: { "2": {}, [known]: {} } } } }),
      ];
      const isStored = world.console.genea()?.doorInfoMap.nowhere !== undefined;
      assert.equal(isStored, at(answers[0], "failedGuids", 0) === undefined);
      assert.equal(world.console.kisi()?.placeToSettingsMap[hq]?.doorInfoMap["2"] !== undefined, isStored);
      answers.push(await world.writeKisiV1({ doorInfoMap: { "3": {} } }));
      return answers.map((answer) => at(answer, "failedGuids"));
    },
  );
  const flagAnswers = { false: [true, []], true: [false, [unknown]] };
  under("failedDoors", "flags of an unknown deployment", flagAnswers, async (world) => {
    const answer = await world.writeFlags({ [unknown]: {} });
    return [at(answer, "error"), at(answer, "failedGuids")];
  });
  const gone = { false: undefined, true: undefined };
  under("failedDoors", "null removes a door that Genea no longer has", gone, async (world) => {
    world.emulator.behave({ mapWrites: "merge" });
    world.console.setGeneaDoor("gone", { doorName: "Gone" });
    assert.deepEqual(at(await world.writeGenea({ doorInfoMap: { gone: null } }), "failedGuids"), []);
    return world.console.genea()?.doorInfoMap.gone;
  });

  const outcomes = {
    stored: [false, false, false, false, true],
    refused: [true, true, true, true, false],
  };
  under("misconfiguredDoors", "error of each write, and whether something is stored", outcomes, async (world) => {
    world.console.removeOnGuard();
    world.console.removeGenea();
    world.console.removeKisi();
    const answers = [
      await world.writeGenea({ doorInfoMap: { [doors.lobby.id]: between } }),
      await world.writeKisi({ placeToSettingsMap: { [hq]: { doorInfoMap: { "51001": between } } } }),
      await world.writeKisiV1({ doorInfoMap: { "51001": between } }),
      await world.writeOnGuard({ doorInfoMap: { "1:1": between } }),
    ];
    for (const answer of answers) assert.equal(listAt(answer, "misconfiguredDoors")[0], "Between");
    const { console } = world;
    const isStored = [console.genea(), console.kisi(), console.onGuard()[0]].every((each) => each !== undefined);
    return [...answers.map((answer) => at(answer, "error")), isStored];
  });

  const secondDeletes = { succeeds: [false, false, false], error: [true, true, true] };
  under("deleteUnconfigured", "error of the second delete", secondDeletes, async (world) => {
    const deletes = ["deleteGeneaIntegrationV2", "deleteKisiIntegrationV2", "deleteKisiIntegration"] as const;
    await world.ask("deleteGeneaIntegrationV2");
    await world.ask("deleteKisiIntegrationV2");
    return Promise.all(deletes.map(async (operation) => at(await world.ask(operation), "error")));
  });

  under("kisiV1AfterV2", "error of a V1 write after a V2 write", { written: false, refused: true }, async (world) => {
    const isRefused = at(await world.writeKisiV1({ enabled: false }), "error");
    assert.equal(world.console.kisi()?.enabled, isRefused);
    return isRefused;
  });
  under("kisiV1AfterV2", "V1 writes what it has created itself", { written: false, refused: false }, async (world) => {
    world.console.removeKisi();
    await world.writeKisiV1({ enabled: true });
    return at(await world.writeKisiV1({ enabled: false }), "error");
  });

  const lookups = ["getKisiIntegrationV2", "getKisiPlaces", "getKisiDoors"] as const;
  const statuses = {
    shared: [200, 200, 200, 200],
    separate: [200, 200, 200, 200],
    "v1-removed": [404, 200, 200, 200],
  };
  under("kisiVersions", "status of V1, and of what stays", statuses, ({ status }) =>
    Promise.all([status("getKisiIntegration"), ...lookups.map((name) => status(name))]),
  );

  it("kisiVersions shared: V1 and V2 see, write and delete one row", async () => {
    const world = new World(await start());
    await world.writeKisiV1({ placeId: 5 });
    await world.writeKisi({});
    const settings = at(await world.ask("getKisiIntegration"), "kisiSettings");
    assert.deepEqual([at(settings, "placeId"), at(settings, "migrated")], [5, true]);
    await world.ask("deleteKisiIntegration");
    assert.equal(world.console.kisi(), undefined);
  });

  it("kisiVersions separate: V1 and V2 share no data", async () => {
    const world = new World(await start({ seed: "livedIn", behaviours: { kisiVersions: "separate" } }));
    assert.equal(at(await world.ask("getKisiIntegration"), "kisiSettings"), null);
    await world.writeKisiV1({});
    await world.ask("deleteKisiIntegrationV2");
    assert.deepEqual([world.console.kisi(), world.console.kisiV1()?.apiSecretKey], [undefined, apiSecretKey]);
    await world.ask("deleteKisiIntegration");
    assert.equal(world.console.kisiV1(), undefined);
  });
});
