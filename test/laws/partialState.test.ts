import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { begin, endAll } from "../drivers/stack";
import { dock, genea, group, lobby, onGuard } from "../resources/declared";

const { users, genea: geneaAtAcme, locations } = campusSeed.acme;
const { ada, ben, deleted } = users;
const failed = { kind: "status", status: 500 } as const;
const refused = { kind: "status", status: 400 } as const;

describe("partial failures", () => {
  afterEach(endAll);

  it("store the members that were added, and name the one that was not", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: group({ userUuids: [ada.uuid] }) });
    const wrong = { it: group({ userUuids: [ada.uuid, ben.uuid, deleted.uuid], description: "new" }) };
    const message = new RegExp(`at userUuids.*${deleted.uuid}.*Users must belong to this organization`);
    await assert.rejects(stack.up(wrong), message);
    const { outputs } = stack.stored("it");
    assert.deepEqual([outputs.userUuids, outputs.description], [[ada.uuid, ben.uuid].sort(), "new"]);
    assert.equal(outputs.__format, 1);
    assert.deepEqual([...(console.groups()[0]?.userUuids ?? [])].sort(), [ada.uuid, ben.uuid].sort());
  });

  it("are completed by the next up", async () => {
    const { emulator, stack, console } = await begin({ behaviours: { unknownUsers: "refused" } });
    const program = { it: group({ userUuids: [ada.uuid, ben.uuid] }) };
    emulator.fail({ operation: "addUsersToAccessControlGroup", with: failed, times: 9 });
    emulator.fail({ operation: "createAccessControlGroup", with: refused });
    await assert.rejects(stack.up(program), /500/);
    assert.ok(!("userUuids" in stack.stored("it").outputs));
    emulator.clearFaults();
    assert.deepEqual(await stack.up(program), { it: "update" });
    assert.equal(console.groups()[0]?.userUuids.length, 2);
    assert.deepEqual(await stack.up(program), { it: "same" });
  });

  it("of an OnGuard creation store id, token, secret and URL", async () => {
    const { emulator, stack, console } = await begin();
    const program = { it: onGuard({ doorInfoMap: { "1:4": lobby }, saveClips: true }) };
    emulator.fail({ operation: "updateHoneywellOnGuardIntegration", with: failed, times: 9 });
    await assert.rejects(stack.up(program), /500.*does not show it at saveClips/);
    const { id, outputs, secrets } = stack.stored("it");
    const [live] = console.onGuard();
    assert.deepEqual([outputs.presharedSecret, outputs.webhookUrl], [live?.presharedSecret, live?.webhookUrl]);
    assert.ok(["rhombusToken", "presharedSecret", "webhookUrl"].every((name) => secrets.has(name)));
    assert.ok(!("saveClips" in outputs) && "doorInfoMap" in outputs);
    emulator.clearFaults();
    assert.deepEqual(await stack.up(program), { it: "update" });
    assert.deepEqual([stack.stored("it").id, console.onGuard()[0]?.flags.saveClips], [id, true]);
  });

  it("of an OnGuard update store what was written, and the prior value of the rest", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": lobby }, saveClips: false }) });
    emulator.fail({ operation: "updateHoneywellOnGuardIntegration", with: failed, times: 9 });
    const program = { it: onGuard({ doorInfoMap: { "1:4": dock }, saveClips: true }) };
    await assert.rejects(stack.up(program), /500/);
    const { outputs } = stack.stored("it");
    assert.deepEqual([outputs.doorInfoMap, outputs.saveClips], [{ "1:4": dock }, false]);
    emulator.clearFaults();
    assert.deepEqual(await stack.up(program), { it: "update" });
    assert.deepEqual(await stack.up(program), { it: "same" });
  });

  it("store the doors that were accepted, and the new vendor key", async () => {
    const { stack, console } = await begin({ behaviours: { failedDoors: true } });
    const { lobby: front, dock: back } = geneaAtAcme.doors;
    await stack.up({ it: genea({ doorInfoMap: { [front.id]: lobby } }) });
    const rotated = { apiToken: geneaAtAcme.rotatedApiToken };
    const wrong = genea({ ...rotated, doorInfoMap: { [front.id]: dock, nowhere: lobby } });
    await assert.rejects(stack.up({ it: wrong }), /doorInfoMap\.nowhere/);
    const { outputs } = stack.stored("it");
    assert.deepEqual([outputs.doorInfoMap, outputs.apiToken], [{ [front.id]: dock }, geneaAtAcme.rotatedApiToken]);
    const right = { it: genea({ ...rotated, doorInfoMap: { [front.id]: dock, [back.id]: lobby } }) };
    assert.deepEqual(await stack.up(right), { it: "update" });
    assert.deepEqual(Object.keys(console.genea()?.doorInfoMap ?? {}).sort(), [front.id, back.id].sort());
  });

  it("of a creation can be deleted", async () => {
    const { emulator, stack } = await begin();
    await assert.rejects(stack.up({ it: group({ userUuids: [deleted.uuid] }) }));
    await stack.destroy();
    assert.deepEqual(emulator.remains(), []);
  });

  it("name a location that was not accepted", async () => {
    const { emulator, stack } = await begin();
    const withoutLocation = { uuid: "A".repeat(22), name: "Staff", orgUuid: campusSeed.acme.orgUuid };
    const answer = { kind: "status", status: 200, body: { group: withoutLocation }, when: "before" } as const;
    emulator.fail({ operation: "createAccessControlGroup", with: answer });
    const program = { it: group({ locationUuid: locations.warehouse.uuid }) };
    await assert.rejects(stack.up(program), /does not show it at locationUuid/);
  });

  it("do not occur before the first write: the state stays", async () => {
    const { emulator, stack } = await begin();
    const before = { staff: group(), hq: onGuard(), genea: genea() };
    await stack.up(before);
    const stored = () => Object.keys(before).map((name) => stack.stored(name));
    const prior = stored();
    emulator.fail({ operation: "updateAccessControlGroup", with: refused, times: 9 });
    emulator.fail({ operation: "createOrUpdateHoneywellOnGuardIntegration", with: refused, times: 9 });
    emulator.fail({ operation: "updateGeneaIntegrationV2", with: refused, times: 9 });
    const hq = onGuard({ doorInfoMap: {}, displayName: "B" });
    const changed = { staff: group({ description: "x" }), hq, genea: genea({ saveClips: true }) };
    await assert.rejects(stack.up(changed), /400.*400.*400/s);
    assert.deepEqual(stored(), prior);
  });

  it("need no further change if the write took effect", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: genea() });
    emulator.fail({ operation: "updateGeneaIntegrationV2", with: { ...failed, when: "after" }, times: 9 });
    emulator.fail({ operation: "getGeneaIntegration", with: failed, skip: 1, times: 9 });
    await assert.rejects(stack.up({ it: genea({ saveClips: true }) }), /It may have taken effect/);
    emulator.clearFaults();
    assert.deepEqual(await stack.up({ it: genea({ saveClips: true }) }), { it: "update" });
    assert.deepEqual(stack.warnings, []);
  });
});
