import { createHmac, timingSafeEqual } from "node:crypto";
import { type Organization, perOrganization, type Store } from "../../data/store";
import { Refusal } from "../../server/operation";
import { entriesOf, int64, parseJson, ShapeMismatch, text } from "../../server/shapes";
import { type OnGuardDeployment, onGuardOf, type StoredOnGuard } from "./storedOnGuard";

/** A badge event that a webhook has accepted. */
export interface BadgeEvent {
  /** Time of the badge event, in milliseconds since 1970. */
  readonly atMillis: number;
  /** The activity in the console. */
  readonly activity: "ONGUARD_BADGE_AUTHORIZED";
  /** The door's key, `controller_id:device_id`. */
  readonly door: string;
  /** The door's name, null when it has none. */
  readonly doorName: string | null;
  /** The cameras whose timelines show the event. */
  readonly cameraUuids: readonly string[];
  /** The badge holder's name, null when the event has none. */
  readonly cardholder: string | null;
}

/** The badge events that webhooks have accepted in an organization. */
export const eventsOf = perOrganization((): BadgeEvent[] => []);

/**
 * Signs the raw body of a badge event as OnGuard does. Returns the value of the header `x-rhombus-signature`. The key
 * is the text of the pre-shared secret, not decoded.
 */
export function signBadgeEvent(rawBody: string | Buffer, presharedSecret: string): string {
  return `sha256=${createHmac("sha256", presharedSecret).update(rawBody).digest("hex")}`;
}

/** The OnGuard deployment with this token, in any organization. */
export function findDeployment(
  store: Store,
  rhombusToken: string,
): { organization: Organization; stored: StoredOnGuard; deployment: OnGuardDeployment } | undefined {
  for (const organization of store.organizations.values()) {
    const stored = onGuardOf(organization).read();
    const deployment = stored?.deployments.get(rhombusToken);
    if (stored && deployment) return { organization, stored, deployment };
  }
  return undefined;
}

/** The webhook's answer to a dropped event. */
interface DroppedBadge {
  readonly accepted: false;
  readonly reason: string;
}

/**
 * Accepts or drops one badge event from OnGuard. Only granted access at a door with a camera is accepted.
 * Throws a {@link Refusal}: 404 when no deployment has the token, 401 when the signature is wrong; a
 * {@link ShapeMismatch} when the body is not an event.
 */
export function answerBadgeEvent(store: Store, rhombusToken: string, signature: string, rawBody: Buffer): object {
  const found = findDeployment(store, rhombusToken);
  if (!found) throw new Refusal(404, "Not Found", "There is no such webhook.");
  const { organization, stored, deployment } = found;
  if (!isSame(signature, signBadgeEvent(rawBody, deployment.presharedSecret))) {
    throw new Refusal(401, "Unauthorized", "The signature is wrong.");
  }
  if (!stored.enabled) return dropped("The OnGuard integration is not enabled.");
  const event = asBadgeEvent(new Map(entriesOf(parseJson(rawBody))), deployment);
  if ("reason" in event) return event;
  eventsOf(organization).push(event);
  const { door, doorName, cameraUuids, activity } = event;
  return { accepted: true, door, doorName, cameraUuids, activity };
}

function asBadgeEvent(fields: ReadonlyMap<string, unknown>, deployment: OnGuardDeployment): BadgeEvent | DroppedBadge {
  const alarm = text.check(fields.get("alarm_name") ?? null);
  if (alarm !== "Granted Access") return dropped(`Alarm "${alarm ?? ""}" is not processed, only "Granted Access" is.`);
  const key = `${numberOrText(fields.get("controller_id"))}:${numberOrText(fields.get("device_id"))}`;
  const door = deployment.doors.get(key);
  const cameraUuids = door?.assignedCameraList ?? [];
  if (!door) return dropped(`Door ${key} is not mapped.`);
  if (cameraUuids.length === 0) return dropped(`Door ${key} has no camera.`);
  const names = ["cardholder_first_name", "cardholder_last_name"].map((name) => text.check(fields.get(name) ?? null));
  return {
    atMillis: int64.check(fields.get("timestamp") ?? null) ?? Date.now(),
    activity: "ONGUARD_BADGE_AUTHORIZED",
    door: key,
    doorName: door.doorName ?? null,
    cameraUuids,
    cardholder: names.filter(Boolean).join(" ") || null,
  };
}

function numberOrText(value: unknown): string {
  if (typeof value === "number" || typeof value === "string") return `${value}`;
  throw new ShapeMismatch("controller_id and device_id as numbers or texts");
}

function dropped(reason: string): DroppedBadge {
  return { accepted: false, reason };
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
