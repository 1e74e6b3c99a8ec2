import { UNREQUESTED_KEY } from "../../core/state/metadata";
import { ENGINE_TYPE_PREFIX } from "../../pulumi/handler";
import { isResourceType, type ResourceType } from "../../resources/registry";
import { firstNames } from "../../rhombus/api/answers";
import { quoted } from "../output/plainText";
import type { PulumiCli } from "./pulumiCli";
import {
  type DeployedProviders,
  deployedProviders,
  explicitProviderIn,
  exportedResources,
  itemsOf,
  memberOf,
  urnOf,
} from "./state";

/** A resource of this package in the state of a stack. */
export interface StackResource {
  /** The resource's type. */
  readonly type: ResourceType;
  /** The resource's id. */
  readonly id: string;
  /** The resource's name in the program. */
  readonly name: string;
  /** The RUUID of the organization that it belongs to; `undefined` if the state does not contain it. */
  readonly orgUuid: string | undefined;
  /** The URN of its explicit provider; `undefined` for the default provider. */
  readonly provider: string | undefined;
  /** The names of outputs that were missing when it was imported and that no deployment has brought since. */
  readonly missing: readonly string[];
}

/** The part of the state of a stack that concerns this package. */
export interface StackState {
  /** The resources that the stack manages, without those that it only reads and those that are pending deletion. */
  readonly resources: readonly StackResource[];
  /** The explicit providers. */
  readonly providers: DeployedProviders;
}

/**
 * Reads the state of a stack.
 * @param cli The CLI.
 * @param stack The stack's name. Default: the selected stack.
 * @throws PulumiCliError if there is no such stack.
 */
export async function stackState(cli: PulumiCli, stack?: string): Promise<StackState> {
  const exported = await exportedResources(cli, stack);
  const providers = deployedProviders(exported);
  return { resources: exported.flatMap((resource) => managed(resource, providers)), providers };
}

/**
 * The resources of this package that a stack manages, see {@link StackState}.
 * @param cli The CLI.
 * @param stack The stack's name. Default: the selected stack.
 * @throws PulumiCliError if there is no such stack.
 */
export async function stackResources(cli: PulumiCli, stack?: string): Promise<readonly StackResource[]> {
  return (await stackState(cli, stack)).resources;
}

function managed(resource: unknown, providers: DeployedProviders): StackResource[] {
  const type = typeOf(memberOf(resource, "type"));
  const [id, urn] = [memberOf(resource, "id"), memberOf(resource, "urn")];
  const isOwn = memberOf(resource, "external") !== true && memberOf(resource, "delete") !== true;
  if (type === undefined || typeof id !== "string" || typeof urn !== "string" || !isOwn) return [];
  const outputs = memberOf(resource, "outputs");
  const orgUuid = memberOf(outputs, "orgUuid");
  return [
    {
      type,
      id,
      name: urnOf(urn).name,
      orgUuid: typeof orgUuid === "string" ? orgUuid : undefined,
      provider: explicitProviderIn(memberOf(resource, "provider"), providers),
      missing: missingIn(outputs),
    },
  ];
}

/** An output that a deployment has brought since the import is no longer missing. */
function missingIn(outputs: unknown): string[] {
  const names = itemsOf(memberOf(outputs, UNREQUESTED_KEY)).filter((name) => typeof name === "string");
  return names.filter((name) => memberOf(outputs, name) === undefined);
}

/**
 * The resources that belong to another organization than the one that the settings open.
 * @param resources The resources of a stack.
 * @param orgUuid The organization that the settings open; `undefined` if it could not be read.
 * @param provider The name or URN of the explicit provider that the settings belong to; `undefined` for the stack config.
 */
export function foreignAmong(
  resources: readonly StackResource[],
  orgUuid: string | undefined,
  provider: string | undefined,
): StackResource[] {
  if (orgUuid === undefined) return [];
  const own = resources.filter(({ provider: used }) => isProvider(used, provider));
  return own.filter((each) => each.orgUuid !== undefined && each.orgUuid !== orgUuid);
}

/**
 * True if a provider is the one that the user names.
 * @param urn The URN of an explicit provider; `undefined` for the default provider.
 * @param wanted The name or URN; `undefined` for the default provider.
 */
export function isProvider(urn: string | undefined, wanted: string | undefined): boolean {
  return urn === wanted || (urn !== undefined && urnOf(urn).name === wanted);
}

/**
 * The foreign resources as a clause, such as `"nurses" belongs to the organization A`.
 * @param foreign The resources that belong to another organization than the one that their settings open.
 * @returns The clause; `undefined` if there are none.
 */
export function foreignText(foreign: readonly StackResource[]): string | undefined {
  if (foreign.length === 0) return undefined;
  const names = firstNames(
    foreign.map(({ name }) => quoted(name)),
    3,
  );
  const owners = [...new Set(foreign.map(({ orgUuid }) => orgUuid))].join(" and ");
  return `${names} ${foreign.length === 1 ? "belongs" : "belong"} to the organization ${owners}`;
}

/**
 * The type of this package for an engine type.
 * @param written The engine's name for the type.
 * @returns The type; `undefined` for a type of another package.
 */
export function typeOf(written: unknown): ResourceType | undefined {
  if (typeof written !== "string" || !written.startsWith(ENGINE_TYPE_PREFIX)) return undefined;
  const name = written.slice(ENGINE_TYPE_PREFIX.length);
  return isResourceType(name) ? name : undefined;
}
