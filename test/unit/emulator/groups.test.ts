import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, livedInSeed } from "../../../provider/emulator";
import { ask, at, call, closeAll, listAt, start, textAt } from "./caller";

const { acme } = campusSeed;
const { ada, deleted, inactive } = acme.users;
const { groups } = livedInSeed;
const unknownUuid = "A".repeat(22);

describe("emulator: access control groups", () => {
  afterEach(closeAll);

  it("updates name, description and the time of the change, and neither location nor members", async () => {
    const clock = sinon.useFakeTimers({ now: 1_700_000_000_000, toFake: ["Date"] });
    try {
      const emulator = await start();
      const console = emulator.console(acme.orgUuid);
      const locationUuid = acme.locations.headquarters.uuid;
      const userUuids = [ada.uuid];
      const groupUuid = console.addGroup({ name: "Staff", description: "All", locationUuid, userUuids });
      clock.tick(5);
      const stamps = { createdAtMillis: 1_700_000_000_000, updatedAtMillis: 1_700_000_000_005 };
      const changed = await ask(emulator, "updateAccessControlGroup", { groupUuid, name: "Crew", description: "Keys" });
      sinon.assert.match(at(changed, "group"), { ...stamps, name: "Crew", description: "Keys", locationUuid });
      const emptied = await ask(emulator, "updateAccessControlGroup", { groupUuid, description: "" });
      sinon.assert.match(at(emptied, "group"), { name: "Crew", description: "" });
      assert.deepEqual(console.groups()[0]?.userUuids, userUuids);
    } finally {
      clock.restore();
    }
  });

  it("creates a group with its members", async () => {
    const body = { name: "Staff", userUuids: [ada.uuid, null, inactive.uuid] };
    const answer = await ask(await start(), "createAccessControlGroup", body);
    const members = listAt(answer, "groupMembers").map((each) => at(each, "userUuid"));
    assert.deepEqual(members, [ada.uuid, inactive.uuid]);
  });

  it("refuses to create a group without a name", async () => {
    const emulator = await start();
    for (const body of [{}, { name: null }, { name: "" }, { name: "  " }]) {
      const answer = await call(emulator, "createAccessControlGroup", body);
      assert.equal(answer.status, 400);
      assert.match(textAt(answer.body, "msg"), /name/);
    }
  });

  it("lists every group of the organization without members, guest management included", async () => {
    const listed = listAt(await ask(await start({ seed: "livedIn" }), "findAccessControlGroupsByOrg"), "groups");
    assert.equal(listed.length, Object.keys(groups).length);
    assert.ok(listed.some((group) => at(group, "type") === "GUEST_MANAGEMENT_HOST"));
    assert.doesNotMatch(JSON.stringify(listed), /userUuid/);
  });

  it("finds a group by its exact name without regard to case, or none", async () => {
    const emulator = await start({ seed: "livedIn" });
    const find = async (groupName: string) =>
      at(await ask(emulator, "findAccessControlGroupByExactName", { groupName }), "group");
    sinon.assert.match(await find("night SHIFT"), { uuid: groups.nightShift, name: "Night shift" });
    assert.deepEqual([await find("night"), await find("Guest hosts")], [null, null]);
  });

  it("adds users and returns only those who were not members yet", async () => {
    const emulator = await start();
    const console = emulator.console(acme.orgUuid);
    const groupUuid = console.addGroup({ name: "Staff", userUuids: [ada.uuid] });
    const body = { groupUuid, userUuids: [ada.uuid, inactive.uuid, deleted.uuid, unknownUuid] };
    const [added, ...others] = listAt(await ask(emulator, "addUsersToAccessControlGroup", body), "groupMembers");
    assert.deepEqual([at(added, "userUuid"), others], [inactive.uuid, []]);
    assert.deepEqual(console.groups()[0]?.userUuids, [ada.uuid, inactive.uuid]);
  });

  it("does not touch the groups of guest management", async () => {
    const emulator = await start({ seed: "livedIn" });
    await ask(emulator, "deleteAccessControlGroup", { groupUuid: groups.guestHosts });
    assert.equal(emulator.console(acme.orgUuid).groups().length, Object.keys(groups).length);
    const answer = await call(emulator, "updateAccessControlGroup", { groupUuid: groups.guestHosts, name: "x" });
    assert.equal(answer.status, 404);
  });
});
