import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { begin, endAll } from "../../drivers/stack";
import { group } from "../declared";

const { users } = campusSeed.acme;
const { ada, ben, chloe, dmitri } = users;

describe("group members: changed outside", () => {
  afterEach(endAll);

  it("members added outside to an exclusive group are merged by an update, and removed after a refresh", async () => {
    const { stack, console } = await begin();
    const members = () => [...(console.groups()[0]?.userUuids ?? [])].sort();
    await stack.up({ it: group({ userUuids: [ada.uuid] }) });
    console.setGroupMembers(stack.stored("it").id, [ada.uuid, ben.uuid]);
    const program = { it: group({ userUuids: [ada.uuid, chloe.uuid] }) };
    await stack.up(program);
    assert.deepEqual(members(), [ada.uuid, ben.uuid, chloe.uuid].sort());
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { it: "update" });
    assert.deepEqual(members(), [ada.uuid, chloe.uuid].sort());
  });

  it("other members of an additive group are neither changed nor stored", async () => {
    const { stack, console } = await begin();
    const additive = (...members: { uuid: string }[]) =>
      group({ membership: "additive", userUuids: members.map(({ uuid }) => uuid) });
    await stack.up({ it: additive(ada, chloe) });
    console.setGroupMembers(stack.stored("it").id, [ada.uuid, chloe.uuid, ben.uuid]);
    await stack.refresh();
    assert.deepEqual(await stack.up({ it: additive(ada, chloe) }), { it: "same" });
    assert.ok(!JSON.stringify(stack.stored("it")).includes(ben.uuid));
    await stack.up({ it: additive(dmitri) });
    assert.deepEqual([...(console.groups()[0]?.userUuids ?? [])].sort(), [ben.uuid, dmitri.uuid].sort());
    assert.deepEqual(stack.warnings, []);
  });

  it("a declared member that was removed outside from an additive group is added again after a refresh", async () => {
    const { stack, console } = await begin();
    const program = { it: group({ membership: "additive", userUuids: [ada.uuid] }) };
    await stack.up(program);
    console.setGroupMembers(stack.stored("it").id, [ben.uuid]);
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { it: "update" });
    assert.deepEqual([...(console.groups()[0]?.userUuids ?? [])].sort(), [ada.uuid, ben.uuid].sort());
  });
});

describe("group members: users that Rhombus does not add", () => {
  afterEach(endAll);

  it("a change of members whose answers were lost succeeds although repeated members are refused", async () => {
    const { emulator, stack, console } = await begin({
      behaviours: { repeatedMembers: "refused" },
      config: { maxRetries: "1" },
    });
    await stack.up({ it: group({ userUuids: [users.ada.uuid, users.ben.uuid] }) });
    for (const operation of ["addUsersToAccessControlGroup", "removeUsersFromAccessControlGroup"] as const) {
      emulator.fail({ operation, with: { kind: "status", status: 500, when: "after" } });
    }
    await stack.up({ it: group({ userUuids: [users.chloe.uuid] }) });
    assert.deepEqual([console.groups()[0]?.userUuids, stack.warnings], [[users.chloe.uuid], []]);
  });
});
