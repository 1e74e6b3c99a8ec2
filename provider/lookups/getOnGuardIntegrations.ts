import * as pulumi from "@pulumi/pulumi";
import { onGuardId } from "../resources/onGuardIntegration/definition";
import type { OnGuardDeployment as Deployment } from "../rhombus/api/integrationListings";
import { listOf } from "./define/arguments";
import {
  type Lookup,
  type LookupMissing,
  type LookupOptions,
  type LookupOutputArgs,
  type LookupOutputOptions,
  lookUp,
  lookUpOutput,
} from "./define/defineLookup";
import { all, type Search } from "./define/search";

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

const lookup: Lookup<GetOnGuardIntegrationsArgs, GetOnGuardIntegrationsResult> = {
  name: "getOnGuardIntegrations",
  async find(directory, args, fresh) {
    const { wanted } = listOf(args, ["displayNames"]);
    const search: Search<OnGuardDeployment> = {
      nouns: ["OnGuard deployment", "OnGuard deployments"],
      items: (await directory.deployments(fresh)).map(shown),
      by: "displayName",
      of: ({ displayName }) => displayName,
      told: ({ displayName, doorCount, id }) =>
        `${JSON.stringify(displayName)} with ${doorCount} ${doorCount === 1 ? "door" : "doors"} (${id})`,
      narrower: "Give them different names.",
    };
    const integrations = await all(search, wanted, { directory, args });
    return { integrations, ids: integrations.map(({ id }) => id) };
  },
};

/**
 * Looks up OnGuard deployments, without managing them: all of them, or some by name.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several.
 */
export function getOnGuardIntegrations(
  args: GetOnGuardIntegrationsArgs = {},
  options: LookupOptions = {},
): Promise<GetOnGuardIntegrationsResult> {
  return lookUp(lookup, args, options);
}

/**
 * As {@link getOnGuardIntegrations}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getOnGuardIntegrationsOutput(
  args: GetOnGuardIntegrationsOutputArgs = {},
  options: LookupOutputOptions = {},
): pulumi.Output<GetOnGuardIntegrationsResult> {
  return lookUpOutput(lookup, pulumi.output(args), options);
}

function shown({ token, settings, row }: Deployment): OnGuardDeployment {
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
