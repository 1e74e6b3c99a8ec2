import type { Removal } from "../../core/resource/definition";
import type { Values } from "../../core/schema/values";
import type { OnGuardDeployment } from "../../rhombus/api/integrationListings";
import type { DoorInfoMap } from "../../rhombus/api/schemas/doors";
import type {
  OnGuardActivationRequest,
  OnGuardDeploymentSettings,
  OnGuardSettings,
} from "../../rhombus/api/schemas/onGuard";
import { secretOrUndefined } from "../../rhombus/redaction/masks";
import { asRead, valueToSend } from "../shared/integrationSettings";
import { incompleteSettings } from "./errors";

/** The desired values of the two fields that `createOrUpdateHoneywellOnGuardIntegration` writes. */
interface NameAndDoors {
  readonly displayName?: string;
  readonly doorInfoMap?: DoorInfoMap;
}

/**
 * The request that writes the name and the doors of a deployment.
 * @param deployment The deployment as it was read. Its values are sent for fields that are not in `desired`.
 * @param desired The desired values. Default: none, which restores the deployment as it was read.
 * @param removal The form in which the request removes doors. Default `omit`.
 */
export function activationRequest(
  { token, settings }: OnGuardDeployment,
  { displayName = settings.displayName ?? undefined, doorInfoMap }: NameAndDoors = {},
  removal: Removal = "omit",
): OnGuardActivationRequest {
  const observed = settings.doorInfoMap;
  const doors = doorInfoMap ?? (observed ? asRead(observed) : undefined);
  return {
    rhombusToken: token,
    displayName: displayName ?? null,
    ...(doors === undefined ? {} : { doorInfoMap: valueToSend(doors, observed, removal) }),
  };
}

/**
 * The OnGuard settings of the organization with the flags of one deployment changed. Rhombus does not document whether deployments
 * and settings that a request leaves out stay, so all of them are sent as they were read.
 * @param deployment The deployment as it was read.
 * @param flags The flags to change.
 * @param own The name and the doors of the deployment if an earlier call of the same write has set them, and its outputs in
 * the state.
 * @throws LifecycleError if the settings are incomplete.
 */
export function settingsWithFlags(
  { allSettings, key, settings, token }: OnGuardDeployment,
  flags: Partial<OnGuardDeploymentSettings>,
  { desired, prior }: { readonly desired: NameAndDoors; readonly prior: Values },
): OnGuardSettings {
  if (Object.values(allSettings.deploymentToSettingsMap ?? {}).includes(null)) throw incompleteSettings(settings);
  const { displayName, doorInfoMap } = desired;
  const presharedSecret = secretOrUndefined(settings.presharedSecret) ?? prior.presharedSecret;
  const changed: OnGuardDeploymentSettings = {
    ...asRead(settings),
    ...(displayName === undefined ? {} : { displayName }),
    ...(doorInfoMap === undefined ? {} : { doorInfoMap }),
    ...flags,
    rhombusToken: token,
    ...(typeof presharedSecret === "string" ? { presharedSecret } : {}),
  };
  const { deploymentToSettingsMap, ...rest } = asRead(allSettings);
  return { ...rest, deploymentToSettingsMap: { ...deploymentToSettingsMap, [key]: changed } };
}
