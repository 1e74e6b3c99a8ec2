import assert from "node:assert/strict";
import sinon from "sinon";
import { type Behaviours, campusSeed, type Emulator, livedInSeed, newRuuid } from "../../../provider/emulator";
import { ask, at, call, closeAll, keysAt, start, textAt } from "./caller";

const { acme } = campusSeed;
const write = "createOrUpdateHoneywellOnGuardIntegration";
const { rhombusToken, presharedSecret } = livedInSeed.headquartersOnGuard;

const livedInWith = (behaviours: Partial<Behaviours>) => start({ seed: "livedIn", behaviours });
const deployments = (emulator: Emulator) => emulator.console(acme.orgUuid).onGuard();

describe("emulator: behaviours of OnGuard", () => {
  afterEach(closeAll);

  it("onGuardCreate new: a write without a token creates another deployment", async () => {
    const emulator = await livedInWith({ onGuardCreate: "new" });
    await ask(emulator, write, { displayName: "Third" });
    assert.equal(deployments(emulator).length, 3);
  });

  it("onGuardCreate existing: a write without a token changes the oldest deployment", async () => {
    const emulator = await livedInWith({ onGuardCreate: "existing" });
    const answer = await ask(emulator, write, { displayName: "Third" });
    sinon.assert.match(answer, { rhombusToken, presharedSecret });
    assert.deepEqual(
      deployments(emulator).map(({ displayName }) => displayName),
      ["Third", "Warehouse OnGuard"],
    );
  });

  it("onGuardCreate existing: the first write still creates a deployment", async () => {
    const emulator = await start({ behaviours: { onGuardCreate: "existing" } });
    await ask(emulator, write);
    assert.equal(deployments(emulator).length, 1);
  });

  it("onGuardUnknownToken error: the answer is an error without credentials, and nothing is written", async () => {
    const emulator = await livedInWith({ onGuardUnknownToken: "error" });
    const unknown = newRuuid();
    const answer = await ask(emulator, write, { rhombusToken: unknown });
    const nothing = { rhombusToken: null, presharedSecret: null, webhookUrl: null };
    sinon.assert.match(answer, { error: true, errorMsg: sinon.match.string, ...nothing });
    assert.ok(!textAt(answer, "errorMsg").includes(unknown));
    assert.equal(deployments(emulator).length, 2);
  });

  it("onGuardUnknownToken recreate: a deployment is created under that token with a new secret", async () => {
    const emulator = await livedInWith({ onGuardUnknownToken: "recreate" });
    emulator.console(acme.orgUuid).removeOnGuard(rhombusToken);
    const answer = await ask(emulator, write, { rhombusToken });
    assert.equal(at(answer, "rhombusToken"), rhombusToken);
    assert.notEqual(at(answer, "presharedSecret"), presharedSecret);
  });

  it("onGuardUnknownToken recreate: a token that is not an RUUID is still an error", async () => {
    const emulator = await livedInWith({ onGuardUnknownToken: "recreate" });
    assert.equal(at(await ask(emulator, write, { rhombusToken: "odd" }), "error"), true);
  });

  it("onGuardUnknownToken mint: a deployment is created under another token", async () => {
    const emulator = await livedInWith({ onGuardUnknownToken: "mint" });
    const unknown = newRuuid();
    assert.notEqual(textAt(await ask(emulator, write, { rhombusToken: unknown }), "rhombusToken"), unknown);
    assert.equal(deployments(emulator).length, 3);
  });

  const flagsOfUnknown = {
    honeywellOnGuardSettings: { deploymentToSettingsMap: { [newRuuid()]: { saveClips: true } } },
  };

  it("onGuardUnknownToken error: a flags update of an unknown deployment fails", async () => {
    const answer = await ask(await livedInWith({}), "updateHoneywellOnGuardIntegration", flagsOfUnknown);
    sinon.assert.match(answer, { error: true, failedGuids: [] });
  });

  it("onGuardUnknownToken mint: a flags update of an unknown deployment is ignored", async () => {
    const emulator = await livedInWith({ onGuardUnknownToken: "mint" });
    sinon.assert.match(await ask(emulator, "updateHoneywellOnGuardIntegration", flagsOfUnknown), { error: false });
    assert.equal(deployments(emulator).length, 2);
  });

  it("failedDoors: a flags update names the unknown deployment without an error", async () => {
    const answer = await ask(
      await livedInWith({ failedDoors: true }),
      "updateHoneywellOnGuardIntegration",
      flagsOfUnknown,
    );
    const tokens = Object.keys(flagsOfUnknown.honeywellOnGuardSettings.deploymentToSettingsMap);
    sinon.assert.match(answer, { error: false, failedGuids: tokens });
  });

  it("onGuardList exists: the listing answers", async () => {
    assert.equal(
      (await call(await livedInWith({ onGuardList: "exists" }), "listHoneywellOnGuardIntegrations")).status,
      200,
    );
  });

  it("onGuardList missing: the listing answers 404", async () => {
    assert.equal(
      (await call(await livedInWith({ onGuardList: "missing" }), "listHoneywellOnGuardIntegrations")).status,
      404,
    );
  });

  for (const [mapWrites, keys] of [
    ["replace", ["1:9"]],
    ["merge", ["1:4", "1:7", "1:9"]],
  ] as const) {
    it(`mapWrites ${mapWrites}: after a write of one door there are ${keys.join(", ")}`, async () => {
      const emulator = await livedInWith({ mapWrites });
      await ask(emulator, write, { rhombusToken, doorInfoMap: { "1:9": { doorName: "New" } } });
      assert.deepEqual(Object.keys(deployments(emulator)[0]?.doorInfoMap ?? {}), keys);
    });
  }

  it("mapWrites merge: a door that is sent replaces that door", async () => {
    const emulator = await livedInWith({ mapWrites: "merge" });
    await ask(emulator, write, { rhombusToken, doorInfoMap: { "1:7": { doorName: "New" } } });
    assert.deepEqual(deployments(emulator)[0]?.doorInfoMap["1:7"], { doorName: "New" });
  });

  for (const [settingsWrites, displayName, saveClips] of [
    ["replace", null, false],
    ["merge", "Headquarters OnGuard", true],
  ] as const) {
    it(`settingsWrites ${settingsWrites}: omitted settings become ${displayName} and ${saveClips}`, async () => {
      const emulator = await livedInWith({ settingsWrites });
      const deploymentToSettingsMap = { [rhombusToken]: { createSeekPoints: false } };
      await ask(emulator, "updateHoneywellOnGuardIntegration", {
        honeywellOnGuardSettings: { deploymentToSettingsMap },
      });
      const [deployment] = deployments(emulator);
      assert.deepEqual([deployment?.displayName, deployment?.flags.saveClips], [displayName, saveClips]);
      assert.equal(deployment?.flags.createSeekPoints, false);
    });

    it(`settingsWrites ${settingsWrites}: createOrUpdate without a display name leaves ${displayName}`, async () => {
      const emulator = await livedInWith({ settingsWrites });
      await ask(emulator, write, { rhombusToken });
      assert.equal(deployments(emulator)[0]?.displayName, displayName);
    });
  }

  for (const [nulls, displayName, doors] of [
    ["clears", null, 0],
    ["keeps", "Headquarters OnGuard", 2],
  ] as const) {
    it(`nulls ${nulls}: null leaves the display name ${displayName} and ${doors} doors`, async () => {
      const emulator = await livedInWith({ nulls });
      await ask(emulator, write, { rhombusToken, displayName: null, doorInfoMap: null });
      const [deployment] = deployments(emulator);
      assert.deepEqual(
        [deployment?.displayName, Object.keys(deployment?.doorInfoMap ?? {}).length],
        [displayName, doors],
      );
    });
  }

  for (const [nulls, keys] of [
    ["clears", ["1:7"]],
    ["keeps", ["1:4", "1:7"]],
  ] as const) {
    it(`nulls ${nulls} under mapWrites merge: null for a door leaves ${keys.join(", ")}`, async () => {
      const emulator = await livedInWith({ nulls, mapWrites: "merge" });
      await ask(emulator, write, { rhombusToken, doorInfoMap: { "1:4": null } });
      assert.deepEqual(Object.keys(deployments(emulator)[0]?.doorInfoMap ?? {}), keys);
    });
  }

  for (const [deploymentsOmitted, left] of [
    ["kept", 2],
    ["removed", 1],
  ] as const) {
    it(`deploymentsOmitted ${deploymentsOmitted}: a flags update of one of two leaves ${left}`, async () => {
      const emulator = await livedInWith({ deploymentsOmitted });
      const deploymentToSettingsMap = { [rhombusToken]: {} };
      await ask(emulator, "updateHoneywellOnGuardIntegration", {
        honeywellOnGuardSettings: { deploymentToSettingsMap },
      });
      assert.equal(deployments(emulator).length, left);
    });
  }

  it("deploymentsOmitted removed: an update without a map removes nothing", async () => {
    const emulator = await livedInWith({ deploymentsOmitted: "removed" });
    await ask(emulator, "updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings: { enabled: true } });
    assert.equal(deployments(emulator).length, 2);
  });

  for (const [onGuardDoorsOmitted, doors] of [
    ["kept", 2],
    ["cleared", 0],
  ] as const) {
    it(`onGuardDoorsOmitted ${onGuardDoorsOmitted}: a write without doors leaves ${doors}`, async () => {
      const emulator = await livedInWith({ onGuardDoorsOmitted });
      await ask(emulator, write, { rhombusToken, displayName: "Main" });
      assert.equal(Object.keys(deployments(emulator)[0]?.doorInfoMap ?? {}).length, doors);
    });
  }

  for (const onGuardKeys of ["token", "opaque"] as const) {
    it(`onGuardKeys ${onGuardKeys}: a flags update finds the deployment by the key that a read shows`, async () => {
      const emulator = await livedInWith({ onGuardKeys });
      const row = at(await ask(emulator, "getHoneywellOnGuardIntegration"), "orgIntegrationV2");
      const [key = ""] = keysAt(row, "deploymentToSettingsMap");
      assert.equal(key === rhombusToken, onGuardKeys === "token");
      const deploymentToSettingsMap = { [key]: { createSeekPoints: false } };
      const sent = { honeywellOnGuardSettings: { deploymentToSettingsMap } };
      sinon.assert.match(await ask(emulator, "updateHoneywellOnGuardIntegration", sent), { error: false });
      assert.equal(deployments(emulator)[0]?.flags.createSeekPoints, false);
    });
  }

  for (const [onGuardUrlReads, status] of [
    ["absent", 400],
    ["plain", 200],
  ] as const) {
    it(`onGuardUrlReads ${onGuardUrlReads}: reads show the URL accordingly, and sending it back is answered ${status}`, async () => {
      const emulator = await livedInWith({ onGuardUrlReads });
      const row = at(await ask(emulator, "getHoneywellOnGuardIntegration"), "orgIntegrationV2");
      const webhookUrl = at(row, "deploymentToSettingsMap", rhombusToken, "webhookUrl");
      assert.equal(webhookUrl, status === 200 ? deployments(emulator)[0]?.webhookUrl : undefined);
      const deploymentToSettingsMap = { [rhombusToken]: { webhookUrl: webhookUrl ?? "https://elsewhere.example" } };
      const sent = { honeywellOnGuardSettings: { deploymentToSettingsMap } };
      assert.equal((await call(emulator, "updateHoneywellOnGuardIntegration", sent)).status, status);
    });
  }

  it("misconfiguredDoors refused: nothing is written, the answer has no credentials, and the doors are named", async () => {
    const emulator = await livedInWith({ misconfiguredDoors: "refused" });
    const { mainEntrance, dockNorth } = acme.cameras;
    const door = { doorName: "Between", assignedCameraList: [mainEntrance.uuid, dockNorth.uuid] };
    const answer = await ask(emulator, write, { displayName: "Third", doorInfoMap: { "1:1": door } });
    sinon.assert.match(answer, { error: true, misconfiguredDoors: ["Between"], rhombusToken: null });
    assert.equal(deployments(emulator).length, 2);
  });

  const secretReads = {
    plain: presharedSecret,
    masked: `********${presharedSecret.slice(-4)}`,
    absent: undefined,
  } as const;

  for (const how of ["plain", "masked", "absent"] as const) {
    it(`onGuardSecretReads ${how}: reads show the secret ${how}, writes always plain`, async () => {
      const emulator = await livedInWith({ onGuardSecretReads: how });
      const row = at(await ask(emulator, "getHoneywellOnGuardIntegration"), "orgIntegrationV2");
      assert.equal(at(row, "deploymentToSettingsMap", rhombusToken, "presharedSecret"), secretReads[how]);
      assert.equal(at(await ask(emulator, write, { rhombusToken }), "presharedSecret"), presharedSecret);
    });
  }
});
