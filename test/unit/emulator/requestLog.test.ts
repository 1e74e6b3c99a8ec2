import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, livedInSeed, signBadgeEvent } from "../../../provider/emulator";
import { asAcme, asPartner, call, closeAll, paths, post, start } from "./caller";

const { acme } = campusSeed;
const { rhombusToken, presharedSecret } = livedInSeed.headquartersOnGuard;

// The laws on lost and late answers prove the listener.
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
    emulator.clearRequests();
    assert.deepEqual(emulator.requests(), []);
  });

  it("lists refused calls and those of partners with the available fields", async () => {
    const emulator = await start();
    await call(emulator, "getOrgV2", {}, {});
    await post(`${emulator.url}/api/nothing?x=1`, asAcme, "{");
    await call(emulator, "getClientsV2", {}, asPartner);
    const masked = { "x-auth-apikey": "[secret]" };
    sinon.assert.match(emulator.requests(), [
      sinon.match({ operation: "getOrgV2", status: 401, organizationUuid: undefined }),
      sinon.match({ path: "/api/nothing", status: 404, headers: masked, body: "[not JSON, 1 bytes]" }),
      sinon.match({ operation: "getClientsV2", status: 200, headers: masked, organizationUuid: undefined }),
    ]);
  });

  it("masks secret fields, tokens that are keys of a map, and the keys of the seed", async () => {
    const emulator = await start({ seed: "livedIn" });
    const logged = async (...[name, body]: [Parameters<typeof call>[1], object]) => {
      await call(emulator, name, body);
      return emulator.requests().at(-1)?.body;
    };
    const flags = { rhombusToken, presharedSecret, saveClips: true };
    const other = { [livedInSeed.warehouseOnGuard.rhombusToken]: { saveClips: false } };
    const settings = { deploymentToSettingsMap: { [rhombusToken]: flags, ...other } };
    const shown = { rhombusToken: "[secret]", presharedSecret: "[secret]", saveClips: true };
    assert.deepEqual(await logged("updateHoneywellOnGuardIntegration", { honeywellOnGuardSettings: settings }), {
      honeywellOnGuardSettings: {
        deploymentToSettingsMap: { "[secret]": shown, "[secret 2]": { saveClips: false } },
      },
    });
    const secrets = { apiToken: acme.genea.apiToken, refreshToken: "r", webhookSignatureSecret: "w" };
    const plain = { webhookUuid: "plain", rhombusToken: null };
    const masked = { apiToken: "[secret]", refreshToken: "[secret]", webhookSignatureSecret: "[secret]" };
    assert.deepEqual(await logged("updateGeneaIntegrationV2", { geneaSettings: { ...secrets, ...plain } }), {
      geneaSettings: { ...masked, ...plain },
    });
    const keys = { name: acme.apiKey, surprise: [acme.kisi.apiSecretKey] };
    assert.deepEqual(await logged("createAccessControlGroup", keys), { name: "[secret]", surprise: ["[secret]"] });
  });

  it("masks the token, the signature and the badge of a webhook call", async () => {
    const emulator = await start({ seed: "livedIn" });
    const body = JSON.stringify({ alarm_name: "Granted Access", controller_id: 1, device_id: 4, badge_id: 12345 });
    const headers = { "x-rhombus-signature": signBadgeEvent(body, presharedSecret) };
    const path = `/webhooks/onguard/${rhombusToken}`;
    await post(`${emulator.url}${path}`, headers, body);
    for (const other of [`${path}/`, `${path}?x=1`, path.replace("webhooks", "WebHooks")])
      await post(`${emulator.url}${other}`, headers, body);
    assert.ok(!JSON.stringify(emulator.requests()).includes(rhombusToken));
    const [entry] = emulator.requests();
    sinon.assert.match(entry, { operation: "onGuardWebhook", path: "/webhooks/onguard/[secret]", status: 200 });
    assert.doesNotMatch(JSON.stringify(entry), new RegExp(`${rhombusToken}|12345|sha256=`));
    assert.equal(entry?.organizationUuid, acme.orgUuid);
  });
});
