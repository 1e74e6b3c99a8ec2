import { randomBytes } from "node:crypto";
import { v4 } from "uuid";
import type {
  GeneaFlags,
  GeneaServerFields,
  GroupMember,
  KisiDefaultOptions,
  KisiPlaceFlags,
  KisiServerFields,
  KisiV1Flags,
  OnGuardDeployment,
  OnGuardFlags,
  OnGuardRow,
} from "./rows";
import { newRuuid } from "./ruuid";
import type { Store } from "./store";

/** The default flags of a Kisi place. */
export const kisiPlaceDefaults: KisiPlaceFlags = {
  alertUnauthorizedFaces: false,
  badgeAuthDisablesAlarmMonitoring: false,
  createSeekPoints: false,
  identifyFacesFromBadge: false,
  saveClips: false,
};

/** The initial default options of a Kisi integration. */
export const kisiOptionDefaults: KisiDefaultOptions = { ...kisiPlaceDefaults, defaultOptionsEnabled: false };

const { badgeAuthDisablesAlarmMonitoring: _onlyV2, ...v1Defaults } = kisiPlaceDefaults;

/** The default flags of a V1 integration of Kisi as a whole. */
export const kisiV1Defaults: KisiV1Flags = v1Defaults;

/** The default flags of an OnGuard deployment. */
export const onGuardDefaults: OnGuardFlags = {
  ...kisiPlaceDefaults,
  badgeFaceVerificationMode: "OFF",
  createAccessAnomalyAlerts: false,
};

/** The default flags of a Genea integration. */
export const geneaDefaults: GeneaFlags = { ...onGuardDefaults, enabled: true, indexFaces: false };

/** The OnGuard row without deployments. */
export const emptyOnGuardRow: OnGuardRow = { enabled: true, deployments: new Map(), audit: new Map() };

/** Creates a deployment without doors, with a new secret, and a new token unless one is given. */
export function newOnGuardDeployment(rhombusToken = newRuuid()): OnGuardDeployment {
  const presharedSecret = randomBytes(32).toString("base64url");
  return { rhombusToken, presharedSecret, displayName: null, flags: onGuardDefaults, doors: new Map() };
}

/** Generates the server-owned fields of a new Genea integration. */
export function newGeneaServerFields(): GeneaServerFields {
  return {
    refreshToken: randomBytes(24).toString("base64url"),
    rhombusToken: newRuuid(),
    webhookSignatureSecret: randomBytes(32).toString("hex"),
    webhookUuid: v4(),
  };
}

/** Generates the server-owned fields of a new place or V1 integration. */
export function newKisiServerFields(store: Store): KisiServerFields {
  return { rhombusToken: newRuuid(), webhookId: store.nextWebhookId() };
}

/** New members by user uuid. */
export function newMembers(userUuids: readonly string[]): Map<string, GroupMember> {
  const createdAtMillis = Date.now();
  return new Map(userUuids.map((userUuid) => [userUuid, { userUuid, createdAtMillis }]));
}
