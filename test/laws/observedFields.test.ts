import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { calls, writes } from "../drivers/calls";
import { begin, endAll, type Stack, unknown } from "../drivers/stack";
import { group, kisi } from "../resources/declared";

const { locations, users } = campusSeed.acme;
const { headquarters, warehouse } = locations;

/** Removes the observed fields from the state, as an older version of the package leaves it. */
function forget(stack: Stack): void {
  const { outputs, ...stored } = stack.stored("it");
  const { __observed: _dropped, ...others } = outputs;
  stack.store("it", { ...stored, outputs: others });
}

/** A stack that has adopted a group with a location and a member, and declares neither. */
async function adopted() {
  const begun = await begin();
  const made = begun.console.addGroup({
    name: "Staff",
    locationUuid: headquarters.uuid,
    userUuids: [users.ada.uuid],
  });
  await begun.stack.up({ it: group({ adopt: true }) });
  begun.emulator.clearRequests();
  return { ...begun, made };
}

describe("a field that replaces the object, and was not declared", () => {
  afterEach(endAll);

  it("is an update if the declared value is the observed one, and the object stays", async () => {
    const { emulator, stack, console } = await adopted();
    const before = console.groups();
    const program = { it: group({ locationUuid: headquarters.uuid }) };
    assert.deepEqual(await stack.up(program), { it: "update" });
    assert.deepEqual(console.groups(), before);
    assert.deepEqual(writes(emulator), []);
    assert.equal(stack.stored("it").outputs.locationUuid, headquarters.uuid);
    assert.deepEqual(await stack.up(program), { it: "same" });
    await stack.refresh();
    assert.deepEqual(await stack.preview(program), { it: "same" });
  });

  it("is a replacement if the declared value is another one or unknown, or none was observed", async () => {
    const { stack } = await adopted();
    for (const locationUuid of [warehouse.uuid, unknown]) {
      assert.deepEqual(await stack.preview({ it: group({ locationUuid }) }), { it: "replace" });
    }
    const other = await begin();
    await other.stack.up({ it: group() });
    assert.deepEqual(await other.stack.preview({ it: group({ locationUuid: warehouse.uuid }) }), { it: "replace" });
    await other.stack.refresh();
    assert.deepEqual(await other.stack.preview({ it: group({ locationUuid: warehouse.uuid }) }), { it: "replace" });
  });

  it("is an error before the delete if the object has the declared value by now", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: group({ locationUuid: headquarters.uuid }) });
    const { id } = stack.stored("it");
    console.setGroup(id, { locationUuid: warehouse.uuid });
    const program = { it: group({ locationUuid: warehouse.uuid }) };
    await assert.rejects(
      stack.up(program),
      /`pulumi refresh`.* was not replaced, .* has the declared locationUuid already\./,
    );
    assert.deepEqual([console.groups()[0]?.uuid, stack.has("it")], [id, true]);
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { it: "same" });
    assert.equal(stack.stored("it").id, id);
  });

  it("stays in the state if a listing omits the property", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: group({ locationUuid: headquarters.uuid }) });
    await stack.up({ it: group() });
    const { id } = stack.stored("it");
    const body = { groups: [{ uuid: id, name: "Staff" }] };
    emulator.fail({ operation: "findAccessControlGroupsByOrg", with: { kind: "status", status: 200, body } });
    await stack.refresh();
    assert.deepEqual(await stack.preview({ it: group({ locationUuid: headquarters.uuid }) }), { it: "update" });
  });

  it("is no replacement if it is no longer declared, and a warning says that the value stays", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: group({ locationUuid: headquarters.uuid }) });
    const { id } = stack.stored("it");
    assert.deepEqual(await stack.up({ it: group() }), { it: "update" });
    assert.match(stack.warnings.join(), /locationUuid is no longer declared: the current value in Rhombus stays\.$/);
    assert.deepEqual([stack.stored("it").id, console.groups()[0]?.locationUuid], [id, headquarters.uuid]);
    assert.deepEqual(await stack.up({ it: group() }), { it: "same" });
    await stack.refresh();
    assert.deepEqual(await stack.preview({ it: group() }), { it: "same" });
    assert.deepEqual(await stack.preview({ it: group({ locationUuid: headquarters.uuid }) }), { it: "update" });
    assert.deepEqual(await stack.preview({ it: group({ locationUuid: warehouse.uuid }) }), { it: "replace" });
  });

  it("is an error with the remedy if it was never observed", async () => {
    const { stack } = await adopted();
    forget(stack);
    for (const locationUuid of [headquarters.uuid, warehouse.uuid, unknown]) {
      const refused = stack.preview({ it: group({ locationUuid }) });
      await assert.rejects(
        refused,
        /`pulumi refresh` first: the state of the access control group "Staff" .*locationUuid/,
      );
    }
    assert.deepEqual(await stack.preview({ it: group() }), { it: "same" });
    await stack.refresh();
    assert.deepEqual(await stack.preview({ it: group({ locationUuid: headquarters.uuid }) }), { it: "update" });
    assert.deepEqual(await stack.preview({ it: group({ locationUuid: warehouse.uuid }) }), { it: "replace" });
  });

  it("is observed by an update of another field, but not if the answer to the creation omits it", async () => {
    const { stack } = await adopted();
    forget(stack);
    await stack.up({ it: group({ description: "All of us" }) });
    assert.deepEqual(stack.stored("it").outputs.__observed, { locationUuid: headquarters.uuid });
    const { emulator, stack: other } = await begin();
    const body = { group: { uuid: "A".repeat(22), name: "Staff", orgUuid: campusSeed.acme.orgUuid } };
    emulator.fail({ operation: "createAccessControlGroup", with: { kind: "status", status: 200, body } });
    await other.up({ it: group() });
    await assert.rejects(other.preview({ it: group({ locationUuid: warehouse.uuid }) }), /`pulumi refresh` first/);
  });

  it("is a conflict if it was changed after the plan, and nothing is written", async () => {
    const { emulator, stack, console } = await adopted();
    console.setGroup(stack.stored("it").id, { locationUuid: warehouse.uuid });
    const program = { it: group({ locationUuid: headquarters.uuid, description: "All of us" }) };
    assert.deepEqual(await stack.preview(program), { it: "update" });
    await assert.rejects(
      stack.up(program),
      /pulumi refresh.* to different values by the program and outside Pulumi \(locationUuid/,
    );
    assert.ok(!calls(emulator).includes("updateAccessControlGroup"));
    await stack.refresh();
    assert.deepEqual(await stack.preview(program), { it: "replace" });
  });

  it("is in the state of a partial failure, is not an input, and shows no change at a refresh", async () => {
    const { stack } = await adopted();
    await assert.rejects(stack.up({ it: group({ userUuids: [users.deleted.uuid] }) }), /userUuids/);
    assert.deepEqual(stack.stored("it").outputs.__observed, { locationUuid: headquarters.uuid });
    await stack.refresh();
    assert.deepEqual(stack.stored("it").outputs.__observed, { locationUuid: headquarters.uuid });
    assert.ok(!("__observed" in stack.stored("it").inputs));
  });

  it("has its default if it is not a property of the object", async () => {
    const { stack } = await begin();
    await stack.up({ it: kisi() });
    assert.deepEqual(await stack.preview({ it: kisi({ apiVersion: "V2" }) }), { it: "update" });
    assert.deepEqual(await stack.preview({ it: kisi({ apiVersion: "V1" }) }), { it: "replace" });
    await stack.up({ it: kisi({ apiVersion: "V1" }) });
    assert.deepEqual(await stack.preview({ it: kisi() }), { it: "replace" });
  });
});
