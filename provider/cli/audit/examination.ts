import type { RhombusApi } from "../../rhombus/api/api";
import { plainText } from "../output/plainText";
import { type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { foreignAmong, foreignText, type StackResource, stackResources } from "../pulumi/stackResources";
import { type Fact, type Finding, finding, findingsIn } from "./findings";
import { type Inventory, type LiveObject, takeInventory, type Unread } from "./inventory";
import { tryVendorKeys } from "./vendorKeys";

/** The scope of an audit. */
export interface Examined {
  /** The Rhombus API. */
  readonly api: RhombusApi;
  /** The Pulumi CLI; `undefined` if there is no project and no stack was named. */
  readonly cli: PulumiCli | undefined;
  /** The stacks to compare with; `undefined` stands for the selected stack. */
  readonly stacks: readonly (string | undefined)[];
  /** The explicit provider of the first stack whose settings `api` uses. Default: `api` uses the stack config. */
  readonly provider?: string | undefined;
  /** The facts not to report. */
  readonly ignored: readonly Fact[];
  /** The checks that have failed before the audit. Default: none. */
  readonly unread?: readonly Unread[];
}

/** The result of an audit. */
export interface AuditReport {
  /** The organization; absent if the key may not read it. */
  readonly organization?: { readonly uuid: string; readonly name: string };
  /** The number of objects that a stack could manage. */
  readonly objects: number;
  /** The problems that were found. */
  readonly findings: readonly Finding[];
  /** The checks that could not be made. */
  readonly unread: readonly Unread[];
  /** The reason why unmanaged objects could not be found; absent if they were, or are ignored. */
  readonly managementUnknown?: string;
}

/**
 * Finds problems of an organization. It only reads.
 * @param examined The scope of the audit.
 * @throws PulumiCliError when a named stack cannot be read, and Error when nothing of the organization can be read.
 */
export async function examine({ api, cli, stacks, provider, ignored, unread = [] }: Examined): Promise<AuditReport> {
  const organization = await api.organization();
  const inventory = await takeInventory(api);
  const keys = await tryVendorKeys(api, inventory.integrations);
  const managed = await managedBy(cli, stacks);
  const objects: readonly LiveObject[] = [...inventory.integrations, ...inventory.groups];
  const owner = organization?.uuid ?? ownerOf(inventory);
  const unmanaged = "unknown" in managed ? [] : unmanagedAmong(objects, managed.lists.flat(), owner);
  const foreign = "unknown" in managed ? [] : foreignIn(managed.lists[0] ?? [], owner, provider);
  return {
    ...(organization && { organization: { uuid: organization.uuid, name: plainText(organization.name ?? "") } }),
    objects: objects.length,
    findings: [...findingsIn(inventory, keys), ...unmanaged].filter(({ fact }) => !ignored.includes(fact)),
    unread: [...unread, ...foreign, ...inventory.unread, ...keys.unread],
    ...("unknown" in managed && !ignored.includes("unmanaged") ? { managementUnknown: managed.unknown } : {}),
  };
}

async function managedBy(
  cli: PulumiCli | undefined,
  stacks: readonly (string | undefined)[],
): Promise<{ readonly lists: readonly (readonly StackResource[])[] } | { readonly unknown: string }> {
  if (cli === undefined) return { unknown: "there is no Pulumi project here; name the stacks with --stack" };
  try {
    return { lists: await Promise.all(stacks.map((stack) => stackResources(cli, stack))) };
  } catch (error) {
    if (!(error instanceof PulumiCliError) || stacks.some((stack) => stack !== undefined)) throw error;
    return { unknown: plainText(error.message) };
  }
}

function ownerOf({ integrations, groups }: Inventory): string | undefined {
  return [...integrations, ...groups].find(({ orgUuid }) => orgUuid !== undefined)?.orgUuid;
}

/** Only the first stack uses these settings for certain. */
function foreignIn(
  resources: readonly StackResource[],
  organization: string | undefined,
  provider: string | undefined,
): Unread[] {
  const text = foreignText(foreignAmong(resources, organization, provider));
  if (text === undefined) return [];
  return [{ what: "the organization of the stack", why: `${plainText(text)}; use the key of that organization` }];
}

function unmanagedAmong(
  objects: readonly LiveObject[],
  resources: readonly StackResource[],
  organization: string | undefined,
): Finding[] {
  const own = resources.filter(({ orgUuid }) => orgUuid === undefined || orgUuid === organization);
  const managed = new Set(own.map(({ type, id }) => `${type} ${id}`));
  return objects
    .filter(({ type, id }) => !managed.has(`${type} ${id}`))
    .map((each) => finding("unmanaged", each, `${each.type} ${each.id}`));
}
