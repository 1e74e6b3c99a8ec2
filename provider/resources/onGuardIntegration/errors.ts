import { LifecycleError } from "../../core/resource/lifecycleError";
import { summaryOf } from "../../core/schema/values";
import type { OnGuardDeployment } from "../../rhombus/api/integrationListings";
import type { OnGuardActivationRequest, OnGuardDeploymentSettings } from "../../rhombus/api/schemas/onGuard";
import { secretOrUndefined } from "../../rhombus/redaction/masks";

/**
 * The error for a creation that Rhombus answered with an existing deployment, which was restored.
 * @param declared The name that the program declares.
 * @param existing The existing deployment.
 */
export function onlyOneDeployment(declared: string, existing: OnGuardDeploymentSettings): LifecycleError {
  return new LifecycleError(
    "Declare the existing OnGuard integration with `adopt: true`, or remove it first: Rhombus did not create " +
      `"${declared}", but answered with the existing "${existing.displayName ?? ""}", whose name and doors were restored. ` +
      "This organization probably supports only one deployment.",
  );
}

/**
 * The error for an existing deployment that was changed by a creation, and could not be restored.
 * @param existing The existing deployment.
 * @param cause The error of the call that should restore it.
 */
export function notRestored({ displayName }: OnGuardDeploymentSettings, cause: unknown): LifecycleError {
  return new LifecycleError(
    `Check the name and doors of the OnGuard integration "${displayName ?? ""}" in the Rhombus console: Rhombus changed it ` +
      `when it was asked to create another one, and they could not be restored (${summaryOf(cause)}).`,
  );
}

/**
 * The error for an update that Rhombus answered with a deployment other than the target.
 * @param target The target deployment, as it was read.
 * @param other The id and the token in the answer, and the request.
 */
export function answeredWithOtherDeployment(
  { settings, allSettings }: OnGuardDeployment,
  other: { readonly id: string; readonly token: string; readonly sent: OnGuardActivationRequest },
): LifecycleError {
  const deployments = Object.entries(allSettings.deploymentToSettingsMap ?? {});
  const existing = deployments.find(
    ([key, each]) => (secretOrUndefined(each?.rhombusToken) ?? key) === other.token,
  )?.[1];
  const { displayName } = existing ?? other.sent;
  return new LifecycleError(
    "Check both deployments in the Rhombus console, then run `pulumi refresh`: Rhombus answered the update of the OnGuard " +
      `integration "${settings.displayName ?? ""}" with the deployment ${other.id} ("${displayName ?? ""}"). The integration may ` +
      "no longer exist, and that deployment may have its name and doors now.",
  );
}

/**
 * The error for settings that show a deployment as null. A write of all settings would remove that deployment.
 * @param target The deployment that was to be changed.
 */
export function incompleteSettings({ displayName }: OnGuardDeploymentSettings): LifecycleError {
  return new LifecycleError(
    "Run `pulumi up` again; if the error persists, check the OnGuard deployments in the Rhombus console: the OnGuard " +
      `integration "${displayName ?? ""}" was not changed, because Rhombus shows another deployment as null, and a write sends ` +
      "all of them.",
  );
}
