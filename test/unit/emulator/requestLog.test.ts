import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, type LoggedRequest, livedInSeed, signBadgeEvent } from "../../../provider/emulator";
import { asAcme, asPartner, call, closeAll, paths, post, start } from "./caller";

const { acme } = campusSeed;
const { rhombusToken, presharedSecret } = livedInSeed.headquartersOnGuard;

describe("emulator: request log", () => {
  afterEach(closeAll);

  it("records operation, organization, time and status", async () => {
    const emulator = await start();
    const before = Date.now();
    await call(emulator, "createAccessControlGroup", { name: "Staff" });
    const [entry, ...others] = emulator.requests();
    const known = { operation: "createAccessControlGroup", path: paths.get("createAccessControlGroup"), status: 200 };
    sinon.assert.match(entry, { ...known, organizationUuid: acme.orgUuid, body: { name: "Staff" } });
    assert.ok(entry && entry.atMillis >= before && entry.atMillis <= Date.now() && entry.durationMs >= 0);
    assert.deepEqual(others, []);
  });

  it("lists refused calls with the available fields", async () => {
    const emulator = await start();
    await call(emulator, "getOrgV2", {}, {});
    await post(`${emulator.url}/api/nothing?x=1`, asAcme, "{");
    await call(emulator, "getClientsV2", {}, asPartner);
    const [first, second, third] = emulator.requests();
    assert.deepEqual(
      [second, third].map((each) => each?.headers["x-auth-apikey"]),
      ["[secret]", "[secret]"],
    );
    sinon.assert.match(first, { operation: "getOrgV2", status: 401, organizationUuid: undefined });
    sinon.assert.match(second, {
      operation: undefined,
      path: "/api/nothing",
      status: 404,
      body: "[not JSON, 1 bytes]",
    });
    sinon.assert.match(third, { operation: "getClientsV2", status: 200, organizationUuid: undefined });
    emulator.clearRequests();
    assert.deepEqual(emulator.requests(), []);
  });

  it("masks secret fields and tokens that are keys of a map", async () => {
    const emulator = await start({ seed: "livedIn" });
    const { rhombusToken: other } = livedInSeed.warehouseOnGuard;
    const settings = { rhombusToken, presharedSecret, saveClips: true };
    const deploymentToSettingsMap = { [rhombusToken]: settings, [other]: { saveClips: false } };
    await call(emulator, "updateHoneywellOnGuardIntegration", {
      honeywellOnGuardSettings: { deploymentToSettingsMap },
    });
    const shown = { rhombusToken: "[secret]", presharedSecret: "[secret]", saveClips: true };
    assert.deepEqual(emulator.requests()[0]?.body, {
      honeywellOnGuardSettings: {
        deploymentToSettingsMap: { "[secret]": shown, "[secret 2]": { saveClips: false } },
      },
    });
  });

  it("masks vendor keys, server secrets and the keys of the seed, and leaves the rest readable", async () => {
    const emulator = await start();
    const { apiToken } = acme.genea;
    const secrets = { apiToken, refreshToken: "r", webhookSignatureSecret: "w", webhookUuid: "plain" };
    await call(emulator, "updateGeneaIntegrationV2", { geneaSettings: { ...secrets, rhombusToken: null } });
    const masked = { apiToken: "[secret]", refreshToken: "[secret]", webhookSignatureSecret: "[secret]" };
    const geneaSettings = { ...masked, webhookUuid: "plain", rhombusToken: null };
    assert.deepEqual(emulator.requests()[0]?.body, { geneaSettings });
    await call(emulator, "createAccessControlGroup", { name: acme.apiKey, surprise: [acme.kisi.apiSecretKey] });
    assert.deepEqual(emulator.requests()[1]?.body, { name: "[secret]", surprise: ["[secret]"] });
  });

  it("masks the token, the signature and the badge of a webhook call", async () => {
    const emulator = await start({ seed: "livedIn" });
    const body = JSON.stringify({ alarm_name: "Granted Access", controller_id: 1, device_id: 4, badge_id: 12345 });
    const headers = { "x-rhombus-signature": signBadgeEvent(body, presharedSecret) };
    await post(`${emulator.url}/webhooks/onguard/${rhombusToken}`, headers, body);
    const [entry] = emulator.requests();
    sinon.assert.match(entry, { operation: "onGuardWebhook", path: "/webhooks/onguard/[secret]", status: 200 });
    assert.doesNotMatch(JSON.stringify(entry), new RegExp(`${rhombusToken}|12345|sha256=`));
    assert.equal(entry?.organizationUuid, acme.orgUuid);
  });

  it("calls the listener for each call, and delays the answer of a carried out call until it is ready", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const heard: LoggedRequest[] = [];
    const emulator = await start({
      onRequest: (request) => {
        if (request.operation === "createAccessControlGroup") return held.then(() => heard.push(request));
        return heard.push(request);
      },
    });
    let isAnswered = false;
    const answer = call(emulator, "createAccessControlGroup", { name: "Staff" }).then(() => {
      isAnswered = true;
    });
    while (emulator.isEmpty()) await new Promise((resolve) => setImmediate(resolve));
    await call(emulator, "getOrgV2");
    assert.equal(isAnswered, false);
    release();
    await answer;
    assert.deepEqual(heard, [...emulator.requests()].reverse());
  });

  it("shows status 0 for a call that is not answered yet", async () => {
    const emulator = await start({ latencyMs: 60_000 });
    const answer = assert.rejects(call(emulator, "getOrgV2"));
    while (emulator.requests().length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(emulator.requests()[0]?.status, 0);
    await emulator.close();
    await answer;
  });
});
