import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { begin, calls, endAll, type Stack, unknown } from "../drivers/stack";
import { group, kisi, onGuard } from "../resources/declared";

const { locations, users } = campusSeed.acme;
const { headquarters, warehouse } = locations;

/** What a version wrote that did not keep yet what reads show; a later downgrade leaves the same behind. */
function forget(stack: Stack): void {
  const { outputs, ...stored } = stack.stored("it");
  const { __observed: _dropped, ...others } = outputs;
  stack.store("it", { ...stored, outputs: others });
}

/** A stack that has taken over a group with a location and a member, and declares neither. */
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

describe("what replaces an object when it differs", () => {
  afterEach(endAll);

  it("is no replacement where it is declared as the object has it, and the object stays with its members", async () => {
    const { emulator, stack, console } = await adopted();
    const before = console.groups();
    const program = { it: group({ locationUuid: headquarters.uuid }) };
    assert.deepEqual(await stack.preview(program), { it: "update" });
    assert.deepEqual(await stack.up(program), { it: "update" });
    assert.deepEqual(console.groups(), before);
    assert.deepEqual(
      calls(emulator).filter((name) => /^(?:create|update|delete|add|remove)/.test(name)),
      [],
    );
    assert.equal(stack.stored("it").outputs.locationUuid, headquarters.uuid);
    assert.deepEqual(await stack.up(program), { it: "same" });
    await stack.refresh();
    assert.deepEqual(await stack.preview(program), { it: "same" });
  });

  it("is a replacement where it is declared as another one, and where it is not known yet", async () => {
    const { stack } = await adopted();
    assert.deepEqual(await stack.preview({ it: group({ locationUuid: warehouse.uuid }) }), { it: "replace" });
    assert.deepEqual(await stack.preview({ it: group({ locationUuid: unknown }) }), { it: "replace" });
  });

  it("is a replacement where the object is known to have none", async () => {
    const { stack } = await begin();
    await stack.up({ it: group() });
    assert.deepEqual(await stack.preview({ it: group({ locationUuid: warehouse.uuid }) }), { it: "replace" });
    await stack.refresh();
    assert.deepEqual(await stack.preview({ it: group({ locationUuid: warehouse.uuid }) }), { it: "replace" });
  });

  it("is refused before anything is deleted, where somebody has given the object what the program declares", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: group({ locationUuid: headquarters.uuid }) });
    const { id } = stack.stored("it");
    console.setGroup(id, { locationUuid: warehouse.uuid });
    const program = { it: group({ locationUuid: warehouse.uuid }) };
    await assert.rejects(
      stack.up(program),
      /was not replaced: .* has the declared locationUuid now\. .*`pulumi refresh`/,
    );
    assert.deepEqual([console.groups()[0]?.uuid, stack.has("it")], [id, true]);
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { it: "same" });
    assert.equal(stack.stored("it").id, id);
  });

  it("keeps what is known where a listing leaves the property out", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: group({ locationUuid: headquarters.uuid }) });
    await stack.up({ it: group() });
    const { id } = stack.stored("it");
    const body = { groups: [{ uuid: id, name: "Staff" }] };
    emulator.fail({ operation: "findAccessControlGroupsByOrg", with: { kind: "status", status: 200, body } });
    await stack.refresh();
    assert.deepEqual(await stack.preview({ it: group({ locationUuid: headquarters.uuid }) }), { it: "update" });
  });

  it("is none when it is no longer declared, and the plan says that it stays", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: group({ locationUuid: headquarters.uuid, userUuids: [users.ada.uuid] }) });
    const { id } = stack.stored("it");
    const undeclared = { it: group({ userUuids: [users.ada.uuid] }) };
    assert.deepEqual(await stack.preview(undeclared), { it: "update" });
    assert.match(stack.warnings.join(), /locationUuid is no longer declared: what Rhombus has now stays as it is\.$/);
    assert.deepEqual(await stack.up(undeclared), { it: "update" });
    assert.equal(stack.stored("it").id, id);
    assert.equal(console.groups()[0]?.locationUuid, headquarters.uuid);
    assert.deepEqual(await stack.up(undeclared), { it: "same" });
    await stack.refresh();
    assert.deepEqual(await stack.preview(undeclared), { it: "same" });
    const again = { userUuids: [users.ada.uuid], locationUuid: headquarters.uuid };
    assert.deepEqual(await stack.preview({ it: group(again) }), { it: "update" });
    assert.deepEqual(await stack.preview({ it: group({ ...again, locationUuid: warehouse.uuid }) }), { it: "replace" });
  });

  it("is refused, with the resource and the remedy, where nothing has shown yet what the object has", async () => {
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

  it("is ignored by a version that does not know of it, whose next write leaves it out of the state", async () => {
    const { stack } = await begin();
    await stack.up({ it: group() });
    const { outputs, ...stored } = stack.stored("it");
    // To this version a key of a later one is what `__observed` is to an older one.
    stack.store("it", { ...stored, outputs: { ...outputs, __later: { locationUuid: headquarters.uuid } } });
    assert.deepEqual(await stack.preview({ it: group() }), { it: "same" });
    assert.deepEqual(await stack.up({ it: group({ description: "All of us" }) }), { it: "update" });
    assert.ok(!("__later" in stack.stored("it").outputs));
    assert.equal(stack.stored("it").outputs.__format, 1);
  });

  it("is learned by an update of something else", async () => {
    const { stack } = await adopted();
    forget(stack);
    await stack.up({ it: group({ description: "All of us" }) });
    const declared = { description: "All of us", locationUuid: headquarters.uuid };
    assert.deepEqual(await stack.up({ it: group(declared) }), { it: "update" });
  });

  it("does not count as shown by the answer to a creation that leaves it out", async () => {
    const { emulator, stack } = await begin();
    const body = { group: { uuid: "A".repeat(22), name: "Staff", orgUuid: campusSeed.acme.orgUuid } };
    const answer = { kind: "status", status: 200, body, when: "before" } as const;
    emulator.fail({ operation: "createAccessControlGroup", with: answer });
    await stack.up({ it: group() });
    await assert.rejects(stack.preview({ it: group({ locationUuid: warehouse.uuid }) }), /`pulumi refresh` first/);
  });

  it("is not overwritten where somebody changed it since the plan: nothing is written", async () => {
    const { emulator, stack, console } = await adopted();
    console.setGroup(stack.stored("it").id, { locationUuid: warehouse.uuid });
    const program = { it: group({ locationUuid: headquarters.uuid, description: "All of us" }) };
    assert.deepEqual(await stack.preview(program), { it: "update" });
    await assert.rejects(
      stack.up(program),
      /changed both by the program and outside it.* at locationUuid.*pulumi refresh/,
    );
    assert.ok(!calls(emulator).includes("updateAccessControlGroup"));
    await stack.refresh();
    assert.deepEqual(await stack.preview(program), { it: "replace" });
  });

  it("is kept in the state of a partial failure", async () => {
    const { stack } = await adopted();
    await assert.rejects(stack.up({ it: group({ userUuids: [users.deleted.uuid] }) }), /userUuids/);
    assert.deepEqual(stack.stored("it").outputs.__observed, { locationUuid: headquarters.uuid });
  });

  it("is in no input and shows no change at a refresh", async () => {
    const { stack } = await adopted();
    const before = stack.stored("it");
    await stack.refresh();
    assert.deepEqual(stack.stored("it").outputs, before.outputs);
    assert.ok(!("__observed" in stack.stored("it").inputs));
  });

  it("is kept for no resource that has no such field", async () => {
    const { stack } = await begin();
    await stack.up({ onGuard: onGuard(), kisi: kisi() });
    for (const name of ["onGuard", "kisi"]) assert.ok(!("__observed" in stack.stored(name).outputs), name);
  });

  it("that is no property of the object has its default when it is not declared", async () => {
    const { stack } = await begin();
    await stack.up({ it: kisi() });
    assert.deepEqual(await stack.preview({ it: kisi({ apiVersion: "V2" }) }), { it: "update" });
    assert.deepEqual(await stack.preview({ it: kisi({ apiVersion: "V1" }) }), { it: "replace" });
    await stack.up({ it: kisi({ apiVersion: "V1" }) });
    assert.deepEqual(await stack.preview({ it: kisi() }), { it: "replace" });
  });
});
