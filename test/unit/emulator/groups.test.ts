import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, livedInSeed } from "../../../provider/emulator";
import { ask, at, call, closeAll, listAt, start, textAt } from "./caller";

const { acme } = campusSeed;
const { ada, ben, deleted, inactive } = acme.users;
const { groups } = livedInSeed;
const unknownUuid = "A".repeat(22);

describe("emulator: access control groups", () => {
  afterEach(closeAll);

  it("creates a group with its members", async () => {
    const location = acme.locations.headquarters.uuid;
    const body = { name: "Staff", description: "All", locationUuid: location, userUuids: [ada.uuid, null, ben.uuid] };
    const answer = await ask(await start(), "createAccessControlGroup", body);
    const group = { name: "Staff", description: "All", locationUuid: location, type: "RHOMBUS_ACCESS_CONTROL" };
    sinon.assert.match(at(answer, "group"), { ...group, orgUuid: acme.orgUuid, uuid: sinon.match(/^[\w-]{22}$/) });
    const member = { groupUuid: at(answer, "group", "uuid"), orgUuid: acme.orgUuid, type: "RHOMBUS_ACCESS_CONTROL" };
    sinon.assert.match(at(answer, "groupMembers", 0), {
      ...member,
      userUuid: ada.uuid,
      createdAtMillis: sinon.match.number,
    });
    assert.equal(listAt(answer, "groupMembers").length, 2);
  });

  it("sets the times of groups in milliseconds, and updates them on changes", async () => {
    const clock = sinon.useFakeTimers({ now: 1_700_000_000_000, toFake: ["Date"] });
    try {
      const emulator = await start();
      const groupUuid = at(await ask(emulator, "createAccessControlGroup", { name: "Staff" }), "group", "uuid");
      clock.tick(5);
      const updated = await ask(emulator, "updateAccessControlGroup", { groupUuid, name: "Crew" });
      const stamps = { createdAtMillis: 1_700_000_000_000, updatedAtMillis: 1_700_000_000_005 };
      sinon.assert.match(at(updated, "group"), stamps);
    } finally {
      clock.restore();
    }
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
    assert.equal(await find("night"), null);
    assert.equal(await find("Guest hosts"), null);
  });

  it("lists the members of a group, and none of a group that does not exist", async () => {
    const emulator = await start({ seed: "livedIn" });
    const members = async (groupUuid: string) =>
      listAt(await ask(emulator, "findAllUsersForAccessControlGroup", { groupUuid }), "groupMembers");
    assert.deepEqual(
      (await members(groups.nightShift)).map((each) => at(each, "userUuid")),
      [acme.users.grace.uuid],
    );
    assert.deepEqual(await members(unknownUuid), []);
  });

  it("updates name and description, and neither location nor members", async () => {
    const emulator = await start({ seed: "livedIn" });
    const body = { groupUuid: groups.facilities, name: "Premises", description: "Keys" };
    const answer = await ask(emulator, "updateAccessControlGroup", body);
    const expected = { name: "Premises", description: "Keys", locationUuid: acme.locations.headquarters.uuid };
    sinon.assert.match(at(answer, "group"), expected);
    const stored = emulator
      .console(acme.orgUuid)
      .groups()
      .find(({ uuid }) => uuid === groups.facilities);
    assert.deepEqual(stored?.userUuids, [ben.uuid, acme.users.elena.uuid]);
  });

  it("leaves the name when an update omits it, and stores an empty description", async () => {
    const emulator = await start({ seed: "livedIn" });
    const answer = await ask(emulator, "updateAccessControlGroup", { groupUuid: groups.everyone, description: "" });
    sinon.assert.match(at(answer, "group"), { name: "Everyone", description: "" });
  });

  it("adds users and returns only those who were not members yet", async () => {
    const emulator = await start();
    const created = await ask(emulator, "createAccessControlGroup", { name: "Staff", userUuids: [ada.uuid] });
    const body = {
      groupUuid: at(created, "group", "uuid"),
      userUuids: [ada.uuid, inactive.uuid, deleted.uuid, unknownUuid],
    };
    const added = listAt(await ask(emulator, "addUsersToAccessControlGroup", body), "groupMembers");
    assert.deepEqual(
      added.map((each) => at(each, "userUuid")),
      [inactive.uuid],
    );
    assert.deepEqual(emulator.console(acme.orgUuid).groups()[0]?.userUuids, [ada.uuid, inactive.uuid]);
  });

  it("does not touch the groups of guest management", async () => {
    const emulator = await start({ seed: "livedIn" });
    await ask(emulator, "deleteAccessControlGroup", { groupUuid: groups.guestHosts });
    assert.equal(emulator.console(acme.orgUuid).groups().length, Object.keys(groups).length);
    const answer = await call(emulator, "updateAccessControlGroup", { groupUuid: groups.guestHosts, name: "x" });
    assert.equal(answer.status, 404);
  });
});
