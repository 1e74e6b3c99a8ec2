import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, type Emulator, startEmulator } from "../../../../provider/emulator";
import { RhombusApi } from "../../../../provider/rhombus/api/api";
import { clientFor, elapse, failureOf } from "../loopback";

const { acme, partner, bluebird } = campusSeed;

describe("client against the emulator", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ seed: "livedIn" });
  });
  afterEach(() => emulator.close());

  const clientOf = (config: Record<string, string> = {}) => clientFor(emulator.url, { apiKey: acme.apiKey, ...config });

  it("creates, updates and deletes a group", async () => {
    const { client } = clientOf();
    const [ada, ben] = [acme.users.ada.uuid, acme.users.ben.uuid];
    const { group } = await client.call("createAccessControlGroup", { name: "Visitors", userUuids: [ada] });
    const groupUuid = group?.uuid ?? "";
    await client.call("updateAccessControlGroup", { groupUuid, name: "Guests", description: null });
    await client.call("addUsersToAccessControlGroup", { groupUuid, userUuids: [ben] });
    await client.call("removeUsersFromAccessControlGroup", { groupUuid, userUuids: [ada] });
    const { groupMembers } = await client.call("findAllUsersForAccessControlGroup", { groupUuid });
    assert.deepEqual(
      groupMembers?.map((member) => member?.userUuid),
      [ben],
    );
    const found = await client.call("findAccessControlGroupByExactName", { groupName: "guests" });
    assert.equal(found.group?.uuid, groupUuid);
    await client.call("deleteAccessControlGroup", { groupUuid });
    const { groups } = await client.call("findAccessControlGroupsByOrg", {});
    assert.deepEqual(
      groups?.filter((each) => each?.uuid === groupUuid),
      [],
    );
  });

  it("creates, updates and deletes an OnGuard deployment", async () => {
    const { client } = clientOf();
    const doorInfoMap = { "9:1": { doorName: "Lobby", assignedCameraList: [acme.cameras.lobby.uuid] } };
    const made = await client.call("createOrUpdateHoneywellOnGuardIntegration", { displayName: "Annex", doorInfoMap });
    const rhombusToken = made.rhombusToken ?? "";
    const deploymentToSettingsMap = { [rhombusToken]: { rhombusToken, saveClips: true } };
    await client.call("updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings: { deploymentToSettingsMap } });
    const { orgIntegrationV2 } = await client.call("getHoneywellOnGuardIntegration", {});
    const all = Object.values(orgIntegrationV2?.deploymentToSettingsMap ?? {});
    assert.equal(all.find((each) => each?.rhombusToken === rhombusToken)?.saveClips, true);
    await client.call("deleteHoneywellOnGuardIntegration", { rhombusToken });
    const { integrations } = await client.call("listHoneywellOnGuardIntegrations", {});
    assert.equal(integrations?.length, 2);
    assert.equal(
      client.redact(`${made.webhookUrl} ${made.presharedSecret}`).includes(made.presharedSecret ?? "?"),
      false,
    );
  });

  it("writes the settings of Genea and Kisi back as they were read", async () => {
    const { client } = clientOf();
    const genea = (await client.call("getGeneaIntegration", {})).orgIntegrationV2 ?? {};
    await client.call("updateGeneaIntegrationV2", { geneaSettings: genea });
    const kisi = (await client.call("getKisiIntegrationV2", {})).orgIntegrationV2 ?? {};
    await client.call("updateKisiIntegrationV2", { kisiSettings: kisi });
    const first = (await client.call("getKisiIntegration", {})).kisiSettings ?? {};
    await client.call("updateKisiIntegration", { kisiSettings: first });
    for (const name of ["deleteGeneaIntegrationV2", "deleteKisiIntegration", "deleteKisiIntegrationV2"] as const) {
      await client.call(name, {});
    }
    assert.equal((await client.call("getGeneaIntegration", {})).orgIntegrationV2 ?? null, null);
  });

  it("lists locations, cameras, users and integrations", async () => {
    const { client } = clientOf();
    assert.deepEqual(await new RhombusApi(client, undefined).organization(), { uuid: acme.orgUuid, name: acme.name });
    const { locations } = await client.call("getLocations", { subLocationsIncluded: true });
    const { users } = await client.call("getUsersInOrg", {});
    const { cameraStates } = await client.call("getMinimalCameraStateList", {});
    const { panelList } = await client.call("getGeneaDoors", { apiToken: acme.genea.apiToken });
    const { places } = await client.call("getKisiPlaces", { apiSecretKey: acme.kisi.apiSecretKey });
    const { placeToDoorMap } = await client.call("getKisiDoors", {});
    const { orgIntegrationsV2 } = await client.call("getOrgIntegrationsV2", {});
    const found = [locations, users, cameraStates, panelList, places].map((list) => (list?.length ?? 0) > 0);
    assert.deepEqual(found, Array(5).fill(true));
    assert.equal(Object.keys(placeToDoorMap ?? {}).length, places?.length);
    assert.equal(Object.keys(orgIntegrationsV2 ?? {}).length, 3);
  });

  it("works in an organization of a partner and lists its clients", async () => {
    const { client } = clientOf({ apiKey: partner.apiKey, partner: "true", orgUuid: bluebird.orgUuid });
    assert.equal((await new RhombusApi(client, undefined).organization())?.uuid, bluebird.orgUuid);
    const { clients } = await client.call("getClientsV2", {});
    assert.ok(clients?.some((each) => each?.clientOrgUuid === bluebird.orgUuid));
  });

  for (const [what, config, remedy] of [
    ["a wrong key", { apiKey: "wrongKeyWrongKeyWrongK" }, /may be wrong or revoked/],
    ["a partner's key taken for an organization's", { apiKey: partner.apiKey }, /set rhombus:partner to true/],
    ["a partner's key without organization", { apiKey: partner.apiKey, partner: "true" }, /needs rhombus:orgUuid/],
    [
      "an organization that the partner does not manage",
      { apiKey: partner.apiKey, partner: "true", orgUuid: acme.orgUuid },
      /may not be managed by this partner/,
    ],
  ] as const) {
    it(`shows the remedy for ${what}`, async () => {
      const error = await failureOf(clientOf(config).client.call("getUsersInOrg", {}));
      assert.equal(error.status, 403);
      assert.match(error.message, remedy);
    });
  }

  it("names Genea's key if Genea refuses it", async () => {
    const geneaSettings = { apiToken: "not-a-token-of-genea", enabled: true };
    const error = await failureOf(clientOf().client.call("updateGeneaIntegrationV2", { geneaSettings }));
    assert.equal(error.kind, "vendorKey");
    assert.match(error.message, /check apiToken/);
    assert.doesNotMatch(error.message, /not-a-token-of-genea/);
  });

  it("warns about doors with cameras of several locations", async () => {
    const { client, warned } = clientOf();
    const assignedCameraList = [acme.cameras.lobby.uuid, acme.cameras.dockNorth.uuid];
    const doorInfoMap = { "9:1": { doorName: "Everywhere", assignedCameraList } };
    await client.call("createOrUpdateHoneywellOnGuardIntegration", { displayName: "Annex", doorInfoMap });
    assert.match(warned.join(), /createOrUpdateHoneywellOnGuardIntegration: these doors .* location: Everywhere\./);
  });

  it("completes all calls under a rate limit", async () => {
    const clock = sinon.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
    try {
      emulator.limitRate({ ratePerSecond: 1, burst: 3 });
      const { client, logged } = clientOf({ timeoutSeconds: "600" });
      const calls = Array.from({ length: 8 }, () => client.call("getOrgV2", {}));
      assert.equal((await elapse(clock, Promise.all(calls))).length, 8);
      assert.match(logged[0] ?? "", /^rhombus: rate limited, resuming in 1 s \(3 calls done\)$/);
    } finally {
      clock.restore();
    }
  });
});
