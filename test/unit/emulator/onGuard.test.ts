import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed } from "../../../provider/emulator";
import { ask, at, closeAll, keysAt, listAt, start, textAt } from "./caller";

const { acme } = campusSeed;
const { cameras, locations } = acme;
const write = "createOrUpdateHoneywellOnGuardIntegration";
const update = "updateHoneywellOnGuardIntegration";
const read = "getHoneywellOnGuardIntegration";

describe("emulator: OnGuard", () => {
  afterEach(closeAll);

  it("reads the whole integration, with nulls for unset fields and without webhook URL", async () => {
    const emulator = await start();
    const lobby = { doorName: "Lobby", assignedCameraList: [cameras.lobby.uuid] };
    const rhombusToken = textAt(await ask(emulator, write, { doorInfoMap: { "1:4": lobby } }), "rhombusToken");
    const answer = await ask(emulator, read);
    const integration = at(answer, "orgIntegrationV2");
    sinon.assert.match(integration, { enabled: true, integration: "HONEYWELL_ONGUARD", orgUuid: acme.orgUuid });
    const deployment = at(integration, "deploymentToSettingsMap", rhombusToken);
    const flags = { saveClips: false, badgeFaceVerificationMode: "OFF", displayName: null, rhombusToken };
    sinon.assert.match(deployment, { ...flags, presharedSecret: sinon.match.string });
    const door = { ...lobby, clipDuration: null, leadingSeconds: null, locationUuid: null, remoteUnlock: null };
    assert.deepEqual(at(deployment, "doorInfoMap"), { "1:4": { ...door, subLocationsHierarchyKey: null } });
    assert.doesNotMatch(JSON.stringify(answer), /webhooks\/onguard/);
  });

  it("lists deployments without secrets", async () => {
    const answer = await ask(await start({ seed: "livedIn" }), "listHoneywellOnGuardIntegrations");
    const summary = { displayName: "Warehouse OnGuard", doorCount: 1, rhombusToken: sinon.match.string };
    const assignedCameraUuids = [cameras.dockNorth.uuid, cameras.dockSouth.uuid];
    sinon.assert.match(at(answer, "integrations", 1), { ...summary, assignedCameraUuids });
    assert.doesNotMatch(JSON.stringify(answer), /presharedSecret|emulator-secret/);
  });

  it("updates flags and names of deployments by the inner token, and ignores doors and secrets", async () => {
    const emulator = await start({ seed: "livedIn" });
    const console = emulator.console(acme.orgUuid);
    const [before] = console.onGuard();
    const ignored = { doorInfoMap: {}, presharedSecret: "x" };
    const sent = { rhombusToken: before?.rhombusToken, badgeFaceVerificationMode: "AUTO", displayName: "New" };
    const honeywellOnGuardSettings = { enabled: false, deploymentToSettingsMap: { any: { ...sent, ...ignored } } };
    assert.equal(at(await ask(emulator, update, { honeywellOnGuardSettings }), "error"), false);
    const [after, other] = console.onGuard();
    assert.deepEqual(after, { ...before, displayName: "New", flags: { ...after?.flags } });
    assert.deepEqual([after?.flags.saveClips, after?.flags.badgeFaceVerificationMode], [false, "AUTO"]);
    assert.deepEqual([other?.displayName, console.isOnGuardEnabled()], ["Warehouse OnGuard", false]);
  });

  it("fails to update flags where OnGuard was never configured", async () => {
    const answer = await ask(await start(), update, { honeywellOnGuardSettings: {} });
    sinon.assert.match(answer, { error: true, authError: false, errorMsg: sinon.match.string });
  });

  it("adds an audit event for each change, and keeps the newest hundred, even of one millisecond", async () => {
    const clock = sinon.useFakeTimers({ now: 1_700_000_000_000, toFake: ["Date"] });
    try {
      const emulator = await start();
      const rhombusToken = at(await ask(emulator, write), "rhombusToken");
      for (let index = 0; index < 100; index++) await ask(emulator, write, { rhombusToken });
      await ask(emulator, write, { displayName: "second" });
      await ask(emulator, "deleteHoneywellOnGuardIntegration", { rhombusToken });
      const trail = at(await ask(emulator, read), "orgIntegrationV2", "integrationAuditMap");
      const keys = keysAt(trail);
      assert.deepEqual([keys.length, keys[0], keys[99]], [100, "1700000000003", "1700000000102"]);
      const by = { user: "Ada Okafor", userUuid: acme.users.ada.uuid, enabledTimestampMs: 1_700_000_000_000 };
      assert.deepEqual(at(trail, "1700000000101"), { ...by, integrationAuditEvent: "UPDATE" });
      assert.deepEqual(at(trail, "1700000000102"), { ...by, integrationAuditEvent: "DELETE" });
    } finally {
      clock.restore();
    }
  });

  it("deletes one deployment by token, succeeds again, and leaves an empty integration after the last", async () => {
    const emulator = await start({ seed: "livedIn" });
    const [first, second] = emulator.console(acme.orgUuid).onGuard();
    for (const rhombusToken of [first?.rhombusToken, first?.rhombusToken]) {
      assert.equal(at(await ask(emulator, "deleteHoneywellOnGuardIntegration", { rhombusToken }), "error"), false);
    }
    assert.deepEqual(emulator.console(acme.orgUuid).onGuard(), [second]);
    await ask(emulator, "deleteHoneywellOnGuardIntegration", { rhombusToken: second?.rhombusToken });
    assert.deepEqual(keysAt(await ask(emulator, read), "orgIntegrationV2", "deploymentToSettingsMap"), []);
  });

  it("deletes every deployment of the organization when a delete has no token, null or a blank one", async () => {
    for (const body of [{}, { rhombusToken: null }, { rhombusToken: "" }]) {
      const emulator = await start({ seed: "livedIn" });
      await ask(emulator, "deleteHoneywellOnGuardIntegration", body);
      assert.equal(at(await ask(emulator, read), "orgIntegrationV2"), null);
    }
  });

  it("names the doors that belong to several locations, in the answer and in the stored integration", async () => {
    const locationUuid = locations.headquarters.uuid;
    const doorInfoMap = {
      "1:1": { doorName: "Two buildings", assignedCameraList: [cameras.lobby.uuid, cameras.labFloor.uuid] },
      "1:2": { doorName: "Else", assignedCameraList: [cameras.lobby.uuid], locationUuid: locations.warehouse.uuid },
      "1:3": { assignedCameraList: [cameras.dockNorth.uuid], locationUuid: locations.robotLab.uuid },
      "1:4": { doorName: "Fine", assignedCameraList: [cameras.lobby.uuid, cameras.elevators.uuid], locationUuid },
      "1:5": { doorName: "Unknown camera", assignedCameraList: ["A".repeat(22)], locationUuid },
    };
    const emulator = await start();
    const made = await ask(emulator, write, { doorInfoMap });
    const expected = ["Two buildings", "Else", "1:3"];
    assert.deepEqual(at(made, "misconfiguredDoors"), expected);
    const deployments = at(await ask(emulator, read), "orgIntegrationV2", "deploymentToSettingsMap");
    assert.deepEqual(listAt(deployments, textAt(made, "rhombusToken"), "misconfiguredDoors"), expected);
  });
});
