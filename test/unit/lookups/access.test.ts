import assert from "node:assert/strict";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";
import { calls } from "../../drivers/calls";
import { acmeWith, endRuns, errorOf, run } from "./run";

const { access, cameras, locations, users, orgUuid } = campusSeed.acme;
const { doors, doorLabels, guestPassGrant, schedules } = access;

describe("look-ups of doors of Rhombus Access Control", () => {
  afterEach(endRuns);

  it("find a door by name, at a location where several have the name", async () => {
    await run();
    const { uuid, name } = doors.northGate;
    assert.deepEqual(await rhombus.getAccessControlledDoor({ name: "NORTH gate" }), {
      uuid,
      name,
      locationUuid: locations.headquarters.uuid,
      subType: "RHOMBUS",
    });
    const entrance = { name: doors.warehouseEntrance.name };
    const { message, reason } = await errorOf(rhombus.getAccessControlledDoor(entrance));
    assert.equal(reason, "ambiguous");
    assert.match(
      message,
      /2 doors of Rhombus Access Control have the name "Main entrance": .* at "Warehouse" \(.*Set location/,
    );
    const found = [
      await rhombus.getAccessControlledDoor({ ...entrance, location: "Warehouse" }),
      await rhombus.getAccessControlledDoor({ ...entrance, locationUuid: locations.warehouse.uuid }),
    ];
    assert.deepEqual(new Set(found.map((each) => each.uuid)), new Set([doors.warehouseEntrance.uuid]));
  });

  it("name the location of a door that is elsewhere", async () => {
    await run();
    const { message } = await errorOf(
      rhombus.getAccessControlledDoor({ name: "Truck gate", location: "Headquarters" }),
    );
    assert.match(
      message,
      /No door of Rhombus Access Control at "Headquarters" has the name "Truck gate": there is "Truck gate" at "Warehouse"/,
    );
  });

  it("find several in the order of the arguments, and all doors of a location", async () => {
    await run();
    const names = [doors.southGate.name, doors.northGate.name];
    const { uuids } = await rhombus.getAccessControlledDoors({ names });
    assert.deepEqual(uuids, [doors.southGate.uuid, doors.northGate.uuid]);
    const there = await rhombus.getAccessControlledDoors({ location: "Warehouse" });
    assert.deepEqual([...there.uuids].sort(), [doors.warehouseEntrance.uuid, doors.warehouseGate.uuid].sort());
  });

  it("read all pages, also if the last one is empty", async () => {
    for (const [count, pages] of [
      [99, 1],
      [100, 2],
      [250, 3],
    ] as const) {
      const many = manyDoors(count);
      const emulator = await run({ seed: acmeWith(() => ({ accessControlledDoors: many })) });
      const { uuids } = await rhombus.getAccessControlledDoors();
      assert.deepEqual([...uuids].sort(), many.map(({ uuid }) => uuid).sort());
      assert.equal(calls(emulator).filter((name) => name === "findAccessControlledDoors").length, pages);
      await rhombus.getAccessControlledDoor({ name: `Door ${count - 1}` });
      assert.equal(calls(emulator).filter((name) => name === "findAccessControlledDoors").length, pages);
    }
  });

  it("accept a list that is null or left out as the empty end after a full page", async () => {
    for (const body of [{ accessControlledDoors: null }, {}]) {
      const emulator = await run({ seed: acmeWith(() => ({ accessControlledDoors: manyDoors(100) })) });
      emulator.fail({ operation: "findAccessControlledDoors", skip: 1, with: { kind: "status", status: 200, body } });
      assert.equal((await rhombus.getAccessControlledDoors()).uuids.length, 100);
    }
  });

  it("fail if the answer to a page may be incomplete", async () => {
    const many = manyDoors(150);
    for (const body of [
      { accessControlledDoors: [null], lastEvaluatedKey: null },
      { accessControlledDoors: [], errorMsg: "partly unavailable" },
      { lastEvaluatedKey: "further" },
    ]) {
      const emulator = await run({ seed: acmeWith(() => ({ accessControlledDoors: many })) });
      const operation = "findAccessControlledDoors";
      emulator.fail({ operation, skip: 1, with: { kind: "status", status: 200, body } });
      const { message } = await errorOf(rhombus.getAccessControlledDoors());
      assert.match(message, /the answer may be incomplete/);
    }
  });

  it("fail if a page names itself as the next one", async () => {
    const emulator = await run();
    const body = { accessControlledDoors: [doors.northGate], lastEvaluatedKey: "again" };
    const operation = "findAccessControlledDoors";
    emulator.fail({ operation, times: 9, with: { kind: "status", status: 200, body } });
    const { message } = await errorOf(rhombus.getAccessControlledDoors());
    assert.match(message, /the answer may be incomplete: a page names itself as the next one/);
  });

  it("do not find elevators", async () => {
    const emulator = await run();
    const elevator = { uuid: cameras.lobby.uuid, name: "Lift", type: "AccessControlledElevator" };
    const body = { accessControlledDoors: [elevator, { ...doors.northGate, type: null }] };
    emulator.fail({ operation: "findAccessControlledDoors", with: { kind: "status", status: 200, body } });
    assert.deepEqual((await rhombus.getAccessControlledDoors()).uuids, [doors.northGate.uuid]);
  });
});

describe("look-ups of door labels", () => {
  afterEach(endRuns);

  for (const doorLabelKeys of ["doors", "labels"] as const) {
    it(`find labels with their doors, where the keys are ${doorLabelKeys}`, async () => {
      await run({ behaviours: { doorLabelKeys } });
      const { labels, ids } = await rhombus.getDoorLabels({ labels: ["perimeter", "Visitors"] });
      assert.deepEqual(ids, [doorLabels.perimeter, doorLabels.visitors]);
      const gates = [doors.northGate, doors.southGate, doors.warehouseGate].map(({ uuid }) => uuid);
      assert.deepEqual(
        labels.map(({ doorUuids }) => [...doorUuids].sort()),
        [gates.sort(), [doors.mainEntrance.uuid]],
      );
      assert.deepEqual([...(await rhombus.getDoorLabels()).ids].sort(), ["Perimeter", "Visitors"]);
    });
  }

  it("fail for a label that no door has, with the nearest one", async () => {
    await run();
    const { message } = await errorOf(rhombus.getDoorLabels({ labels: ["Perimetre"] }));
    assert.equal(message, 'getDoorLabels: No door label has the text "Perimetre". Did you mean "Perimeter"?');
  });

  it("fail if the labels of a door are null", async () => {
    const emulator = await run();
    const body = { accessControlledDoorLabels: { [doors.northGate.uuid]: null } };
    const operation = "getAccessControlledDoorLabelsForOrg";
    emulator.fail({ operation, with: { kind: "status", status: 200, body } });
    assert.match((await errorOf(rhombus.getDoorLabels())).message, /the answer may be incomplete/);
  });
});

describe("look-ups of access grants", () => {
  afterEach(endRuns);

  it("find grants by name at a location, but not those of guest passes", async () => {
    const emulator = await run();
    const console = emulator.console(orgUuid);
    const atHeadquarters = {
      name: "Gates",
      locationUuid: locations.headquarters.uuid,
      scheduleUuid: schedules.businessHours.uuid,
      accessControlledDoorUuids: [doors.northGate.uuid],
      userUuids: [users.ada.uuid],
    };
    const uuid = console.addAccessGrant(atHeadquarters);
    const other = console.addAccessGrant({ name: "GATES", locationUuid: locations.warehouse.uuid });
    assert.deepEqual(await rhombus.getAccessGrant({ name: "gates", location: "Headquarters" }), {
      accessControlledElevatorLandingUuids: [],
      doorLabelIds: [],
      groupUuids: [],
      ...atHeadquarters,
      uuid,
    });
    const { grants, uuids } = await rhombus.getAccessGrants();
    assert.deepEqual([uuids, grants[1]?.scheduleUuid], [[uuid, other], undefined]);
    const { message } = await errorOf(rhombus.getAccessGrant({ name: guestPassGrant.name }));
    assert.match(message, /No access grant has the name "Visit of the auditors"\. There are "Gates", "GATES"\./);
  });
});

function manyDoors(length: number) {
  return Array.from({ length }, (_, index) => ({
    uuid: `door${String(index).padStart(17, "0")}A`,
    name: `Door ${index}`,
    locationUuid: locations.headquarters.uuid,
  }));
}
