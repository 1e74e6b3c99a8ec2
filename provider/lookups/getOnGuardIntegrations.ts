import * as pulumi from "@pulumi/pulumi";
import { onGuardId } from "../resources/onGuardIntegration/definition";
import type { OnGuardDeployment as Deployment } from "../rhombus/api/integrationListings";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import type { Search } from "./define/search";

/** Which OnGuard deployments to look up. */
export interface GetOnGuardIntegrationsArgs extends LookupMissing {
  /** Their labels. Default: all deployments. */
  displayNames?: readonly string[];
}

/** As {@link GetOnGuardIntegrationsArgs}, with outputs. */
export type GetOnGuardIntegrationsOutputArgs = LookupOutputArgs<GetOnGuardIntegrationsArgs>;

/** An OnGuard deployment, without its secrets: `OnGuardIntegration.get` has them, as secret outputs. */
export interface OnGuardDeployment {
  /** The id that `OnGuardIntegration.get` takes. */
  readonly id: string;
  /** Its label. */
  readonly displayName: string;
  /** Whether the OnGuard integration of the organization is on. */
  readonly enabled: boolean;
  /** How many doors it maps. */
  readonly doorCount: number;
  /** The cameras that its doors have, as RUUIDs, each once. */
  readonly assignedCameraUuids: string[];
}

/** OnGuard deployments. */
export interface GetOnGuardIntegrationsResult {
  /** The deployments: in the order of the names, else as Rhombus lists them. */
  readonly integrations: OnGuardDeployment[];
  /** Their ids, in the same order. */
  readonly ids: string[];
}

const lookup = defineMany({
  name: "getOnGuardIntegrations",
  by: ["displayName"],
  search: async (query: Query<GetOnGuardIntegrationsArgs>): Promise<Search<OnGuardDeployment>> => ({
    nouns: ["OnGuard deployment", "OnGuard deployments"],
    items: (await query.directory.deployments.items(query.fresh)).map(resultOf),
    by: "displayName",
    textOf: ({ displayName }) => displayName,
    describe: ({ displayName, doorCount, id }) =>
      `${JSON.stringify(displayName)} with ${doorCount} ${doorCount === 1 ? "door" : "doors"} (${id})`,
    remedy: "Give them different names.",
  }),
  result: (integrations): GetOnGuardIntegrationsResult => ({ integrations, ids: integrations.map(({ id }) => id) }),
});

/**
 * Looks up OnGuard deployments, without managing them: all of them, or some by name.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several.
 */
export function getOnGuardIntegrations(args: GetOnGuardIntegrationsArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getOnGuardIntegrations}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getOnGuardIntegrationsOutput(
  args: GetOnGuardIntegrationsOutputArgs = {},
  options?: LookupOutputOptions,
) {
  return lookup.output(pulumi.output(args), options);
}

function resultOf({ token, settings, row }: Deployment): OnGuardDeployment {
  const doors = Object.values(settings.doorInfoMap ?? {});
  const cameras = doors.flatMap((door) => door?.assignedCameraList ?? []).filter((camera) => camera !== null);
  return {
    id: onGuardId(token),
    displayName: settings.displayName ?? "",
    enabled: row.enabled === true,
    doorCount: doors.length,
    assignedCameraUuids: [...new Set(cameras)],
  };
}
