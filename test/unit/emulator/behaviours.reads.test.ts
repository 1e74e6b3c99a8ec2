import assert from "node:assert/strict";
import sinon from "sinon";
import { type Behaviours, behaviourSettings, defaultBehaviours, type OperationName } from "../../../provider/emulator";
import { parseBehaviour } from "../../../provider/emulator/behaviours/checkBehaviours";
import { ask, at, call, closeAll, keysAt, listAt, start, textAt } from "./caller";
import { under } from "./world";

const reads: readonly (readonly [operation: OperationName, slot: string])[] = [
  ["getHoneywellOnGuardIntegration", "orgIntegrationV2"],
  ["getGeneaIntegration", "orgIntegrationV2"],
  ["getKisiIntegrationV2", "orgIntegrationV2"],
  ["getKisiIntegration", "kisiSettings"],
];

/** The form in which a secret is shown. */
function formOf(shown: unknown, secret: string | null | undefined): string {
  if (shown === undefined) return "absent";
  return shown === secret ? "plain" : shown === `********${secret?.slice(-4)}` ? "masked" : "other";
}

describe("emulator: behaviours of reads", () => {
  afterEach(closeAll);

  const alike = (how: string, count: number) => Array(count).fill(how);
  const forms = (count: number) => ({
    plain: alike("plain", count),
    masked: alike("masked", count),
    absent: alike("absent", count),
  });

  under("vendorKeyReads", "keys in all reads", forms(5), async ({ ask, console }) => {
    const all = at(await ask("getOrgIntegrationsV2"), "orgIntegrationsV2");
    const [apiToken, apiSecretKey] = [console.genea()?.apiToken, console.kisi()?.apiSecretKey];
    return [
      formOf(at(await ask("getGeneaIntegration"), "orgIntegrationV2", "apiToken"), apiToken),
      formOf(at(await ask("getKisiIntegrationV2"), "orgIntegrationV2", "apiSecretKey"), apiSecretKey),
      formOf(at(await ask("getKisiIntegration"), "kisiSettings", "apiSecretKey"), apiSecretKey),
      formOf(at(all, "GENEA", "apiToken"), apiToken),
      formOf(at(all, "KISI", "apiSecretKey"), apiSecretKey),
    ];
  });

  under("serverSecretReads", "tokens of Genea and of both versions of Kisi", forms(5), async (world) => {
    await world.writeKisiV1({ placeToSettingsMap: { "41001": {} } });
    const { genea, kisi } = { genea: world.console.genea(), kisi: world.console.kisi() };
    const row = at(await world.ask("getGeneaIntegration"), "orgIntegrationV2");
    const v1 = at(await world.ask("getKisiIntegration"), "kisiSettings");
    const place = at(await world.ask("getKisiIntegrationV2"), "orgIntegrationV2", "placeToSettingsMap", "41001");
    return [
      formOf(at(row, "rhombusToken"), genea?.rhombusToken),
      formOf(at(row, "refreshToken"), genea?.refreshToken),
      formOf(at(row, "webhookSignatureSecret"), genea?.webhookSignatureSecret),
      formOf(at(place, "rhombusToken"), kisi?.placeToSettingsMap["41001"]?.rhombusToken),
      formOf(at(v1, "rhombusToken"), kisi?.v1?.rhombusToken),
    ];
  });

  under(
    "onGuardSecretReads",
    "the secret in reads; writes show it",
    forms(1),
    async ({ ask, onGuard, writeOnGuard }) => {
      const { rhombusToken, presharedSecret } = onGuard();
      const row = at(await ask("getHoneywellOnGuardIntegration"), "orgIntegrationV2");
      assert.equal(at(await writeOnGuard({ rhombusToken }), "presharedSecret"), presharedSecret);
      return [formOf(at(row, "deploymentToSettingsMap", rhombusToken, "presharedSecret"), presharedSecret)];
    },
  );

  under("onGuardUrlReads", "the URL in reads", { absent: "absent", plain: "plain" }, async ({ ask, onGuard }) => {
    const { rhombusToken, webhookUrl } = onGuard();
    const row = at(await ask("getHoneywellOnGuardIntegration"), "orgIntegrationV2");
    return formOf(at(row, "deploymentToSettingsMap", rhombusToken, "webhookUrl"), webhookUrl);
  });

  under(
    "organizationReads",
    "status of getOrgV2 and of others",
    { allowed: [200, 200], refused: [403, 200] },
    ({ status }) => Promise.all([status("getOrgV2"), status("getUsersInOrg")]),
  );

  const unconfigured = {
    null: [false, null],
    absent: [false, undefined],
    "default-object": [false, false],
    "error-text": [true, undefined],
  };
  for (const [operation, slot] of reads) {
    under("notConfigured", `[error, content] of ${operation}`, unconfigured, async ({ ask, console }) => {
      console.removeOnGuard();
      console.removeGenea();
      console.removeKisi();
      const answer = await ask(operation);
      const row = at(answer, slot);
      return [at(answer, "error"), row ? at(row, "enabled") : row];
    });
  }

  const lists: readonly (readonly [operation: OperationName, slot: string])[] = [
    ["findAccessControlGroupsByOrg", "groups"],
    ["listHoneywellOnGuardIntegrations", "integrations"],
    ["findAllUsersForAccessControlGroup", "groupMembers"],
    ["getOrgIntegrationsV2", "orgIntegrationsV2"],
  ];
  for (const [operation, slot] of lists) {
    const [array, none] = slot === "orgIntegrationsV2" ? [{}, {}] : [[], null];
    const shown = { array, null: none, absent: undefined };
    under("emptyLists", `an empty list of ${operation}`, shown, async ({ emulator, ask: askFilled, group }) => {
      const filled = await askFilled(operation, slot === "groupMembers" ? { groupUuid: group().uuid } : {});
      assert.ok(keysAt(filled, slot).length > 0);
      const empty = await start({ behaviours: { emptyLists: emulator.behaviours.emptyLists } });
      return at(await ask(empty, operation), slot);
    });
  }

  under(
    "deletes",
    "integrations and groups after all are deleted",
    { performed: [0, 6], ignored: [3, 7] },
    async ({ ask, console, group }) => {
      for (const operation of [
        "deleteHoneywellOnGuardIntegration",
        "deleteGeneaIntegrationV2",
        "deleteKisiIntegration",
        "deleteKisiIntegrationV2",
      ] as const) {
        assert.equal(at(await ask(operation), "error"), false);
      }
      assert.deepEqual(await ask("deleteAccessControlGroup", { groupUuid: group().uuid }), {});
      return [keysAt(await ask("getOrgIntegrationsV2"), "orgIntegrationsV2").length, console.groups().length];
    },
  );

  it("vendorKeyReads masked: sending the mask back is a wrong key", async () => {
    const emulator = await start({ seed: "livedIn", behaviours: { vendorKeyReads: "masked" } });
    const apiToken = textAt(await ask(emulator, "getGeneaIntegration"), "orgIntegrationV2", "apiToken");
    const answer = await ask(emulator, "updateGeneaIntegrationV2", { geneaSettings: { apiToken } });
    assert.equal(at(answer, "authError"), true);
  });

  describe("readLagMs", () => {
    let clock: sinon.SinonFakeTimers;
    beforeEach(() => {
      clock = sinon.useFakeTimers({ now: 1_700_000_000_000, toFake: ["Date"] });
    });
    afterEach(() => clock.restore());

    it("2000: reads see groups as they were two seconds ago, deleted ones too; writes see the latest", async () => {
      const emulator = await start({ behaviours: { readLagMs: 2000 } });
      const names = async () =>
        listAt(await ask(emulator, "findAccessControlGroupsByOrg"), "groups").map((group) => at(group, "name"));
      const groupUuid = at(await ask(emulator, "createAccessControlGroup", { name: "New" }), "group", "uuid");
      assert.equal((await call(emulator, "createAccessControlGroup", { name: "New" })).status, 400);
      assert.deepEqual(await names(), []);
      clock.tick(2000);
      assert.deepEqual(await names(), ["New"]);
      await ask(emulator, "deleteAccessControlGroup", { groupUuid });
      clock.tick(1999);
      assert.deepEqual(await names(), ["New"]);
      clock.tick(1);
      assert.deepEqual(await names(), []);
    });

    it("2000: reads of integrations lag as well, and show the data of the seed", async () => {
      const emulator = await start({ seed: "livedIn", behaviours: { readLagMs: 2000 } });
      await ask(emulator, "deleteGeneaIntegrationV2");
      await ask(emulator, "deleteKisiIntegrationV2");
      await ask(emulator, "deleteHoneywellOnGuardIntegration");
      assert.equal(keysAt(await ask(emulator, "getOrgIntegrationsV2"), "orgIntegrationsV2").length, 3);
      assert.equal(listAt(await ask(emulator, "listHoneywellOnGuardIntegrations"), "integrations").length, 2);
      clock.tick(2000);
      assert.equal(keysAt(await ask(emulator, "getOrgIntegrationsV2"), "orgIntegrationsV2").length, 0);
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

  it("has several settings of each behaviour, the default first, and reads them from name=value", () => {
    for (const [name, settings] of Object.entries(behaviourSettings)) {
      assert.equal(Object.entries(defaultBehaviours).find(([each]) => each === name)?.[1], settings[0], name);
      assert.ok(new Set<unknown>(settings).size > 1, name);
      for (const setting of settings) assert.deepEqual(parseBehaviour(`${name}=${setting}`), { [name]: setting });
    }
    const odd = ["readLagMs=", "readLagMs=-1", "errorAfterWrites=1.5", "failedDoors=yes"];
    for (const wrong of ["", "nulls", "toString=x", ...odd]) {
      assert.throws(() => parseBehaviour(wrong), TypeError, wrong);
    }
  });
});
