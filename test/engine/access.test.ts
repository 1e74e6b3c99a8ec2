import assert from "node:assert/strict";
import * as rhombus from "../../provider";
import { campusSeed, type Emulator } from "../../provider/emulator";
import { itLong } from "../longRun";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

const { access, locations, users } = campusSeed.acme;

/** The parts of the program that the tests change. */
interface Parts {
  /** The location of the grant. */
  readonly location?: "headquarters" | "warehouse";
  /** The name of the schedule and of its resource. */
  readonly schedule?: string;
  /** The location of the group, as an RUUID. */
  readonly groupLocation?: string;
  /** The ids that the grant names, in place of references. */
  readonly ids?: { readonly group: string; readonly schedule: string };
}

describe("access to a location from nothing to destroy", function () {
  this.timeout(90_000);
  const fixture = useFixture();
  const moved = { schedule: "late", location: "warehouse" } as const;
  const grants = () => fixture.console.accessGrants().filter(({ mode }) => mode === "DEFAULT");
  const placesOf = () => grants().map(({ locationUuid }) => locationUuid);
  const schedules = () =>
    fixture.console.schedules().filter(({ mutable, absoluteIntervals }) => mutable && !absoluteIntervals);
  const scheduleNamed = () => schedules().find(({ uuid }) => uuid === grants()[0]?.scheduleUuid)?.name;

  function program({ location = "headquarters", schedule = "nights", groupLocation, ids }: Parts = {}) {
    return async () => {
      const staff = new rhombus.AccessControlGroup("staff", {
        userUuids: [users.ada.uuid],
        ...(groupLocation !== undefined && { locationUuid: groupLocation }),
      });
      const times = new rhombus.Schedule(schedule, {
        intervals: [{ days: ["friday"], from: "22:00", to: "06:00" }],
      });
      new rhombus.AccessGrant("gates", {
        locationUuid: rhombus.getLocationOutput({ name: locations[location].name }).uuid,
        scheduleUuid: ids?.schedule ?? times.id,
        accessControlledDoorUuids: rhombus.getAccessControlledDoorsOutput({ names: ["North gate"] }).uuids,
        doorLabelIds: [access.doorLabels.perimeter],
        groupUuids: [ids?.group ?? staff.id],
      });
    };
  }

  /** Deploys while one operation is refused once. */
  async function failsAt(operation: Parameters<Emulator["fail"]>[0]["operation"], parts: Parts): Promise<void> {
    fixture.emulator.fail({ operation, with: { kind: "status", status: 403, when: "before" } });
    const { message } = await refusal(fixture.stack.up(program(parts)));
    assert.match(message, new RegExp(`${operation} failed`));
  }

  it("is declared with look-ups, a group and a schedule, and leaves nothing to do", async () => {
    await fixture.stack.up(program());
    const [grant] = grants();
    assert.equal(scheduleNamed(), "nights");
    assert.deepEqual(grant?.groupUuids, [fixture.console.groups()[0]?.uuid]);
    assert.deepEqual(grant?.accessControlledDoorUuids, [access.doors.northGate.uuid]);
    await fixture.stack.expectNothingToDo();
  });

  it("is shown and repaired after a schedule, a label and the people of a grant were changed by hand", async () => {
    const [[before], times] = [grants(), schedules()];
    const { uuid = "", scheduleUuid } = before ?? {};
    fixture.console.setAccessGrant(uuid, { scheduleUuid: null, userUuids: [users.farid.uuid], doorLabelIds: [] });
    fixture.console.setSchedule(scheduleUuid ?? "", {
      intervalList: [{ minuteOfWeekStart: 0, minuteOfWeekStop: 6000 }],
    });
    await fixture.stack.refresh();
    const { text, steps } = await fixture.stack.preview();
    assert.deepEqual([...steps].sort(), ["update gates", "update nights"]);
    for (const shown of ["scheduleUuid", "always", "userUuids", "doorLabelIds", "intervals"])
      assert.match(text, new RegExp(`\\b${shown}\\b`));
    await fixture.stack.up();
    assert.deepEqual([grants(), schedules()], [[before], times]);
  });

  it("keeps a group that is to be replaced while the grant names it, and says what to do", async () => {
    const before = [grants(), fixture.console.groups()];
    const replacing = program({ groupLocation: locations.warehouse.uuid });
    const { message } = await refusal(fixture.stack.up(replacing));
    assert.match(message, /Declare a new object under another name beside it/);
    assert.match(
      message,
      /the access control group "staff" was not replaced, because it is used by the access grant "gates"/,
    );
    assert.deepEqual([grants(), fixture.console.groups()], before);
  });

  itLong(
    "gets another schedule: the new one first, then the grant, then the old one, and each may fail once",
    async () => {
      const late = { schedule: "late" };
      const expected = [
        ["createSchedule", "nights", ["nights"]],
        ["updateAccessGrant", "nights", ["late", "nights"]],
        ["deleteSchedule", "late", ["late", "nights"]],
      ] as const;
      for (const [operation, named, all] of expected) {
        await failsAt(operation, late);
        const names = schedules().map(({ name }) => name);
        assert.deepEqual([scheduleNamed(), names.sort()], [named, all], operation);
      }
      await fixture.stack.up(program(late));
      assert.deepEqual([scheduleNamed(), schedules().length], ["late", 1]);
    },
  );

  itLong("moves to another location: the new grant first, then the old one, and each may fail once", async () => {
    const [from, to] = [locations.headquarters.uuid, locations.warehouse.uuid];
    await failsAt("createAccessGrant", moved);
    assert.deepEqual(placesOf(), [from]);
    await failsAt("deleteLocationAccessGrant", moved);
    assert.deepEqual(placesOf(), [from, to]);
  });

  it("moves to another location with another schedule: the new grant comes first, and nothing old is left", async () => {
    const { steps } = await fixture.stack.up(program(moved));
    assert.ok(steps.indexOf("create-replacement gates") < steps.indexOf("delete-replaced gates"), steps.join());
    assert.deepEqual([placesOf(), scheduleNamed(), schedules().length], [[locations.warehouse.uuid], "late", 1]);
  });

  it("is deleted in any order if the grant names ids: what it still names stays until the next run", async () => {
    const [grant] = grants();
    const ids = { schedule: grant?.scheduleUuid ?? "", group: grant?.groupUuids[0] ?? "" };
    await fixture.stack.up(program({ ...moved, ids }));
    fixture.emulator.fail({
      operation: "deleteLocationAccessGrant",
      with: { kind: "status", status: 403, when: "before" },
    });
    const { message } = await refusal(fixture.stack.destroy());
    for (const label of ['the schedule "late"', 'the access control group "staff"'])
      assert.match(message, new RegExp(`${label} was not deleted, because it is used by the access grant "gates"`));
    assert.deepEqual(grants(), [grant]);
    assert.equal(scheduleNamed(), "late");
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), []);
  });
});
