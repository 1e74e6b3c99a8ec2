import assert from "node:assert/strict";
import { type Behaviours, campusSeed, livedInSeed } from "../../../provider/emulator";
import { ask, at, call, closeAll, listAt, start, textAt } from "./caller";

const { acme } = campusSeed;
const { ada, ben, deleted } = acme.users;
const { engineering: groupUuid } = livedInSeed.groups;

describe("emulator: behaviours of groups", () => {
  afterEach(closeAll);

  it("groupNames unique: a name that is taken is refused without regard to case, also by a rename", async () => {
    const emulator = await start({ seed: "livedIn" });
    const answer = await call(emulator, "createAccessControlGroup", { name: "ENGINEERING" });
    assert.equal(answer.status, 400);
    assert.match(textAt(answer.body, "msg"), /already exists/);
    const [first] = emulator.console(acme.orgUuid).groups();
    const rename = { groupUuid: first?.uuid, name: "engineering" };
    assert.equal((await call(emulator, "updateAccessControlGroup", rename)).status, 400);
    assert.equal((await call(emulator, "updateAccessControlGroup", { ...rename, name: "EVERYONE" })).status, 200);
  });

  it("groupNames duplicates: several groups may have one name, and the look-up finds the oldest", async () => {
    const emulator = await start({ behaviours: { groupNames: "duplicates" } });
    const first = await ask(emulator, "createAccessControlGroup", { name: "Same" });
    await ask(emulator, "createAccessControlGroup", { name: "same" });
    const found = await ask(emulator, "findAccessControlGroupByExactName", { groupName: "SAME" });
    assert.equal(at(found, "group", "uuid"), at(first, "group", "uuid"));
  });

  it("unknownUsers skipped: unknown and deleted users are skipped", async () => {
    const body = { name: "Staff", userUuids: [ada.uuid, deleted.uuid, "A".repeat(22)] };
    const answer = await ask(await start(), "createAccessControlGroup", body);
    assert.deepEqual(
      listAt(answer, "groupMembers").map((each) => at(each, "userUuid")),
      [ada.uuid],
    );
  });

  it("unknownUsers refused: unknown and deleted users are refused, and nothing is written", async () => {
    const emulator = await start({ behaviours: { unknownUsers: "refused" } });
    const body = { name: "Staff", userUuids: [ada.uuid, deleted.uuid] };
    assert.equal((await call(emulator, "createAccessControlGroup", body)).status, 400);
    assert.equal(emulator.isEmpty(), true);
    const groupUuid = emulator.console(acme.orgUuid).addGroup({ name: "Staff" });
    const added = await call(emulator, "addUsersToAccessControlGroup", { groupUuid, userUuids: ["A".repeat(22)] });
    assert.equal(added.status, 400);
  });

  for (const [deleteMissingGroup, status] of [
    ["succeeds", 200],
    ["error", 404],
  ] as const) {
    it(`deleteMissingGroup ${deleteMissingGroup}: the answer has status ${status}`, async () => {
      const emulator = await start({ behaviours: { deleteMissingGroup } });
      assert.equal((await call(emulator, "deleteAccessControlGroup", { groupUuid: "A".repeat(22) })).status, status);
    });
  }

  const livedInWith = async (behaviours: Partial<Behaviours>) => {
    const emulator = await start({ seed: "livedIn", behaviours });
    const group = () =>
      emulator
        .console(acme.orgUuid)
        .groups()
        .find(({ uuid }) => uuid === groupUuid);
    return { emulator, group };
  };

  for (const [missingGroupWrites, status] of [
    ["error", 404],
    ["ignored", 200],
  ] as const) {
    it(`missingGroupWrites ${missingGroupWrites}: the answers have status ${status}, and nothing is created`, async () => {
      const emulator = await start({ behaviours: { missingGroupWrites } });
      const members = { groupUuid, userUuids: [ada.uuid] };
      for (const [operation, body] of [
        ["updateAccessControlGroup", { groupUuid, name: "Staff" }],
        ["addUsersToAccessControlGroup", members],
        ["removeUsersFromAccessControlGroup", members],
      ] as const) {
        assert.equal((await call(emulator, operation, body)).status, status, operation);
      }
      assert.equal(emulator.isEmpty(), true);
    });
  }

  for (const [repeatedMembers, status, added] of [
    ["ignored", 200, true],
    ["refused", 400, false],
  ] as const) {
    it(`repeatedMembers ${repeatedMembers}: a member and another user are added with status ${status}`, async () => {
      const { emulator, group } = await livedInWith({ repeatedMembers });
      const members = { groupUuid, userUuids: [ada.uuid, ben.uuid] };
      assert.equal((await call(emulator, "addUsersToAccessControlGroup", members)).status, status);
      assert.equal(group()?.userUuids.includes(ben.uuid), added);
    });

    it(`repeatedMembers ${repeatedMembers}: a member and another user are removed with status ${status}`, async () => {
      const { emulator, group } = await livedInWith({ repeatedMembers });
      const members = { groupUuid, userUuids: [ada.uuid, ben.uuid] };
      assert.equal((await call(emulator, "removeUsersFromAccessControlGroup", members)).status, status);
      assert.equal(group()?.userUuids.includes(ada.uuid), !added);
    });
  }

  for (const [texts, name, description] of [
    ["kept", " Cafe\u0301 ", "One\r\ntwo\r"],
    ["tidied", "Caf\u00e9", "One\ntwo"],
  ] as const) {
    it(`texts ${texts}: name and description are stored in this form`, async () => {
      const { emulator, group } = await livedInWith({ texts });
      await ask(emulator, "updateAccessControlGroup", {
        groupUuid,
        name: " Cafe\u0301 ",
        description: "One\r\ntwo\r",
      });
      assert.deepEqual([group()?.name, group()?.description], [name, description]);
    });
  }

  for (const [emptyDescription, description] of [
    ["clears", ""],
    ["keeps", "Robot lab and server room"],
  ] as const) {
    it(`emptyDescription ${emptyDescription}: an empty description leaves ${JSON.stringify(description)}`, async () => {
      const { emulator, group } = await livedInWith({ emptyDescription });
      await ask(emulator, "updateAccessControlGroup", { groupUuid, description: "" });
      assert.equal(group()?.description, description);
    });
  }
});
