import assert from "node:assert/strict";
import { campusSeed, type OrganizationConsole } from "../../../provider/emulator";
import { begin, endAll } from "../../drivers/stack";
import { grant, group } from "../declared";

const { access, locations, users } = campusSeed.acme;
const { doors, doorLabels, guestPassGrant } = access;

/** The names and locations of the grants that Pulumi may manage. */
function placesIn(console: OrganizationConsole): string[] {
  const grants = console.accessGrants().filter(({ mode }) => mode === "DEFAULT");
  return grants.map(({ name, locationUuid }) => `${name} ${nameOf(locationUuid)}`);
}

function nameOf(locationUuid: string): string | undefined {
  return Object.values(locations).find(({ uuid }) => uuid === locationUuid)?.name;
}

const atWarehouse = { locationUuid: locations.warehouse.uuid };

describe("an access grant: its replacement at another location", () => {
  afterEach(endAll);

  it("leaves the old grant if the new one cannot be created", async () => {
    const { emulator, stack, console } = await begin();
    await stack.up({ it: grant() });
    emulator.fail({ operation: "createAccessGrant", with: { kind: "errorEnvelope", errorMsg: "no", when: "before" } });
    await assert.rejects(stack.up({ it: grant(atWarehouse) }), /createAccessGrant failed/);
    assert.deepEqual(placesIn(console), ["Gates Headquarters"]);
  });

  it("leaves both grants if the old one cannot be deleted, and the next run deletes it", async () => {
    const { emulator, stack, console } = await begin();
    await stack.up({ it: grant() });
    emulator.fail({ operation: "deleteLocationAccessGrant", with: { kind: "status", status: 403, when: "before" } });
    await assert.rejects(stack.up({ it: grant(atWarehouse) }), /deleteLocationAccessGrant failed/);
    assert.deepEqual(placesIn(console), ["Gates Headquarters", "Gates Warehouse"]);
    await stack.up({ it: grant(atWarehouse) });
    assert.deepEqual(placesIn(console), ["Gates Warehouse"]);
  });

  it("is refused if the new location has a grant of the name, before anything changes", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: grant() });
    console.addAccessGrant({ name: "GATES", ...atWarehouse });
    await assert.rejects(stack.up({ it: grant(atWarehouse) }), /it already exists in Rhombus/);
    assert.deepEqual(placesIn(console), ["Gates Headquarters", "GATES Warehouse"]);
  });
});

describe("an access grant: one that was moved outside Pulumi", () => {
  afterEach(endAll);

  it("is not replaced at the location at which it is already, and a refresh shows that nothing is left to do", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: grant() });
    console.setAccessGrant(stack.stored("it").id, atWarehouse);
    await assert.rejects(
      stack.up({ it: grant(atWarehouse) }),
      /^Error: Run `pulumi refresh` if it was changed outside Pulumi\. Otherwise, declare another name .* was not replaced\./,
    );
    await stack.refresh();
    assert.deepEqual(await stack.up({ it: grant(atWarehouse) }), { it: "same" });
    assert.deepEqual(placesIn(console), ["Gates Warehouse"]);
  });

  it("is the object of two resources if another one declares its name at its location", async () => {
    const { stack } = await begin();
    await stack.up({ it: grant() });
    await assert.rejects(
      stack.up({ it: grant(), other: grant() }),
      /Two AccessGrant resources of this program manage the same object/,
    );
  });
});

describe("an access grant: its name", () => {
  afterEach(endAll);

  it("may be the same at two locations", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: grant(), other: grant(atWarehouse) });
    assert.deepEqual(placesIn(console).sort(), ["Gates Headquarters", "Gates Warehouse"]);
  });

  it("is not that of another grant of the location", async () => {
    const { stack } = await begin();
    await assert.rejects(
      stack.up({ it: grant(), other: grant({ name: "GATES " }) }),
      /the access grant "GATES" at the location/,
    );
  });
});

describe("an access grant: those of guest passes", () => {
  afterEach(endAll);

  const { uuid: id, name } = guestPassGrant;

  it("are not adopted, and do not take a name", async () => {
    const { stack, console } = await begin();
    const before = console.accessGrants().find(({ uuid }) => uuid === id);
    await stack.up({ it: grant({ name, adopt: true }) });
    assert.deepEqual(placesIn(console), [`${name} Headquarters`]);
    assert.deepEqual(
      console.accessGrants().find(({ uuid }) => uuid === id),
      before,
    );
  });

  it("are not read by their id", async () => {
    const { stack } = await begin();
    await assert.rejects(stack.get("AccessGrant", id), /AccessGrant\.get found nothing with the id/);
  });

  it("stay in the state if a grant in it becomes one", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: grant() });
    console.setAccessGrant(stack.stored("it").id, { mode: "GUEST_PASS_INDIVIDUAL" });
    assert.deepEqual(await stack.refresh(), []);
  });

  it("keep their guest passes when the grant that has them is changed", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: grant() });
    const locationGuestPassUuids = ["Vjmi9OovRXGd_8_Myo99FQ"];
    console.setAccessGrant(stack.stored("it").id, { locationGuestPassUuids });
    await stack.up({ it: grant({ name: "Yard" }) });
    const [after] = console.accessGrants().filter(({ mode }) => mode === "DEFAULT");
    assert.deepEqual([after?.name, after?.locationGuestPassUuids], ["Yard", locationGuestPassUuids]);
  });
});

describe("an access grant: doors without a valid licence", () => {
  afterEach(endAll);

  const warning = (names: string) =>
    `warning: rhombus: the access grant "Gates" at the location ${locations.headquarters.uuid}: these doors let nobody in ` +
    `until their access control licence is mended in the Rhombus console: ${names}.`;

  it("are named in a warning when the grant is created or changed", async () => {
    const { stack } = await begin();
    const accessControlledDoorUuids = [doors.northGate.uuid, doors.serverRoom.uuid];
    await stack.up({ it: grant({ accessControlledDoorUuids }) });
    assert.deepEqual(stack.warnings, [warning('"Server room" (expired)')]);
    await stack.up({ it: grant({ accessControlledDoorUuids, doorLabelIds: [doorLabels.perimeter] }) });
    assert.deepEqual(stack.warnings, [warning('"Server room" (expired), "Truck gate" (not assigned)')]);
    await stack.up({ it: grant() });
    assert.deepEqual(stack.warnings, []);
  });

  it("are named by their ids if the key may not list doors", async () => {
    const { emulator, stack } = await begin();
    emulator.fail({ operation: "findAccessControlledDoors", with: { kind: "status", status: 403, when: "before" } });
    await stack.up({ it: grant({ accessControlledDoorUuids: [doors.serverRoom.uuid] }) });
    assert.deepEqual(stack.warnings, [warning(`${doors.serverRoom.uuid} (expired)`)]);
  });
});

describe("an access grant: in an organization without others", () => {
  afterEach(endAll);

  async function alone(emptyLists: "null" | "absent") {
    const begun = await begin();
    const { emulator, stack, console } = begun;
    await stack.up({ it: grant() });
    console.removeAccessGrant(guestPassGrant.uuid);
    emulator.behave({ emptyLists });
    return begun;
  }

  for (const emptyLists of ["null", "absent"] as const) {
    it(`is deleted, and its read proves that it is gone, where an empty list is ${emptyLists}`, async () => {
      const { stack, console } = await alone(emptyLists);
      await stack.destroy();
      assert.deepEqual(console.accessGrants(), []);
    });

    it(`is found to be gone where an empty list is ${emptyLists}`, async () => {
      const { stack, console } = await alone(emptyLists);
      console.removeAccessGrant(stack.stored("it").id);
      assert.deepEqual(await stack.refresh(), ["it"]);
    });

    it(`is not created where an empty list is ${emptyLists}, because nothing proves that its name is free`, async () => {
      const { stack, console } = await alone(emptyLists);
      await stack.destroy();
      await assert.rejects(stack.up({ it: grant() }), /the answer may be incomplete: "accessGrants" is/);
      assert.deepEqual(console.accessGrants(), []);
    });
  }
});

describe("an access grant: groups", () => {
  afterEach(endAll);

  it("may be those of the program, by their ids", async () => {
    const { stack, console } = await begin();
    const staff = group({ userUuids: [users.ada.uuid] });
    await stack.up({ staff });
    const groupUuids = [stack.stored("staff").id];
    await stack.up({ staff, it: grant({ userUuids: undefined, groupUuids }) });
    const [created] = console.accessGrants().filter(({ mode }) => mode === "DEFAULT");
    assert.deepEqual([created?.groupUuids, created?.userUuids], [groupUuids, []]);
  });
});
