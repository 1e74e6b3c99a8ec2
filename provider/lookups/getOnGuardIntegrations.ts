import { onGuardId } from "../resources/onGuardIntegration/definition";
import type { OnGuardDeployment as Deployment } from "../rhombus/api/integrationListings";
import type { LookupCall } from "./define/defineLookup";
import { defineMany } from "./define/defineSearch";
import type { LookupMissing, LookupOutputArgs } from "./define/lookupOptions";
import type { Search } from "./define/search";

/** The arguments of {@link getOnGuardIntegrations}. */
export interface GetOnGuardIntegrationsArgs extends LookupMissing {
  /** The display names to find. Default: all OnGuard deployments. */
  displayNames?: readonly string[];
}

/** The arguments of {@link getOnGuardIntegrationsOutput}: those of {@link getOnGuardIntegrations}, as values or outputs. */
export type GetOnGuardIntegrationsOutputArgs = LookupOutputArgs<GetOnGuardIntegrationsArgs>;

/** An OnGuard deployment without its secrets. `OnGuardIntegration.get` returns them as secret outputs. */
export interface OnGuardDeployment {
  /** The id that `OnGuardIntegration.get` takes. */
  readonly id: string;
  /** The display name. */
  readonly displayName: string;
  /** True if OnGuard is enabled for the organization. */
  readonly enabled: boolean;
  /** The number of doors in its `doorInfoMap`. */
  readonly doorCount: number;
  /** The RUUIDs of the cameras assigned to its doors, without duplicates. */
  readonly assignedCameraUuids: string[];
}

/** The result of {@link getOnGuardIntegrations}. */
export interface GetOnGuardIntegrationsResult {
  /** The deployments in the order of the arguments; for all, in the order of Rhombus's list. */
  readonly integrations: OnGuardDeployment[];
  /** The ids in the same order. */
  readonly ids: string[];
}

const integrations = defineMany({
  name: "getOnGuardIntegrations",
  by: ["displayName"],
  search: async (call: LookupCall<GetOnGuardIntegrationsArgs>): Promise<Search<OnGuardDeployment>> => ({
    nouns: ["OnGuard deployment", "OnGuard deployments"],
    items: (await call.directory.deployments(call.fresh)).map(resultOf),
    by: "displayName",
    textOf: ({ displayName }) => displayName,
    describe: ({ displayName, doorCount, id }) =>
      `${JSON.stringify(displayName)} with ${doorCount} ${doorCount === 1 ? "door" : "doors"} (${id})`,
    remedy: "Give them different names.",
  }),
  result: (integrations): GetOnGuardIntegrationsResult => ({ integrations, ids: integrations.map(({ id }) => id) }),
});

/**
 * Looks up OnGuard deployments, without managing them: all, or some by name.
 * @param args The arguments. Default: `{}`, for all OnGuard deployments.
 * @param options The provider to use.
 * @throws LookupError if a requested deployment is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 * @function
 */
export const getOnGuardIntegrations = integrations.promise;

/**
 * Like {@link getOnGuardIntegrations}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all OnGuard deployments.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getOnGuardIntegrationsOutput = integrations.output;

function resultOf({ token, settings, allSettings }: Deployment): OnGuardDeployment {
  const doors = Object.values(settings.doorInfoMap ?? {});
  const cameras = doors.flatMap((door) => door?.assignedCameraList ?? []).filter((camera) => camera !== null);
  return {
    id: onGuardId(token),
    displayName: settings.displayName ?? "",
    enabled: allSettings.enabled === true,
    doorCount: doors.length,
    assignedCameraUuids: [...new Set(cameras)],
  };
}
