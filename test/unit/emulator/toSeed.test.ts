import assert from "node:assert/strict";
import { campusSeed, type Emulator } from "../../../provider/emulator";
import { ask, closeAll, start } from "./caller";

const { acme } = campusSeed;
const { kisi } = acme;

/** The operations that read integrations and groups. */
const reads = [
  "getHoneywellOnGuardIntegration",
  "getGeneaIntegration",
  "getKisiIntegration",
  "getKisiIntegrationV2",
  "findAccessControlGroupsByOrg",
] as const;

/** The fields that are not saved: time and author of the changes of an integration. */
const PAST = /^(?:integrationAuditMap|userUuid|enabledTimestampMs|enablingUser(?:Uuid)?)$/;

describe("emulator: saved seeds", () => {
  afterEach(closeAll);

  /** The answers to all reads of integrations and groups, without their history. */
  const readings = async (emulator: Emulator) => {
    const answers = await Promise.all(reads.map((operation) => ask(emulator, operation)));
    return JSON.parse(JSON.stringify(answers, (key, value) => (PAST.test(key) ? undefined : value)));
  };

  it("returns a seed with which another emulator starts with the same data, secrets and times included", async () => {
    const emulator = await start({ seed: "livedIn" });
    const apiSecretKey = kisi.apiSecretKey;
    const v1 = { apiSecretKey, placeId: 41001, doorToCameraMap: { "51001": [acme.cameras.lobby.uuid] } };
    await ask(emulator, "updateKisiIntegration", { kisiSettings: v1 });
    await ask(emulator, "createAccessControlGroup", { name: "Staff", userUuids: [acme.users.ada.uuid] });
    emulator.console(acme.orgUuid).setOnGuardEnabled(false);
    const seed = JSON.parse(JSON.stringify(emulator.save()));
    const other = await start({ seed });
    assert.deepEqual(await readings(other), await readings(emulator));
    const [one, two] = [emulator.console(acme.orgUuid), other.console(acme.orgUuid)];
    assert.deepEqual([two.groups(), two.kisi()?.v1], [one.groups(), one.kisi()?.v1]);
  });

  it("saves the V1 store for separate versions", async () => {
    const emulator = await start({ behaviours: { kisiVersions: "separate" } });
    await ask(emulator, "updateKisiIntegration", { kisiSettings: { apiSecretKey: kisi.apiSecretKey } });
    const other = (await start({ seed: emulator.save() })).console(acme.orgUuid);
    assert.deepEqual([other.kisi(), other.kisiV1()], [undefined, emulator.console(acme.orgUuid).kisiV1()]);
  });
});
