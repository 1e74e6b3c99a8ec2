import assert from "node:assert/strict";
import sinon from "sinon";
import {
  type Behaviours,
  behaviourSettings,
  campusSeed,
  defaultBehaviours,
  type OperationName,
} from "../../../provider/emulator";
import { parseBehaviour } from "../../../provider/emulator/behaviours/checkBehaviours";
import { ask, at, call, closeAll, keysAt, listAt, start, textAt } from "./caller";

const { acme } = campusSeed;

const reads: readonly (readonly [operation: OperationName, slot: string])[] = [
  ["getHoneywellOnGuardIntegration", "orgIntegrationV2"],
  ["getGeneaIntegration", "orgIntegrationV2"],
  ["getKisiIntegrationV2", "orgIntegrationV2"],
  ["getKisiIntegration", "kisiSettings"],
];

describe("emulator: behaviours of reads", () => {
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

  for (const [serverSecretReads, count] of [
    ["plain", 5],
    ["masked", 0],
    ["absent", 0],
  ] as const) {
    it(`serverSecretReads ${serverSecretReads}: reads show ${count} server secrets`, async () => {
      const emulator = await start({ seed: "livedIn", behaviours: { serverSecretReads } });
      const { genea, kisi } = {
        genea: emulator.console(acme.orgUuid).genea(),
        kisi: emulator.console(acme.orgUuid).kisi(),
      };
      const places = Object.values(kisi?.placeToSettingsMap ?? {}).map(({ rhombusToken }) => rhombusToken);
      const made = [genea?.rhombusToken, genea?.refreshToken, genea?.webhookSignatureSecret, ...places];
      const shown = JSON.stringify([
        await ask(emulator, "getGeneaIntegration"),
        await ask(emulator, "getKisiIntegrationV2"),
      ]);
      assert.equal(made.filter((secret) => shown.includes(secret ?? assert.fail())).length, count);
      assert.equal(shown.includes("********"), serverSecretReads === "masked");
    });
  }

  it("serverSecretReads absent: the token of a V1 integration is absent as well", async () => {
    const emulator = await start({ behaviours: { serverSecretReads: "absent" } });
    await ask(emulator, "updateKisiIntegration", { kisiSettings: { apiSecretKey: acme.kisi.apiSecretKey } });
    const shown = await ask(emulator, "getKisiIntegration");
    assert.ok(
      !JSON.stringify(shown).includes(emulator.console(acme.orgUuid).kisi()?.v1?.rhombusToken ?? assert.fail()),
    );
  });

  for (const [organizationReads, status] of [
    ["allowed", 200],
    ["refused", 403],
  ] as const) {
    it(`organizationReads ${organizationReads}: getOrgV2 answers ${status}, and other operations are unaffected`, async () => {
      const emulator = await start({ behaviours: { organizationReads } });
      assert.equal((await call(emulator, "getOrgV2")).status, status);
      assert.equal((await call(emulator, "getUsersInOrg")).status, 200);
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

    it(`notConfigured default-object: ${operation} holds a disabled object`, async () => {
      const emulator = await start({ behaviours: { notConfigured: "default-object" } });
      const row = at(await ask(emulator, operation), slot);
      assert.equal(at(row, "enabled"), false);
    });

    it(`notConfigured error-text: ${operation} answers an error`, async () => {
      const emulator = await start({ behaviours: { notConfigured: "error-text" } });
      sinon.assert.match(await ask(emulator, operation), { error: true, errorMsg: sinon.match(/not configured/) });
    });
  }

  const lists: readonly (readonly [operation: OperationName, slot: string])[] = [
    ["findAccessControlGroupsByOrg", "groups"],
    ["listHoneywellOnGuardIntegrations", "integrations"],
    ["findAllUsersForAccessControlGroup", "groupMembers"],
  ];

  for (const [operation, slot] of lists) {
    for (const [how, shown] of [
      ["array", []],
      ["null", null],
      ["absent", undefined],
    ] as const) {
      it(`emptyLists ${how}: ${operation} has its empty list ${how}`, async () => {
        const emulator = await start({ behaviours: { emptyLists: how } });
        const answer = await ask(emulator, operation);
        assert.deepEqual([at(answer, slot), keysAt(answer).includes(slot)], [shown, how !== "absent"]);
      });
    }
  }

  for (const how of ["array", "null", "absent"] as const) {
    it(`emptyLists ${how}: lists with items are unaffected, and so is the map of all integrations unless it is empty`, async () => {
      const livedIn = await start({ seed: "livedIn", behaviours: { emptyLists: how } });
      assert.equal(listAt(await ask(livedIn, "findAccessControlGroupsByOrg"), "groups").length, 7);
      assert.equal(keysAt(await ask(livedIn, "getOrgIntegrationsV2"), "orgIntegrationsV2").length, 3);
      const all = await ask(await start({ behaviours: { emptyLists: how } }), "getOrgIntegrationsV2");
      assert.deepEqual(at(all, "orgIntegrationsV2"), how === "absent" ? undefined : {});
    });
  }

  it("deletes ignored: every delete answers with success, and nothing is deleted", async () => {
    const emulator = await start({ seed: "livedIn", behaviours: { deletes: "ignored" } });
    const [{ uuid: groupUuid = "" } = {}] = emulator.console(acme.orgUuid).groups();
    const deletes: readonly OperationName[] = [
      "deleteHoneywellOnGuardIntegration",
      "deleteGeneaIntegrationV2",
      "deleteKisiIntegration",
      "deleteKisiIntegrationV2",
    ];
    for (const operation of deletes) sinon.assert.match(await ask(emulator, operation), { error: false });
    assert.deepEqual(await ask(emulator, "deleteAccessControlGroup", { groupUuid }), {});
    assert.equal(keysAt(await ask(emulator, "getOrgIntegrationsV2"), "orgIntegrationsV2").length, 3);
    assert.equal(emulator.console(acme.orgUuid).groups().length, 7);
    emulator.behave({ deletes: "performed" });
    for (const operation of deletes) await ask(emulator, operation);
    assert.deepEqual(keysAt(await ask(emulator, "getOrgIntegrationsV2"), "orgIntegrationsV2"), []);
  });

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

    it("2000: reads of integrations lag as well, and show the data of the seed", async () => {
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

  it("can be changed while the emulator runs", async () => {
    const emulator = await start();
    emulator.behave({ deleteMissingGroup: "error" });
    assert.equal((await call(emulator, "deleteAccessControlGroup")).status, 404);
    assert.deepEqual(emulator.behaviours, { ...defaultBehaviours, deleteMissingGroup: "error" });
  });

  it("are listed by consulted() once an answer may depend on them", async () => {
    const emulator = await start();
    assert.deepEqual([emulator.behaviours.nulls, emulator.consulted()], ["clears", []]);
    await ask(emulator, "findAccessControlGroupsByOrg");
    assert.deepEqual(emulator.consulted(), ["readLagMs", "emptyLists"]);
    emulator.behave({ readLagMs: 1 });
    await ask(emulator, "getGeneaIntegration");
    assert.deepEqual(emulator.consulted(), ["readLagMs", "emptyLists", "notConfigured"]);
  });

  it("rejects names and settings that do not exist", async () => {
    const emulator = await start();
    const wrong: Partial<Behaviours> = JSON.parse('{"nulls":"maybe","color":"red","readLagMs":60001}');
    assert.throws(() => emulator.behave(wrong), /nulls cannot be "maybe".*no behaviour "color".*0 to 60000/);
    await assert.rejects(start({ behaviours: wrong }), TypeError);
    assert.deepEqual(emulator.behaviours, defaultBehaviours);
  });

  it("lists every behaviour with its settings, the default first", () => {
    const firsts = Object.entries(behaviourSettings).map(([name, [first]]) => [name, first]);
    assert.deepEqual(Object.fromEntries(firsts), defaultBehaviours);
    for (const [name, settings] of Object.entries(behaviourSettings)) {
      assert.ok(new Set<unknown>(settings).size > 1, name);
      for (const setting of settings) assert.deepEqual(parseBehaviour(`${name}=${setting}`), { [name]: setting });
    }
  });

  it("reads one behaviour from name=value", () => {
    assert.deepEqual(parseBehaviour("kisiVersions=v1-removed"), { kisiVersions: "v1-removed" });
    assert.deepEqual(parseBehaviour("readLagMs=250"), { readLagMs: 250 });
    assert.deepEqual(parseBehaviour("failedDoors=true"), { failedDoors: true });
    assert.deepEqual(parseBehaviour("errorAfterWrites=2"), { errorAfterWrites: 2 });
    const odd = ["readLagMs=", "readLagMs=-1", "errorAfterWrites=1.5", "failedDoors=yes"];
    for (const wrong of ["", "nulls", "toString=x", ...odd]) {
      assert.throws(() => parseBehaviour(wrong), TypeError, wrong);
    }
  });
});
