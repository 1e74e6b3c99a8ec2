import assert from "node:assert/strict";
import { campusSeed, type Emulator } from "../../../provider/emulator";
import { ask, closeAll, start } from "./caller";

const { acme } = campusSeed;
const { kisi } = acme;

/** What shows the integrations and the groups. */
const reads = [
  "getHoneywellOnGuardIntegration",
  "getGeneaIntegration",
  "getKisiIntegration",
  "getKisiIntegrationV2",
  "findAccessControlGroupsByOrg",
] as const;

/** What nobody saves: when and by whom an integration was changed. */
const PAST = /^(?:integrationAuditMap|userUuid|enabledTimestampMs|enablingUser(?:Uuid)?)$/;

describe("emulator: saving what it holds", () => {
  afterEach(closeAll);

  /** All that an organization can read of its integrations and groups, without the past. */
  const readings = async (emulator: Emulator) => {
    const answers = await Promise.all(reads.map((operation) => ask(emulator, operation)));
    return JSON.parse(JSON.stringify(answers, (key, value) => (PAST.test(key) ? undefined : value)));
  };

  it("gives a seed from which another one starts with the very same, secrets and times included", async () => {
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

  it("saves nothing of an organization that has nothing", async () => {
    const emulator = await start();
    assert.ok((await start({ seed: emulator.save() })).isEmpty());
  });

  it("saves the store that V1 has alone while the versions are separate", async () => {
    const emulator = await start({ behaviours: { kisiVersions: "separate" } });
    await ask(emulator, "updateKisiIntegration", { kisiSettings: { apiSecretKey: kisi.apiSecretKey } });
    const other = (await start({ seed: emulator.save() })).console(acme.orgUuid);
    assert.deepEqual([other.kisi(), other.kisiV1()], [undefined, emulator.console(acme.orgUuid).kisiV1()]);
  });
});
