import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, livedInSeed } from "../../../provider/emulator";
import { ask, at, call, closeAll, listAt, start, textAt } from "./caller";

const { acme } = campusSeed;
const { ada, ben, chloe, deleted, inactive } = acme.users;
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

  for (const body of [{}, { name: null }, { name: "" }, { name: "  " }]) {
    it(`refuses to create a group from ${JSON.stringify(body)}`, async () => {
      const answer = await call(await start(), "createAccessControlGroup", body);
      assert.equal(answer.status, 400);
      assert.match(textAt(answer.body, "msg"), /name/);
    });
  }

  it("lists every group of the organization without members, guest management included", async () => {
    const listed = listAt(await ask(await start({ seed: "livedIn" }), "findAccessControlGroupsByOrg"), "groups");
    assert.equal(listed.length, 7);
    assert.deepEqual(
      listed.map((group) => at(group, "type")).filter((type) => type === "GUEST_MANAGEMENT_HOST").length,
      1,
    );
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

  it("finds groups by the prefix of their names without regard to case", async () => {
    const emulator = await start({ seed: "livedIn" });
    const none = await ask(emulator, "findAccessControlGroupsByNamePrefix", { groupNamePrefix: "guest" });
    assert.deepEqual(at(none, "groups"), []);
    const found = await ask(emulator, "findAccessControlGroupsByNamePrefix", { groupNamePrefix: "e" });
    assert.deepEqual(
      listAt(found, "groups").map((group) => at(group, "name")),
      ["Everyone", "Engineering"],
    );
  });

  it("finds the groups and the memberships of a user", async () => {
    const emulator = await start({ seed: "livedIn" });
    const body = { userUuid: chloe.uuid };
    const found = listAt(await ask(emulator, "findAccessControlGroupsByUserMembership", body), "groups");
    assert.deepEqual(
      found.map((group) => at(group, "uuid")),
      [groups.everyone, groups.engineering],
    );
    const memberships = await ask(emulator, "findAccessControlGroupMembershipsByUser", body);
    const listed = listAt(memberships, "userGroupMemberships");
    assert.deepEqual(
      listed.map((each) => at(each, "groupUuid")),
      [groups.everyone, groups.engineering],
    );
    sinon.assert.match(listed[0], { userUuid: chloe.uuid, orgUuid: acme.orgUuid });
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

  it("removes users, members or not, and returns nothing about them", async () => {
    const emulator = await start({ seed: "livedIn" });
    const body = { groupUuid: groups.engineering, userUuids: [ada.uuid, ben.uuid, unknownUuid] };
    assert.deepEqual(await ask(emulator, "removeUsersFromAccessControlGroup", body), {});
    const stored = emulator
      .console(acme.orgUuid)
      .groups()
      .find(({ uuid }) => uuid === groups.engineering);
    assert.deepEqual(stored?.userUuids, [chloe.uuid, acme.users.dmitri.uuid]);
  });

  it("deletes a group and its memberships", async () => {
    const emulator = await start({ seed: "livedIn" });
    assert.deepEqual(await ask(emulator, "deleteAccessControlGroup", { groupUuid: groups.nightShift }), {});
    const body = { userUuid: acme.users.grace.uuid };
    const left = listAt(await ask(emulator, "findAccessControlGroupsByUserMembership", body), "groups");
    assert.deepEqual(
      left.map((group) => at(group, "uuid")),
      [groups.everyone],
    );
  });

  it("does not touch the groups of guest management", async () => {
    const emulator = await start({ seed: "livedIn" });
    await ask(emulator, "deleteAccessControlGroup", { groupUuid: groups.guestHosts });
    assert.equal(emulator.console(acme.orgUuid).groups().length, 7);
    const answer = await call(emulator, "updateAccessControlGroup", { groupUuid: groups.guestHosts, name: "x" });
    assert.equal(answer.status, 404);
  });

  for (const name of [
    "updateAccessControlGroup",
    "addUsersToAccessControlGroup",
    "removeUsersFromAccessControlGroup",
  ] as const) {
    it(`answers 404 when ${name} names no group`, async () => {
      const answer = await call(await start(), name, { groupUuid: unknownUuid });
      assert.equal(answer.status, 404);
      assert.match(textAt(answer.body, "msg"), /does not exist/);
    });
  }

  it("lists all of thousands of groups", async function () {
    this.timeout(20_000);
    const emulator = await start();
    const console = emulator.console(acme.orgUuid);
    for (let index = 0; index < 5000; index++) console.addGroup({ name: `Group ${index}` });
    for (let index = 0; index < 20; index++) await ask(emulator, "createAccessControlGroup", { name: `New ${index}` });
    assert.equal(listAt(await ask(emulator, "findAccessControlGroupsByOrg"), "groups").length, 5020);
  });
});
