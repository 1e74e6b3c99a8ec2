import { type DoorInfoMap, doorInfoMap } from "./doors";
import {
  type Envelope,
  envelopeFields,
  type IntegrationRow,
  integrationRowFields,
  type OneOfOrNewer,
} from "./integration";
import { fields, flag, list, map, number, text } from "./shape";

/** How strictly a face has to match its badge. Not nullable in the vendor's schemas: leave it out rather than send null. */
export type BadgeFaceVerificationMode = OneOfOrNewer<"OFF" | "SHADOW" | "SUPERVISED" | "AUTO">;

/** The settings of one OnGuard deployment (vendor: `OnGuardDeploymentSettings`). */
export interface OnGuardDeploymentSettings {
  /** Whether a badge used with an unauthorized face raises an alert. */
  alertUnauthorizedFaces?: boolean | null;
  /** Whether an authorized badge switches alarm monitoring off. */
  badgeAuthDisablesAlarmMonitoring?: boolean | null;
  /** How strictly a face has to match its badge; not nullable. */
  badgeFaceVerificationMode?: BadgeFaceVerificationMode;
  /** Whether anomalies of access raise an alert. */
  createAccessAnomalyAlerts?: boolean | null;
  /** Whether an event marks its moment in the footage. */
  createSeekPoints?: boolean | null;
  /** The label of the deployment. */
  displayName?: string | null;
  /** The doors by `controller_id:device_id`; written by `createOrUpdateHoneywellOnGuardIntegration` only. */
  doorInfoMap?: DoorInfoMap | null;
  /** Whether the doors were found valid, set by the server. */
  doorsValidated?: boolean | null;
  /** Whether faces are named from the badges they use. */
  identifyFacesFromBadge?: boolean | null;
  /** Names of doors assigned to cameras of more than one Rhombus location, set by the server. */
  misconfiguredDoors?: (string | null)[] | null;
  /** The key that signs events; secret. The vendor contradicts itself on whether reads return it. */
  presharedSecret?: string | null;
  /** The identity of the deployment, also part of its webhook URL; secret. */
  rhombusToken?: string | null;
  /** Whether an event saves a clip. */
  saveClips?: boolean | null;
  /** Where events go; secret. No schema of a read has it, though the description of the read promises it. */
  webhookUrl?: string | null;
}

/** The OnGuard row of an organization, which holds all its deployments (vendor: `HoneywellOnGuardType`). */
export interface OnGuardRow extends IntegrationRow {
  /** The deployments; the vendor does not describe the keys, so match on the `rhombusToken` inside. */
  deploymentToSettingsMap?: Record<string, OnGuardDeploymentSettings | null> | null;
}

/** The request that creates a deployment, or updates the one its token names. */
export interface OnGuardActivationRequest {
  /** The label of the deployment. */
  displayName?: string | null;
  /** The doors by `controller_id:device_id`; left out, an existing deployment keeps its doors. */
  doorInfoMap?: DoorInfoMap | null;
  /** The deployment to update; left out, the server makes one. The call may be repeated safely only with it. */
  rhombusToken?: string | null;
}

/** What the OnGuard side has to be set up with. Token and secret stay the same over later calls. */
export interface OnGuardActivationAnswer extends Envelope {
  /** Names of doors assigned to cameras of more than one Rhombus location. */
  misconfiguredDoors?: (string | null)[] | null;
  /** The key that signs events; secret. */
  presharedSecret?: string | null;
  /** The identity of the deployment; secret. */
  rhombusToken?: string | null;
  /** Where the OnGuard side posts events; embeds the token, so it is secret. No read returns it. */
  webhookUrl?: string | null;
}

/** The request that changes the flags of deployments; the doors in it are ignored. */
export interface OnGuardUpdateRequest {
  /** The row to write. */
  honeywellOnGuardSettings: OnGuardRow;
}

/** The request that deletes one deployment. The vendor deletes every deployment when the token is missing, so it is required here. */
export interface OnGuardDeleteRequest {
  /** The deployment to delete. */
  rhombusToken: string;
}

/** The answer of `getHoneywellOnGuardIntegration`. */
export interface OnGuardReadAnswer extends Envelope {
  /** The row, null or absent when nothing is configured. */
  orgIntegrationV2?: OnGuardRow | null;
}

/** One deployment in the answer of `listHoneywellOnGuardIntegrations`. */
export interface OnGuardDeploymentSummary {
  /** The cameras assigned to its doors, as RUUIDs. */
  assignedCameraUuids?: (string | null)[] | null;
  /** The label of the deployment. */
  displayName?: string | null;
  /** How many doors it maps. */
  doorCount?: number | null;
  /** The identity of the deployment; secret. */
  rhombusToken?: string | null;
}

/** The answer of `listHoneywellOnGuardIntegrations`, an operation that not every organization may have: 404 then. */
export interface OnGuardListAnswer extends Envelope {
  /** The deployments, none when nothing was activated or everything was deleted. */
  integrations?: (OnGuardDeploymentSummary | null)[] | null;
}

/** Shape of `OnGuardActivationAnswer`. */
export const onGuardActivationAnswer = fields<OnGuardActivationAnswer>({
  ...envelopeFields,
  misconfiguredDoors: list(text),
  presharedSecret: text,
  rhombusToken: text,
  webhookUrl: text,
});

const deploymentSettings = fields<OnGuardDeploymentSettings>({
  alertUnauthorizedFaces: flag,
  badgeAuthDisablesAlarmMonitoring: flag,
  badgeFaceVerificationMode: text,
  createAccessAnomalyAlerts: flag,
  createSeekPoints: flag,
  displayName: text,
  doorInfoMap,
  doorsValidated: flag,
  identifyFacesFromBadge: flag,
  misconfiguredDoors: list(text),
  presharedSecret: text,
  rhombusToken: text,
  saveClips: flag,
  webhookUrl: text,
});

/** Shape of `OnGuardReadAnswer`. */
export const onGuardReadAnswer = fields<OnGuardReadAnswer>({
  ...envelopeFields,
  orgIntegrationV2: fields<OnGuardRow>({
    ...integrationRowFields,
    deploymentToSettingsMap: map(deploymentSettings),
  }),
});

/** Shape of `OnGuardListAnswer`. */
export const onGuardListAnswer = fields<OnGuardListAnswer>({
  ...envelopeFields,
  integrations: list(
    fields<OnGuardDeploymentSummary>({
      assignedCameraUuids: list(text),
      displayName: text,
      doorCount: number,
      rhombusToken: text,
    }),
  ),
});
