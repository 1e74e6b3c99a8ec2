import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import sinon from "sinon";
import { campusSeed, type Emulator, livedInSeed, newRuuid, signBadgeEvent } from "../../../provider/emulator";
import { ask, type CallHeaders, closeAll, post, start } from "./caller";

const { acme } = campusSeed;
const { rhombusToken, presharedSecret } = livedInSeed.headquartersOnGuard;
const granted = { alarm_name: "Granted Access", controller_id: 1, device_id: 4, timestamp: 1_700_000_000_000 };

const eventsOf = (emulator: Emulator) => emulator.console(acme.orgUuid).events();

/** Sends a badge event to the headquarters' deployment, signed unless other headers are given. */
function badge(emulator: Emulator, event: object, headers?: CallHeaders) {
  const [deployment] = emulator.console(acme.orgUuid).onGuard();
  const body = JSON.stringify(event, undefined, 1);
  const signed = { "x-rhombus-signature": signBadgeEvent(body, presharedSecret) };
  return post(deployment?.webhookUrl ?? "", headers ?? signed, body);
}

describe("emulator: webhook of OnGuard", () => {
  afterEach(closeAll);

  it("accepts granted access at a mapped door, and stores it for the door's cameras", async () => {
    const emulator = await start({ seed: "livedIn" });
    const answer = await badge(emulator, { ...granted, cardholder_first_name: "Ada", cardholder_last_name: "Okafor" });
    const stored = {
      door: "1:4",
      doorName: "Lobby",
      cameraUuids: [acme.cameras.lobby.uuid],
      activity: "ONGUARD_BADGE_AUTHORIZED",
    };
    assert.deepEqual([answer.status, answer.body], [200, { accepted: true, ...stored }]);
    assert.deepEqual(eventsOf(emulator), [{ ...stored, atMillis: 1_700_000_000_000, cardholder: "Ada Okafor" }]);
  });

  it("accepts the URL and the secret of a new deployment, and texts as door ids", async () => {
    const emulator = await start();
    const doorInfoMap = { "1:4": { assignedCameraList: [acme.cameras.lobby.uuid] } };
    const made = await ask(emulator, "createOrUpdateHoneywellOnGuardIntegration", { doorInfoMap });
    const { webhookUrl, presharedSecret: secret } = Object(made);
    const body = JSON.stringify({ ...granted, controller_id: "1", device_id: "4" });
    const answer = await post(webhookUrl, { "x-rhombus-signature": signBadgeEvent(body, secret) }, body);
    sinon.assert.match(answer.body, { accepted: true, door: "1:4", doorName: null });
  });

  it("verifies an HMAC-SHA256 of the raw body under the secret's text, in lower-case hex", () => {
    const hex = createHmac("sha256", Buffer.from("secret", "utf8")).update(Buffer.from("body")).digest("hex");
    assert.equal(signBadgeEvent("body", "secret"), `sha256=${hex}`);
  });

  const body = JSON.stringify(granted, undefined, 1);
  const wrong: readonly (readonly [string, CallHeaders])[] = [
    ["no signature", {}],
    ["a signature under another secret", { "x-rhombus-signature": signBadgeEvent(body, "other") }],
    ["a signature of another body", { "x-rhombus-signature": signBadgeEvent(`${body} `, presharedSecret) }],
    ["a signature in upper case", { "x-rhombus-signature": signBadgeEvent(body, presharedSecret).toUpperCase() }],
    ["a signature without its scheme", { "x-rhombus-signature": signBadgeEvent(body, presharedSecret).slice(7) }],
  ];

  it("answers 401 to a wrong signature and stores nothing", async () => {
    const emulator = await start({ seed: "livedIn" });
    for (const [title, headers] of wrong) assert.equal((await badge(emulator, granted, headers)).status, 401, title);
    assert.deepEqual(eventsOf(emulator), []);
  });

  it("refuses what is not an event, drops other events, and all while the integration is disabled, and returns the reason", async () => {
    const emulator = await start({ seed: "livedIn" });
    const console = emulator.console(acme.orgUuid);
    console.setOnGuardDoor(rhombusToken, "1:8", { doorName: "Blind", assignedCameraList: [] });
    const dropped = async (event: object, reason: RegExp) => {
      const answer = await badge(emulator, event);
      sinon.assert.match(answer, { status: 200, body: { accepted: false, reason: sinon.match(reason) } });
    };
    await dropped({ ...granted, alarm_name: "Access Denied" }, /"Granted Access"/);
    await dropped({ controller_id: 1, device_id: 4 }, /"Granted Access"/);
    await dropped({ ...granted, device_id: 99 }, /1:99 is not mapped/);
    await dropped({ ...granted, device_id: 8 }, /1:8 has no camera/);
    for (const event of [[], { ...granted, controller_id: null }, { ...granted, alarm_name: 5 }]) {
      assert.equal((await badge(emulator, event)).status, 400);
    }
    console.setOnGuardEnabled(false);
    await dropped(granted, /not enabled/);
    assert.deepEqual(eventsOf(emulator), []);
  });

  it("answers 404 to a token that no deployment has, and 405 to a GET", async () => {
    const emulator = await start({ seed: "livedIn" });
    assert.equal((await post(`${emulator.url}/webhooks/onguard/${newRuuid()}`, {}, "{}")).status, 404);
    assert.equal((await fetch(`${emulator.url}/webhooks/onguard/${rhombusToken}`)).status, 405);
  });

  it("can fail as any operation can", async () => {
    const emulator = await start({ seed: "livedIn" });
    emulator.fail({ operation: "onGuardWebhook", with: { kind: "status", status: 503, when: "after" } });
    assert.equal((await badge(emulator, granted)).status, 503);
    assert.equal(eventsOf(emulator).length, 1);
  });
});
