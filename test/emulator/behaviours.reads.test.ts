import assert from "node:assert/strict";
import sinon from "sinon";
import { type Behaviours, campusSeed, defaultBehaviours, type OperationName } from "../../provider/emulator";
import { parseBehaviour } from "../../provider/emulator/behaviours";
import { ask, at, call, closeAll, keysAt, listAt, start, textAt } from "./caller";

const { acme } = campusSeed;
const { ada, deleted } = acme.users;

const reads: readonly (readonly [operation: OperationName, slot: string])[] = [
  ["getHoneywellOnGuardIntegration", "orgIntegrationV2"],
  ["getGeneaIntegration", "orgIntegrationV2"],
  ["getKisiIntegrationV2", "orgIntegrationV2"],
  ["getKisiIntegration", "kisiSettings"],
];

describe("emulator: behaviours of reads and groups", () => {
  afterEach(closeAll);

  const shownKeys = {
    plain: acme.genea.apiToken,
    masked: `********${acme.genea.apiToken.slice(-4)}`,
    absent: undefined,
  };

  for (const how of ["plain", "masked", "absent"] as const) {
    it(`vendorKeyReads ${how}: every read shows vendor keys ${how}`, async () => {
      const emulator = await start({ seed: "livedIn", behaviours: { vendorKeyReads: how } });
      const genea = at(await ask(emulator, "getGeneaIntegration"), "orgIntegrationV2");
      assert.equal(at(genea, "apiToken"), shownKeys[how]);
      const v2 = at(await ask(emulator, "getKisiIntegrationV2"), "orgIntegrationV2");
      const v1 = at(await ask(emulator, "getKisiIntegration"), "kisiSettings");
      assert.deepEqual(
        [v2, v1, genea].map((row) => keysAt(row).some((key) => /^api/.test(key))),
        Array(3).fill(how !== "absent"),
      );
      const all = JSON.stringify([v2, v1, await ask(emulator, "getOrgIntegrationsV2")]);
      assert.equal(all.includes(acme.kisi.apiSecretKey), how === "plain");
    });
  }

  it("vendorKeyReads masked: sending the mask back is a wrong key", async () => {
    const emulator = await start({ seed: "livedIn", behaviours: { vendorKeyReads: "masked" } });
    const { apiToken } = {
      apiToken: textAt(await ask(emulator, "getGeneaIntegration"), "orgIntegrationV2", "apiToken"),
    };
    const answer = await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken } });
    assert.equal(at(answer, "authError"), true);
  });

  for (const [operation, slot] of reads) {
    it(`notConfigured null: ${operation} holds null`, async () => {
      sinon.assert.match(await ask(await start(), operation), { error: false, [slot]: null });
    });

    it(`notConfigured absent: ${operation} holds nothing`, async () => {
      const emulator = await start({ behaviours: { notConfigured: "absent" } });
      const answer = await ask(emulator, operation);
      assert.equal(at(answer, "error"), false);
      assert.equal(keysAt(answer).includes(slot), false);
    });

    it(`notConfigured default-object: ${operation} holds an object that is off`, async () => {
      const emulator = await start({ behaviours: { notConfigured: "default-object" } });
      const row = at(await ask(emulator, operation), slot);
      assert.equal(at(row, "enabled"), false);
    });

    it(`notConfigured error-text: ${operation} says so`, async () => {
      const emulator = await start({ behaviours: { notConfigured: "error-text" } });
      sinon.assert.match(await ask(emulator, operation), { error: true, errorMsg: sinon.match(/not configured/) });
    });
  }

  describe("readLagMs", () => {
    let clock: sinon.SinonFakeTimers;
    beforeEach(() => {
      clock = sinon.useFakeTimers({ now: 1_700_000_000_000, toFake: ["Date"] });
    });
    afterEach(() => clock.restore());

    const names = async (emulator: Awaited<ReturnType<typeof start>>) =>
      listAt(await ask(emulator, "findAccessControlGroupsByOrg"), "groups").map((group) => at(group, "name"));

    it("0: a read sees the latest write", async () => {
      const emulator = await start();
      await ask(emulator, "createAccessControlGroup", { name: "New" });
      assert.deepEqual(await names(emulator), ["New"]);
    });

    it("2000: reads see groups as they were two seconds ago, deleted ones too", async () => {
      const emulator = await start({ behaviours: { readLagMs: 2000 } });
      const groupUuid = at(await ask(emulator, "createAccessControlGroup", { name: "New" }), "group", "uuid");
      assert.deepEqual(await names(emulator), []);
      clock.tick(2000);
      assert.deepEqual(await names(emulator), ["New"]);
      await ask(emulator, "deleteAccessControlGroup", { groupUuid });
      clock.tick(1999);
      assert.deepEqual(await names(emulator), ["New"]);
      clock.tick(1);
      assert.deepEqual(await names(emulator), []);
    });

    it("2000: reads of integrations lag as well, and see what the seed held", async () => {
      const emulator = await start({ seed: "livedIn", behaviours: { readLagMs: 2000 } });
      await ask(emulator, "deleteGeneaIntegrationV2");
      await ask(emulator, "deleteKisiIntegrationV2");
      await ask(emulator, "deleteHoneywellOnGuardIntegration");
      assert.deepEqual(keysAt(await ask(emulator, "getOrgIntegrationsV2"), "orgIntegrationsV2").length, 3);
      assert.equal(listAt(await ask(emulator, "listHoneywellOnGuardIntegrations"), "integrations").length, 2);
      clock.tick(2000);
      assert.deepEqual(keysAt(await ask(emulator, "getOrgIntegrationsV2"), "orgIntegrationsV2").length, 0);
    });

    it("2000: writes work on the latest state", async () => {
      const emulator = await start({ behaviours: { readLagMs: 2000 } });
      await ask(emulator, "createAccessControlGroup", { name: "New" });
      assert.equal((await call(emulator, "createAccessControlGroup", { name: "New" })).status, 400);
    });
  });

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

  it("unknownUsers skipped: unknown and deleted users are left out in silence", async () => {
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

  it("can be changed while the emulator runs", async () => {
    const emulator = await start();
    emulator.behave({ deleteMissingGroup: "error" });
    assert.equal((await call(emulator, "deleteAccessControlGroup")).status, 404);
    assert.deepEqual(emulator.behaviours, { ...defaultBehaviours, deleteMissingGroup: "error" });
  });

  it("rejects names and settings that do not exist", async () => {
    const emulator = await start();
    const wrong: Partial<Behaviours> = JSON.parse('{"nulls":"maybe","color":"red","readLagMs":60001}');
    assert.throws(() => emulator.behave(wrong), /nulls cannot be "maybe".*no behaviour "color".*0 to 60000/);
    await assert.rejects(start({ behaviours: wrong }), TypeError);
    assert.deepEqual(emulator.behaviours, defaultBehaviours);
  });

  it("reads one behaviour from name=value", () => {
    assert.deepEqual(parseBehaviour("kisiVersions=v1-removed"), { kisiVersions: "v1-removed" });
    assert.deepEqual(parseBehaviour("readLagMs=250"), { readLagMs: 250 });
    assert.deepEqual(parseBehaviour("failedDoors=true"), { failedDoors: true });
    for (const wrong of ["", "nulls", "readLagMs=", "readLagMs=-1", "failedDoors=yes", "toString=x"]) {
      assert.throws(() => parseBehaviour(wrong), TypeError, wrong);
    }
  });
});
