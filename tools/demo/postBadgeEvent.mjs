import assert from "node:assert/strict";

/** The event that OnGuard sends when a badge opens the lobby door. */
const BADGE_EVENT = {
  alarm_name: "Granted Access",
  event_type: "Access Granted",
  controller_id: 1,
  device_id: 4,
  cardholder_first_name: "Ada",
  cardholder_last_name: "Okafor",
  badge_status_name: "Active",
  access_granted_entry_made: true,
};

/**
 * Posts a badge event, signed with the stack's outputs, and then the same event with a wrong signature.
 * @param {object} options
 * @param {import("./screen.mjs").Screen} options.screen
 * @param {Record<string, unknown>} options.outputs The stack's outputs, secrets included.
 * @param {import("../../provider/emulator/index.js").OrganizationConsole} options.console
 * @param {Record<string, { uuid: string, name: string }>} options.cameras
 * @param {typeof import("../../provider/emulator/index.js").signBadgeEvent} options.sign
 */
export async function postBadgeEvent({ screen, outputs, console, cameras, sign }) {
  const { webhookUrl, presharedSecret } = outputs;
  assert.ok(typeof webhookUrl === "string" && typeof presharedSecret === "string", "The stack has no webhook outputs.");
  const body = JSON.stringify({ ...BADGE_EVENT, timestamp: Date.now() });
  const accepted = await post(webhookUrl, body, sign(body, presharedSecret));
  assert.equal(accepted.status, 200, `Rhombus refused the event: ${accepted.text}`);

  const event = console.events().at(-1);
  assert.ok(event, `Rhombus stored no event: ${accepted.text}`);
  const eventCameras = Object.values(cameras).filter(({ uuid }) => event.cameraUuids.includes(uuid));
  const shown = eventCameras.map(({ name, uuid }) => `camera "${name}" (${uuid})`).join(", ");
  screen.success(
    `Accepted: ${event.cardholder} at door ${event.door} "${event.doorName}" → ${shown}, ${event.activity}.`,
  );

  const forged = await post(webhookUrl, body, sign(body, "another secret"));
  assert.equal(forged.status, 401, "Rhombus accepted an event with a wrong signature.");
  screen.success("Refused: the same event signed with another secret (401).");
}

/**
 * @param {string} url
 * @param {string} body
 * @param {string} signature
 */
async function post(url, body, signature) {
  const headers = { "content-type": "application/json", "x-rhombus-signature": signature };
  const response = await fetch(url, { method: "POST", headers, body });
  return { status: response.status, text: await response.text() };
}
