import { randomBytes } from "node:crypto";
import { newRuuid } from "../../data/ruuid";
import { perOrganization, Register } from "../../data/store";
import { type DoorRecord, type Doors, doorsFrom } from "../badge/doors";
import { type OnGuardFlags, onGuardDefaults } from "../badge/flags";
import type { AuditTrail } from "../badge/integration";

/** An OnGuard deployment that already exists. */
export interface SeedOnGuard {
  /** Its id. */
  readonly rhombusToken: string;
  /** The key with which its events are signed. */
  readonly presharedSecret: string;
  /** Its label; none when absent. */
  readonly displayName?: string;
  /** Flags other than the defaults. */
  readonly flags?: Partial<OnGuardFlags>;
  /** Its doors by `controller_id:device_id`. */
  readonly doorInfoMap: DoorRecord;
}

/** OnGuard of an organization in its seed. */
export interface OnGuardSeed {
  /** Its OnGuard deployments; none when absent. */
  readonly onGuard?: readonly SeedOnGuard[];
  /** True if OnGuard as a whole is enabled. Default: true where there are deployments. */
  readonly onGuardEnabled?: boolean;
}

/** An OnGuard deployment as the console shows it, secrets included. */
export interface ConsoleOnGuard {
  /** Its id. */
  readonly rhombusToken: string;
  /** The key with which its events are signed. */
  readonly presharedSecret: string;
  /** The URL that receives its badge events. */
  readonly webhookUrl: string;
  /** Its label, null when it has none. */
  readonly displayName: string | null;
  /** Reactions to badge events. */
  readonly flags: OnGuardFlags;
  /** Its doors by `controller_id:device_id`; a field that is not set is absent. */
  readonly doorInfoMap: DoorRecord;
}

/** One connected OnGuard system of an organization. Its token also ends the path of its webhook. */
export interface OnGuardDeployment extends Omit<ConsoleOnGuard, "webhookUrl" | "doorInfoMap"> {
  /** Its doors by `controller_id:device_id`. */
  readonly doors: Doors;
}

/** The OnGuard integration of an organization. */
export interface StoredOnGuard {
  /** True if badge events are processed. */
  readonly enabled: boolean;
  /** Deployments by token, oldest first. */
  readonly deployments: ReadonlyMap<string, OnGuardDeployment>;
  /** Audit events. */
  readonly audit: AuditTrail;
}

/** The OnGuard integration of an organization, absent when OnGuard was never configured. */
export const onGuardOf = perOrganization(() => new Register<StoredOnGuard>());

/** The OnGuard integration without deployments. */
export const emptyOnGuard: StoredOnGuard = { enabled: true, deployments: new Map(), audit: new Map() };

/** Creates a deployment with the given values; token and secret are new unless given. */
export function newDeployment(given: Partial<SeedOnGuard> = {}): OnGuardDeployment {
  return {
    rhombusToken: given.rhombusToken ?? newRuuid(),
    presharedSecret: given.presharedSecret ?? randomBytes(32).toString("base64url"),
    displayName: given.displayName ?? null,
    flags: { ...onGuardDefaults, ...given.flags },
    doors: doorsFrom(given.doorInfoMap),
  };
}

/** An OnGuard integration with deployments added or replaced. */
export function withDeployments(
  stored: StoredOnGuard = emptyOnGuard,
  changed: readonly OnGuardDeployment[],
): StoredOnGuard {
  const entries = changed.map((each) => [each.rhombusToken, each] as const);
  return { ...stored, deployments: new Map([...stored.deployments, ...entries]) };
}

/** An OnGuard integration without one of its deployments. */
export function withoutDeployment(stored: StoredOnGuard, rhombusToken: string): StoredOnGuard {
  return { ...stored, deployments: new Map([...stored.deployments].filter(([token]) => token !== rhombusToken)) };
}

const webhookPrefix = "/webhooks/onguard/";

/** The path of a deployment's webhook. It contains the token and is therefore secret. */
export function onGuardWebhookPath(rhombusToken: string): string {
  return `${webhookPrefix}${rhombusToken}`;
}

/** The token in the path of a webhook; undefined for other paths. */
export function tokenInPath(path: string): string | undefined {
  return path.startsWith(webhookPrefix) ? path.slice(webhookPrefix.length) : undefined;
}
