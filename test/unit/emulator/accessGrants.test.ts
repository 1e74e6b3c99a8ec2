import assert from "node:assert/strict";
import sinon from "sinon";
import { type Behaviours, campusSeed, newRuuid } from "../../../provider/emulator";
import { ask, at, call, closeAll, listAt, start, textAt } from "./caller";

const { acme } = campusSeed;
const { doors, doorLabels, elevatorLandings, schedules, guestPassGrant } = acme.access;
const { ada, ben, deleted } = acme.users;
const locationUuid = acme.locations.headquarters.uuid;
const none = newRuuid();

const sets = [
  "accessControlledDoorUuids",
  "accessControlledElevatorLandingUuids",
  "doorLabelIds",
  "groupUuids",
  "userUuids",
] as const;

async function emulated(behaviours: Partial<Behaviours> = {}) {
  const emulator = await start({ behaviours });
  const console = emulator.console(acme.orgUuid);
  const groupUuid = console.addGroup({ name: "Engineers", userUuids: [ada.uuid] });
  const everything = {
    name: "Engineers by day",
    locationUuid,
    scheduleUuid: schedules.businessHours.uuid,
    accessControlledDoorUuids: [doors.northGate.uuid],
    accessControlledElevatorLandingUuids: [elevatorLandings.lobby],
    doorLabelIds: [doorLabels.visitors],
    groupUuids: [groupUuid],
    userUuids: [ben.uuid],
  };
  return {
    emulator,
    console,
    groupUuid,
    everything,
    create: (grant: object) =>
      ask(emulator, "createAccessGrant", { accessGrant: { name: "A", locationUuid, ...grant } }),
    update: (grant: object) => ask(emulator, "updateAccessGrant", { accessGrant: grant }),
    read: async (accessGrantUuid: string) =>
      at(await ask(emulator, "getLocationAccessGrant", { accessGrantUuid }), "accessGrant"),
    stored: (uuid: string) => console.accessGrants().find((each) => each.uuid === uuid),
  };
}

describe("emulator: access grants", () => {
  afterEach(closeAll);

  it("creates a grant, shows what it stores in every read, and lists it among those of guest passes", async () => {
    const { emulator, create, read, everything } = await emulated();
    const answer = await create(everything);
    const uuid = textAt(answer, "accessGrant", "uuid");
    sinon.assert.match(at(answer, "accessGrant"), { ...everything, mode: "DEFAULT", locationGuestPassUuids: [] });
    assert.deepEqual(await read(uuid), at(answer, "accessGrant"));
    const listed = listAt(await ask(emulator, "findLocationAccessGrantsByOrg"), "accessGrants");
    assert.deepEqual(
      listed.map((each) => at(each, "uuid")),
      [guestPassGrant.uuid, uuid],
    );
    assert.deepEqual(listed[1], at(answer, "accessGrant"));
    assert.equal(await read(none), null);
  });

  it("names the doors whose licence is expired or unassigned, also those that a label names", async () => {
    const { create } = await emulated();
    const accessControlledDoorUuids = [doors.serverRoom.uuid, doors.mainEntrance.uuid];
    const answer = await create({ accessControlledDoorUuids, doorLabelIds: [doorLabels.perimeter] });
    assert.deepEqual(
      [at(answer, "expiredACDLicensesDoorUuids"), at(answer, "unassignedACDLicensesDoorUuids"), at(answer, "error")],
      [[doors.serverRoom.uuid], [doors.warehouseGate.uuid], false],
    );
  });

  it("stores sets, in which an id is once and the order is lost", async () => {
    const { create } = await emulated();
    const sent = ["b", "a", "b", "c", null];
    assert.deepEqual(at(await create({ doorLabelIds: sent }), "accessGrant", "doorLabelIds"), ["a", "b", "c"]);
  });

  it("needs a name and a location", async () => {
    const { create } = await emulated();
    for (const body of [{ name: " " }, { name: null }, { locationUuid: null }]) {
      assert.match(textAt(await create(body), "errorMsg"), /name and a location/);
    }
  });

  it("updates the whole grant: what is omitted is reset or stays, and null clears or keeps", async () => {
    for (const [behaviours, omitted, sentNull] of [
      [{}, "cleared", "cleared"],
      [{ settingsWrites: "merge" }, "kept", "cleared"],
      [{ nulls: "keeps" }, "cleared", "kept"],
    ] as const) {
      const { console, update, everything, stored } = await emulated(behaviours);
      const uuid = console.addAccessGrant({ ...everything, mode: "GUEST_PASS_INDIVIDUAL" });
      const before = stored(uuid) ?? assert.fail();
      const cleared = {
        ...before,
        ...Object.fromEntries(sets.map((set) => [set, []])),
        scheduleUuid: null,
        mode: "DEFAULT",
      };
      await update({ uuid });
      assert.deepEqual(stored(uuid), omitted === "kept" ? before : cleared);
      console.setAccessGrant(uuid, before);
      await update({
        ...before,
        ...Object.fromEntries(sets.map((set) => [set, null])),
        scheduleUuid: null,
        locationGuestPassUuids: null,
        mode: "DEFAULT",
      });
      assert.deepEqual(stored(uuid), sentNull === "kept" ? { ...before, mode: "DEFAULT" } : cleared);
      await update({ ...before, userUuids: [], doorLabelIds: ["New", "New"], name: "Renamed" });
      assert.deepEqual(stored(uuid), { ...before, userUuids: [], doorLabelIds: ["New"], name: "Renamed" });
    }
  });

  it("takes back what it has shown, and ignores the fields that only the server sets", async () => {
    const { console, update, everything, read, stored } = await emulated();
    const uuid = console.addAccessGrant(everything);
    const before = stored(uuid);
    const shown = (await read(uuid)) ?? {};
    assert.deepEqual(Object.keys(shown).length, 16);
    const others = { ...shown, orgUuid: none, createdAtMillis: 1, updatedAtMillis: 1, sortKey: "x", storedInS3: true };
    const answer = at(await update(others), "accessGrant");
    assert.deepEqual(stored(uuid), before);
    for (const field of ["orgUuid", "createdAtMillis", "sortKey", "storedInS3"]) {
      assert.equal(at(answer, field), at(shown, field), field);
    }
  });

  for (const [unknownInGrants, error, set] of [
    ["stored", false, { accessControlledDoorUuids: [none], groupUuids: [none], scheduleUuid: none }],
    ["skipped", false, { accessControlledDoorUuids: [], groupUuids: [], scheduleUuid: null }],
    ["refused", true, undefined],
  ] as const) {
    it(`unknownInGrants ${unknownInGrants}: ids of nothing, of deleted users included`, async () => {
      const { create, stored, console } = await emulated({ unknownInGrants });
      const known = { doorLabelIds: ["On no door"], accessControlledElevatorLandingUuids: [elevatorLandings.lobby] };
      assert.equal(at(await create(known), "error"), false);
      for (const sent of [
        { accessControlledDoorUuids: [none] },
        { accessControlledElevatorLandingUuids: [none] },
        { userUuids: [deleted.uuid] },
        { scheduleUuid: none },
      ]) {
        assert.equal(at(await create(sent), "error"), error);
      }
      const unknown = { accessControlledDoorUuids: [none], groupUuids: [none], scheduleUuid: none };
      const answer = await create({ name: "B", ...unknown });
      if (set === undefined) assert.ok(console.accessGrants().every(({ name }) => name !== "B"));
      else sinon.assert.match(stored(textAt(answer, "accessGrant", "uuid")), set);
    });
  }

  it("grantNames: stores a second grant with the name at a location, or refuses it without regard to case", async () => {
    for (const [grantNames, isRefused] of [
      ["duplicates", false],
      ["unique", true],
    ] as const) {
      const { create, update, console, everything } = await emulated({ grantNames });
      const uuid = console.addAccessGrant(everything);
      assert.equal(at(await create({ name: everything.name.toUpperCase() }), "error"), isRefused);
      const elsewhere = { name: everything.name, locationUuid: acme.locations.warehouse.uuid };
      assert.equal(at(await create(elsewhere), "error"), false);
      assert.equal(at(await update({ uuid, name: everything.name.toUpperCase() }), "error"), false);
    }
  });

  it("deletes a grant; deleteMissing and missingWrites answer for one that does not exist", async () => {
    const { emulator, console, everything, update, stored } = await emulated();
    const accessGrantUuid = console.addAccessGrant(everything);
    const remove = (uuid: string) => call(emulator, "deleteLocationAccessGrant", { accessGrantUuid: uuid });
    assert.deepEqual((await remove(accessGrantUuid)).body, {});
    assert.equal(stored(accessGrantUuid), undefined);
    assert.equal((await remove(accessGrantUuid)).status, 200);
    assert.match(textAt(await update({ uuid: none, name: "A" }), "errorMsg"), /not exist/);
    emulator.behave({ deleteMissing: "error", missingWrites: "ignored" });
    assert.equal((await remove(accessGrantUuid)).status, 404);
    sinon.assert.match(await update({ uuid: none, name: "A" }), { error: false, accessGrant: null });
  });

  it("shows the empty sets of a grant by emptyLists", async () => {
    for (const [emptyLists, shown] of [
      ["array", []],
      ["null", null],
      ["absent", undefined],
    ] as const) {
      const { console, read } = await emulated({ emptyLists });
      const uuid = console.addAccessGrant({ name: "Empty", locationUuid });
      const grant = await read(uuid);
      assert.deepEqual(
        sets.map((set) => at(grant, set)),
        sets.map(() => shown),
      );
    }
  });

  it("loses a group that is deleted, by a call or by hand, and so does a revocation", async () => {
    const { emulator, console, everything, groupUuid, stored } = await emulated();
    const other = console.addGroup({ name: "Others" });
    const groupUuids = [groupUuid, other];
    const uuid = console.addAccessGrant({ ...everything, groupUuids });
    console.addAccessRevocation({ name: "Banned", locationUuid, groupUuids });
    const inRevocation = () => console.accessRevocations().at(-1)?.groupUuids;
    await ask(emulator, "deleteAccessControlGroup", { groupUuid });
    assert.deepEqual([stored(uuid)?.groupUuids, inRevocation()], [[other], [other]]);
    console.removeGroup(other);
    assert.deepEqual([stored(uuid)?.groupUuids, inRevocation()], [[], []]);
  });

  it("shows the state of readLagMs ago in reads of grants, schedules, doors and labels", async () => {
    const { emulator, console, everything } = await emulated({ readLagMs: 60_000 });
    const answers = () =>
      Promise.all(
        (
          [
            "findLocationAccessGrantsByOrg",
            "findLocationAccessRevocationsByOrg",
            "findSchedules",
            "getSchedules",
            "getScheduleData",
            "findAccessControlledDoors",
            "getAccessControlledDoorLabelsForOrg",
          ] as const
        ).map((operation) => ask(emulator, operation)),
      );
    const before = await answers();
    const uuid = console.addAccessGrant(everything);
    console.addAccessRevocation(everything);
    console.addSchedule({ name: "Nights" });
    console.addAccessControlledDoor({ name: "Annex", locationUuid, labels: ["Annex"] });
    assert.deepEqual(await answers(), before);
    assert.equal(at(await ask(emulator, "getLocationAccessGrant", { accessGrantUuid: uuid }), "accessGrant"), null);
    emulator.behave({ readLagMs: 0 });
    const after = await answers();
    for (const [index, answer] of before.entries()) assert.notDeepEqual(after[index], answer);
  });

  it("names grants that guest management did not make among what remains, and saves all", async () => {
    const { emulator, console, everything } = await emulated();
    console.addAccessGrant(everything);
    assert.deepEqual(emulator.remains(), [
      'Acme Robotics: access grant "Engineers by day"',
      'Acme Robotics: access control group "Engineers"',
    ]);
    const copy = await start({ seed: JSON.parse(JSON.stringify(emulator.save())) });
    for (const operation of ["findLocationAccessGrantsByOrg", "findLocationAccessRevocationsByOrg"] as const) {
      assert.deepEqual(await ask(copy, operation), await ask(emulator, operation));
    }
  });
});

describe("emulator: access revocations", () => {
  afterEach(closeAll);

  it("creates, reads, updates and deletes a revocation, which has no mode and no guest passes", async () => {
    const { emulator, everything, console } = await emulated();
    const created = at(
      await ask(emulator, "createAccessRevocation", { accessRevocation: everything }),
      "accessRevocation",
    );
    sinon.assert.match(created, everything);
    assert.deepEqual(
      ["mode", "locationGuestPassUuids"].map((field) => at(created, field)),
      [undefined, undefined],
    );
    const accessRevocationUuid = textAt(created, "uuid");
    const read = await ask(emulator, "getLocationAccessRevocation", { accessRevocationUuid });
    assert.deepEqual(at(read, "accessRevocation"), created);
    await ask(emulator, "updateAccessRevocation", {
      accessRevocation: { ...everything, uuid: accessRevocationUuid, userUuids: [] },
    });
    assert.deepEqual(console.accessRevocations().at(-1), { ...everything, uuid: accessRevocationUuid, userUuids: [] });
    await ask(emulator, "deleteLocationAccessRevocation", { accessRevocationUuid });
    assert.equal(console.accessRevocations().length, 1);
    const withMode = { accessRevocation: { ...everything, mode: "DEFAULT" } };
    assert.equal((await call(emulator, "createAccessRevocation", withMode)).status, 400);
  });

  it("is changed by the console", async () => {
    const { console } = await emulated();
    const uuid = console.addAccessRevocation({ name: "Banned", locationUuid });
    console.setAccessRevocation(uuid, { userUuids: [ada.uuid] });
    assert.deepEqual(console.accessRevocations().at(-1)?.userUuids, [ada.uuid]);
    console.removeAccessRevocation(uuid);
    assert.throws(() => console.setAccessRevocation(uuid, { name: "x" }), /has no such object/);
    assert.throws(() => console.setAccessGrant(uuid, { name: "x" }), /has no such object/);
  });
});
