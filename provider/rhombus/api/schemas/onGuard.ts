import * as v from "valibot";
import { type DoorInfoMap, deploymentFields } from "./doors";
import { envelopeFields, integrationSettingsFields } from "./integration";
import { fields, list, map, number, requiredText, text } from "./schema";

const deploymentSettings = fields({
  ...deploymentFields,
  /** The label of the deployment. */
  displayName: text,
  /** The key that signs events; secret. The documentation contradicts itself on whether reads return it. */
  presharedSecret: text,
  /** The address for events; secret. The description of the read mentions it, but no schema has it. */
  webhookUrl: text,
});

/** The settings of one OnGuard deployment (Rhombus: `OnGuardDeploymentSettings`). */
export type OnGuardDeploymentSettings = v.InferOutput<typeof deploymentSettings>;

const settings = fields({
  ...integrationSettingsFields,
  /** The keys are not documented, so match the `rhombusToken` inside. */
  deploymentToSettingsMap: map(deploymentSettings),
});

/** The OnGuard settings of an organization, with all its deployments (Rhombus: `HoneywellOnGuardType`). */
export type OnGuardSettings = v.InferOutput<typeof settings>;

/** The request that creates a deployment, or updates the one with the token. */
export interface OnGuardActivationRequest {
  /** The label of the deployment. */
  displayName?: string | null;
  /** The doors by `controller_id:device_id`. If absent, an existing deployment keeps its doors. */
  doorInfoMap?: DoorInfoMap | null;
  /** The deployment to update. If absent, the server creates one, so the call is idempotent only with it. */
  rhombusToken?: string | null;
}

/** The answer of `createOrUpdateHoneywellOnGuardIntegration`, for the configuration of OnGuard. Later calls return the same token and secret. */
export const onGuardActivationAnswer = fields({
  ...envelopeFields,
  /** Names of doors assigned to cameras of more than one Rhombus location. */
  misconfiguredDoors: list(v.string()),
  /** The key that signs events; secret. */
  presharedSecret: text,
  /** The token that identifies the deployment; secret. Without it the created deployment could not be found. */
  rhombusToken: requiredText,
  /** The address to which OnGuard posts events; secret, because it contains the token. No read returns it. */
  webhookUrl: text,
});

/** The answer of `getHoneywellOnGuardIntegration`; null or absent settings if nothing is configured. */
export const onGuardReadAnswer = fields({ ...envelopeFields, orgIntegrationV2: v.nullish(settings) });

/** The answer of `listHoneywellOnGuardIntegrations`. An organization may not have this operation (404). */
export const onGuardListAnswer = fields({
  ...envelopeFields,
  /** The deployments; none if nothing was activated or all were deleted. */
  integrations: list(
    fields({
      /** The cameras assigned to its doors, as RUUIDs. */
      assignedCameraUuids: list(v.string()),
      displayName: text,
      doorCount: number,
      /** The token that identifies the deployment; secret. */
      rhombusToken: text,
    }),
  ),
});
