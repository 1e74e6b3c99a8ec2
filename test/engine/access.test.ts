import assert from "node:assert/strict";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { useFixture } from "./fixture";

const { access, locations, users } = campusSeed.acme;

describe("access to a location from nothing to destroy", function () {
  this.timeout(60_000);
  const fixture = useFixture();
  const grants = () => fixture.console.accessGrants().filter(({ mode }) => mode === "DEFAULT");

  function program({ location = "Headquarters" } = {}) {
    return async () => {
      const staff = new rhombus.AccessControlGroup("staff", { userUuids: [users.ada.uuid] });
      const nights = new rhombus.Schedule("nights", { intervals: [{ days: ["friday"], from: "22:00", to: "06:00" }] });
      new rhombus.AccessGrant("gates", {
        locationUuid: rhombus.getLocationOutput({ name: location }).uuid,
        scheduleUuid: nights.id,
        accessControlledDoorUuids: rhombus.getAccessControlledDoorsOutput({ names: ["North gate"] }).uuids,
        groupUuids: [staff.id],
      });
    };
  }

  it("is declared with look-ups, a group and a schedule, and leaves nothing to do", async () => {
    await fixture.stack.up(program());
    const [grant] = grants();
    assert.equal(grant?.scheduleUuid, fixture.console.schedules().find(({ name }) => name === "nights")?.uuid);
    assert.deepEqual(grant?.groupUuids, [fixture.console.groups()[0]?.uuid]);
    assert.deepEqual(grant?.accessControlledDoorUuids, [access.doors.northGate.uuid]);
    await fixture.stack.expectNothingToDo();
    await fixture.stack.expectNoDrift();
  });

  it("is repaired after its schedule was removed and a user was added by hand", async () => {
    const [before] = grants();
    const { uuid = "" } = before ?? {};
    fixture.console.setAccessGrant(uuid, { scheduleUuid: null, userUuids: [users.farid.uuid] });
    await fixture.stack.refresh();
    await fixture.stack.up();
    assert.deepEqual(grants(), [before]);
  });

  it("moves to another location: the new grant is created before the old one is deleted", async () => {
    fixture.emulator.clearRequests();
    await fixture.stack.up(program({ location: "Warehouse" }));
    const calls = fixture.emulator.requests().map(({ operation }) => operation);
    const writes = calls.filter((each) => each === "createAccessGrant" || each === "deleteLocationAccessGrant");
    assert.deepEqual(writes, ["createAccessGrant", "deleteLocationAccessGrant"]);
    assert.deepEqual(
      grants().map(({ locationUuid }) => locationUuid),
      [locations.warehouse.uuid],
    );
  });

  it("is deleted with all that it needs", async () => {
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), []);
  });
});
