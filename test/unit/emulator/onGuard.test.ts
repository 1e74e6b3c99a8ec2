import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, isRuuid } from "../../../provider/emulator";
import { ask, at, closeAll, keysAt, listAt, start, textAt } from "./caller";

const { acme } = campusSeed;
const { cameras, locations } = acme;
const write = "createOrUpdateHoneywellOnGuardIntegration";
const read = "getHoneywellOnGuardIntegration";
const lobby = { doorName: "Lobby", assignedCameraList: [cameras.lobby.uuid] };

describe("emulator: OnGuard", () => {
  afterEach(closeAll);

  it("creates a deployment with a token, a secret and a URL with the token, which later writes do not change", async () => {
    const emulator = await start();
    const made = await ask(emulator, write, { displayName: "HQ", doorInfoMap: { "1:4": lobby } });
    const token = textAt(made, "rhombusToken");
    assert.ok(isRuuid(token));
    assert.equal(textAt(made, "webhookUrl"), `${emulator.url}/webhooks/onguard/${token}`);
    assert.ok(textAt(made, "presharedSecret").length >= 32);
    sinon.assert.match(made, { error: false, errorMsg: null, warningMsg: null, misconfiguredDoors: [] });
    assert.deepEqual(await ask(emulator, write, { rhombusToken: token, displayName: "HQ" }), made);
    assert.equal(emulator.console(acme.orgUuid).onGuard().length, 1);
  });

  it("reads the whole row, with nulls for unset fields and without webhook URL", async () => {
    const emulator = await start();
    const token = textAt(
      await ask(emulator, write, { displayName: "HQ", doorInfoMap: { "1:4": lobby } }),
      "rhombusToken",
    );
    const answer = await ask(emulator, read);
    const row = at(answer, "orgIntegrationV2");
    sinon.assert.match(row, { enabled: true, integration: "HONEYWELL_ONGUARD", orgUuid: acme.orgUuid });
    const deployment = at(row, "deploymentToSettingsMap", token);
    const flags = { saveClips: false, badgeFaceVerificationMode: "OFF", displayName: "HQ", rhombusToken: token };
    sinon.assert.match(deployment, { ...flags, presharedSecret: sinon.match.string });
    const door = { ...lobby, clipDuration: null, leadingSeconds: null, locationUuid: null, remoteUnlock: null };
    assert.deepEqual(at(deployment, "doorInfoMap"), { "1:4": { ...door, subLocationsHierarchyKey: null } });
    assert.doesNotMatch(JSON.stringify(answer), /webhooks\/onguard/);
  });

  it("lists deployments without secrets", async () => {
    const emulator = await start({ seed: "livedIn" });
    const answer = await ask(emulator, "listHoneywellOnGuardIntegrations");
    const summary = { displayName: "Warehouse OnGuard", doorCount: 1, rhombusToken: sinon.match.string };
    sinon.assert.match(at(answer, "integrations", 1), summary);
    assert.deepEqual(listAt(answer, "integrations", 1, "assignedCameraUuids"), [
      cameras.dockNorth.uuid,
      cameras.dockSouth.uuid,
    ]);
    assert.doesNotMatch(JSON.stringify(answer), /presharedSecret|emulator-secret/);
  });

  it("changes flags and names of deployments, and ignores their doors, tokens and secrets", async () => {
    const emulator = await start({ seed: "livedIn" });
    const console = emulator.console(acme.orgUuid);
    const [before] = console.onGuard();
    const token = before?.rhombusToken ?? "";
    const body = {
      saveClips: false,
      badgeFaceVerificationMode: "AUTO",
      displayName: "New",
      doorInfoMap: {},
      presharedSecret: "x",
    };
    const honeywellOnGuardSettings = { enabled: false, deploymentToSettingsMap: { [token]: body } };
    const answer = await ask(emulator, "updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings });
    assert.equal(at(answer, "error"), false);
    const [after, other] = console.onGuard();
    assert.deepEqual(after, { ...before, displayName: "New", flags: { ...after?.flags } });
    assert.deepEqual([after?.flags.saveClips, after?.flags.badgeFaceVerificationMode], [false, "AUTO"]);
    assert.deepEqual([other?.displayName, console.isOnGuardEnabled()], ["Warehouse OnGuard", false]);
  });

  it("finds a deployment in a flags update by its inner token, whatever the key is", async () => {
    const emulator = await start({ seed: "livedIn" });
    const console = emulator.console(acme.orgUuid);
    const rhombusToken = console.onGuard()[1]?.rhombusToken;
    const honeywellOnGuardSettings = { deploymentToSettingsMap: { any: { rhombusToken, saveClips: true } } };
    await ask(emulator, "updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings });
    assert.equal(console.onGuard()[1]?.flags.saveClips, true);
  });

  it("fails to update flags where OnGuard was never configured", async () => {
    const answer = await ask(await start(), "updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings: {} });
    sinon.assert.match(answer, { error: true, authError: false, errorMsg: sinon.match.string });
  });

  it("adds an audit event for each change", async () => {
    const emulator = await start();
    const token = at(await ask(emulator, write), "rhombusToken");
    await ask(emulator, write, { displayName: "second" });
    await ask(emulator, "deleteHoneywellOnGuardIntegration", { rhombusToken: token });
    const trail = Object.values(Object(at(await ask(emulator, read), "orgIntegrationV2", "integrationAuditMap")));
    assert.deepEqual(
      trail.map((event) => at(event, "integrationAuditEvent")),
      ["UPDATE", "UPDATE", "DELETE"],
    );
    sinon.assert.match(trail[0], {
      user: "Ada Okafor",
      userUuid: acme.users.ada.uuid,
      enabledTimestampMs: sinon.match.number,
    });
  });

  it("holds the newest hundred audit events, even of one millisecond", async () => {
    const clock = sinon.useFakeTimers({ now: 1_700_000_000_000, toFake: ["Date"] });
    try {
      const emulator = await start();
      const rhombusToken = at(await ask(emulator, write), "rhombusToken");
      for (let index = 0; index < 101; index++) await ask(emulator, write, { rhombusToken });
      const keys = keysAt(await ask(emulator, read), "orgIntegrationV2", "integrationAuditMap");
      assert.deepEqual([keys.length, keys[0], keys[99]], [100, "1700000000002", "1700000000101"]);
    } finally {
      clock.restore();
    }
  });

  it("deletes one deployment by token, succeeds again, and leaves an empty row after the last", async () => {
    const emulator = await start({ seed: "livedIn" });
    const rhombusToken = emulator.console(acme.orgUuid).onGuard()[0]?.rhombusToken;
    for (const _ of [1, 2]) {
      assert.equal(at(await ask(emulator, "deleteHoneywellOnGuardIntegration", { rhombusToken }), "error"), false);
    }
    const [left, ...others] = emulator.console(acme.orgUuid).onGuard();
    assert.deepEqual([left?.displayName, others], ["Warehouse OnGuard", []]);
    await ask(emulator, "deleteHoneywellOnGuardIntegration", { rhombusToken: left?.rhombusToken });
    assert.deepEqual(keysAt(await ask(emulator, read), "orgIntegrationV2", "deploymentToSettingsMap"), []);
  });

  it("deletes every deployment of the organization when a delete has no token, null or a blank one", async () => {
    for (const body of [{}, { rhombusToken: null }, { rhombusToken: "" }]) {
      const emulator = await start({ seed: "livedIn" });
      await ask(emulator, "deleteHoneywellOnGuardIntegration", body);
      assert.equal(at(await ask(emulator, read), "orgIntegrationV2"), null);
    }
  });

  const doors = {
    "1:1": { doorName: "Two buildings", assignedCameraList: [cameras.lobby.uuid, cameras.labFloor.uuid] },
    "1:2": { doorName: "Elsewhere", assignedCameraList: [cameras.lobby.uuid], locationUuid: locations.warehouse.uuid },
    "1:3": { assignedCameraList: [cameras.dockNorth.uuid], locationUuid: locations.robotLab.uuid },
    "1:4": {
      doorName: "Fine",
      assignedCameraList: [cameras.lobby.uuid, cameras.elevators.uuid],
      locationUuid: locations.headquarters.uuid,
    },
    "1:5": {
      doorName: "Unknown camera",
      assignedCameraList: ["A".repeat(22)],
      locationUuid: locations.headquarters.uuid,
    },
  };

  it("names the doors that belong to several locations, in the answer and in the stored integration", async () => {
    const emulator = await start();
    const made = await ask(emulator, write, { doorInfoMap: doors });
    const names = ["Two buildings", "Elsewhere", "1:3"];
    assert.deepEqual(at(made, "misconfiguredDoors"), names);
    const row = at(
      await ask(emulator, read),
      "orgIntegrationV2",
      "deploymentToSettingsMap",
      textAt(made, "rhombusToken"),
    );
    assert.deepEqual(at(row, "misconfiguredDoors"), names);
  });
});
