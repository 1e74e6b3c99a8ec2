import * as v from "valibot";
import { badgeFlags, type DoorInfoMap, doorInfoMap } from "./doors";
import { envelopeFields, integrationRowFields } from "./integration";
import { fields, flag, list, map, number, oneOfOrNewer, requiredText, text } from "./schema";

/** How strictly a face must match its badge. Not nullable in the vendor's schemas: leave it out of a request rather than send null. */
export const badgeFaceVerificationMode = oneOfOrNewer<"OFF" | "SHADOW" | "SUPERVISED" | "AUTO">();

const deploymentSettings = fields({
  ...badgeFlags,
  badgeFaceVerificationMode,
  /** Whether anomalies of access raise an alert. */
  createAccessAnomalyAlerts: flag,
  /** The label of the deployment. */
  displayName: text,
  /** The doors by `controller_id:device_id`; written by `createOrUpdateHoneywellOnGuardIntegration` only. */
  doorInfoMap,
  /** Set by the server. */
  doorsValidated: flag,
  /** Names of doors assigned to cameras of more than one Rhombus location, set by the server. */
  misconfiguredDoors: list(v.string()),
  /** The key that signs events; secret. The vendor contradicts itself on whether reads return it. */
  presharedSecret: text,
  /** The identity of the deployment, also part of its webhook URL; secret. */
  rhombusToken: text,
  /** The address for events; secret. No schema of a read has it, though the description of the read promises it. */
  webhookUrl: text,
});

/** The settings of one OnGuard deployment (vendor: `OnGuardDeploymentSettings`). */
export type OnGuardDeploymentSettings = v.InferOutput<typeof deploymentSettings>;

const row = fields({
  ...integrationRowFields,
  /** The vendor does not describe the keys, so match on the `rhombusToken` inside. */
  deploymentToSettingsMap: map(deploymentSettings),
});

/** The OnGuard row of an organization, which holds all its deployments (vendor: `HoneywellOnGuardType`). */
export type OnGuardRow = v.InferOutput<typeof row>;

/** The request that creates a deployment, or updates the one that its token names. */
export interface OnGuardActivationRequest {
  /** The label of the deployment. */
  displayName?: string | null;
  /** The doors by `controller_id:device_id`; if left out, an existing deployment keeps its doors. */
  doorInfoMap?: DoorInfoMap | null;
  /** The deployment to update; if left out, the server creates one. The call may be repeated safely only with it. */
  rhombusToken?: string | null;
}

/** The answer of `createOrUpdateHoneywellOnGuardIntegration`, to set up the OnGuard side with. Token and secret stay the same over later calls. */
export const onGuardActivationAnswer = fields({
  ...envelopeFields,
  /** Names of doors assigned to cameras of more than one Rhombus location. */
  misconfiguredDoors: list(v.string()),
  /** The key that signs events; secret. */
  presharedSecret: text,
  /** The identity of the deployment; secret. Without it nobody could find what was created. */
  rhombusToken: requiredText,
  /** The address to which OnGuard posts events; contains the token, so it is secret. No read returns it. */
  webhookUrl: text,
});

/** The answer of `createOrUpdateHoneywellOnGuardIntegration`. */
export type OnGuardActivationAnswer = v.InferOutput<typeof onGuardActivationAnswer>;

/** The request that changes the flags of deployments; the doors in it are ignored. */
export interface OnGuardUpdateRequest {
  /** The row to write. */
  honeywellOnGuardSettings: OnGuardRow;
}

/** The request that deletes one deployment. The vendor deletes every deployment if the token is missing, so it is required here. */
export interface OnGuardDeleteRequest {
  /** The deployment to delete. */
  rhombusToken: string;
}

/** The answer of `getHoneywellOnGuardIntegration`; a null or absent row if nothing is configured. */
export const onGuardReadAnswer = fields({ ...envelopeFields, orgIntegrationV2: v.nullish(row) });

/** The answer of `listHoneywellOnGuardIntegrations`, an operation that not every organization may have: 404 then. */
export const onGuardListAnswer = fields({
  ...envelopeFields,
  /** The deployments; none if nothing was activated or all were deleted. */
  integrations: list(
    fields({
      /** The cameras assigned to its doors, as RUUIDs. */
      assignedCameraUuids: list(v.string()),
      displayName: text,
      doorCount: number,
      /** The identity of the deployment; secret. */
      rhombusToken: text,
    }),
  ),
});
