import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, type Emulator, newRuuid } from "../../../provider/emulator";
import { ask, at, call, closeAll, listAt, start } from "./caller";

const { acme } = campusSeed;
const { doors } = acme.access;
const { headquarters, warehouse } = acme.locations;

/** The uuids of all doors, page by page. */
async function pagesOf(emulator: Emulator, body: object, operation: Finder = "findAccessControlledDoors") {
  const pages: unknown[][] = [];
  for (let lastEvaluatedKey: unknown = null; ; ) {
    const answer = await ask(emulator, operation, { ...body, lastEvaluatedKey });
    pages.push(listAt(answer, "accessControlledDoors").map((door) => at(door, "uuid")));
    lastEvaluatedKey = at(answer, "lastEvaluatedKey");
    if (lastEvaluatedKey === null) return pages;
  }
}

type Finder = "findAccessControlledDoors" | "findAccessControlledDoorsByLocation";

const uuidsOf = (listed: readonly { readonly uuid: string }[]) => listed.map(({ uuid }) => uuid).sort();

describe("emulator: doors of Rhombus Access Control", () => {
  afterEach(closeAll);

  it("lists all doors, or those of a location, with the fields of the schema", async () => {
    const emulator = await start();
    const all = Object.values(doors);
    assert.deepEqual(await pagesOf(emulator, {}), [uuidsOf(all)]);
    const found = await pagesOf(emulator, { locationUuid: warehouse.uuid }, "findAccessControlledDoorsByLocation");
    assert.deepEqual(found, [uuidsOf([doors.warehouseEntrance, doors.warehouseGate])]);
    const listed = listAt(await ask(emulator, "findAccessControlledDoors"), "accessControlledDoors");
    sinon.assert.match(
      listed.find((door) => at(door, "uuid") === doors.mainEntrance.uuid),
      {
        name: "Main entrance",
        type: "AccessControlledDoor",
        subType: "RHOMBUS",
        locationUuid: headquarters.uuid,
        associatedCameras: [`${acme.cameras.mainEntrance.uuid}.v0`],
      },
    );
  });

  it("lists doors in pages, of which a full last one is followed by an empty one", async () => {
    const emulator = await start();
    const all = uuidsOf(Object.values(doors));
    const sizes = async (maxPageSize: number) => (await pagesOf(emulator, { maxPageSize })).map(({ length }) => length);
    assert.deepEqual(await sizes(all.length - 1), [all.length - 1, 1]);
    assert.deepEqual(await sizes(all.length), [all.length, 0]);
    assert.deepEqual((await pagesOf(emulator, { maxPageSize: 1 })).flat(), all);
    for (let count = 0; count < 100; count++) {
      emulator.console(acme.orgUuid).addAccessControlledDoor({ name: "Locker", locationUuid: headquarters.uuid });
    }
    assert.deepEqual(
      (await pagesOf(emulator, {})).map(({ length }) => length),
      [100, all.length],
    );
    assert.equal((await call(emulator, "findAccessControlledDoors", { maxPageSize: 0 })).status, 400);
  });

  for (const [doorLabelKeys, expected] of [
    ["doors", { [doors.serverRoom.uuid]: ["Staff only", "Visitors"], [doors.mainEntrance.uuid]: ["Visitors"] }],
    ["labels", { "Staff only": [doors.serverRoom.uuid], Visitors: [doors.mainEntrance.uuid, doors.serverRoom.uuid] }],
  ] as const) {
    it(`doorLabelKeys ${doorLabelKeys}: lists labels that were added to doors and not removed`, async () => {
      const emulator = await start({ behaviours: { doorLabelKeys } });
      const console = emulator.console(acme.orgUuid);
      for (const { uuid, labels } of console.accessControlledDoors()) {
        const accessControlledDoorUuid = uuid;
        for (const label of labels) {
          await ask(emulator, "removeAccessControlledDoorLabel", { accessControlledDoorUuid, label });
        }
      }
      const add = async (accessControlledDoorUuid: string, label: string) =>
        assert.deepEqual(await ask(emulator, "addAccessControlledDoorLabel", { accessControlledDoorUuid, label }), {});
      await add(doors.serverRoom.uuid, "Staff only");
      await add(doors.serverRoom.uuid, "Visitors");
      await add(doors.serverRoom.uuid, "Visitors");
      await add(doors.mainEntrance.uuid, "Visitors");
      const listed = at(await ask(emulator, "getAccessControlledDoorLabelsForOrg"), "accessControlledDoorLabels");
      assert.deepEqual(sortedIn(listed), sortedIn(expected));
    });
  }

  it("refuses a label without a text, and answers for no door by missingWrites", async () => {
    const emulator = await start();
    const status = async (body: object) => (await call(emulator, "addAccessControlledDoorLabel", body)).status;
    const none = { accessControlledDoorUuid: newRuuid(), label: "Visitors" };
    assert.equal(await status({ accessControlledDoorUuid: doors.serverRoom.uuid, label: " " }), 400);
    assert.equal(await status(none), 404);
    emulator.behave({ missingWrites: "ignored" });
    assert.equal(await status(none), 200);
  });

  it("saves doors and landings, and does not name them among what remains", async () => {
    const emulator = await start();
    const console = emulator.console(acme.orgUuid);
    const uuid = console.addAccessControlledDoor({ name: "Annex", locationUuid: headquarters.uuid });
    console.setAccessControlledDoor(uuid, { labels: ["Annex"], licence: "expired" });
    console.removeAccessControlledDoor(doors.serverRoom.uuid);
    const other = await start({ seed: JSON.parse(JSON.stringify(emulator.save())) });
    assert.deepEqual(other.console(acme.orgUuid).accessControlledDoors(), console.accessControlledDoors());
    assert.deepEqual(other.save(), emulator.save());
    assert.deepEqual(emulator.remains(), []);
  });
});

function sortedIn(lists: unknown): object {
  const entries = Object.entries(lists ?? {}).map(([key, list]): [string, unknown] => [key, [...list].sort()]);
  return Object.fromEntries(entries);
}
