import type { RhombusApi } from "../../rhombus/api/api";
import { plainText } from "../output/plainText";
import { type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { foreignAmong, foreignText, type StackResource, stackResources } from "../pulumi/stackResources";
import { type Fact, type Finding, finding, findingsIn } from "./findings";
import { type Inventory, type LiveObject, takeInventory, type Unread } from "./inventory";
import { tryVendorKeys } from "./vendorKeys";

/** What to examine. */
export interface Examined {
  /** Rhombus. */
  readonly api: RhombusApi;
  /** The Pulumi CLI; `undefined` where there is no project and no stack was named. */
  readonly cli: PulumiCli | undefined;
  /** The stacks that may manage what there is; `undefined` is the selected one. */
  readonly stacks: readonly (string | undefined)[];
  /** The explicit provider of the first stack whose settings `api` has. Default: they are those of its config. */
  readonly provider?: string | undefined;
  /** What is not to be reported. */
  readonly ignored: readonly Fact[];
  /** What could not be looked at on the way here. Default: nothing. */
  readonly unread?: readonly Unread[];
}

/** What an examination found. */
export interface AuditReport {
  /** The organization; absent where the key may not ask. */
  readonly organization?: { readonly uuid: string; readonly name: string };
  /** How many objects there are that a stack could manage. */
  readonly objects: number;
  /** What should worry someone. */
  readonly findings: readonly Finding[];
  /** What should have been looked at and could not be. */
  readonly unread: readonly Unread[];
  /** Why it is not known which objects no stack manages; absent where it is, or was not asked. */
  readonly managementUnknown?: string;
}

/**
 * Looks for what should worry someone in an organization. It only reads.
 * @param examined What to examine.
 * @throws PulumiCliError when a stack that was named cannot be read, and Error when nothing of the organization can.
 */
export async function examine({ api, cli, stacks, provider, ignored, unread = [] }: Examined): Promise<AuditReport> {
  const organization = await api.organization();
  const inventory = await takeInventory(api);
  const keys = await tryVendorKeys(api, inventory.integrations);
  const managed = await managedBy(cli, stacks);
  const objects: readonly LiveObject[] = [...inventory.integrations, ...inventory.groups];
  const owner = organization?.uuid ?? ownerOf(inventory);
  const strays = "unknown" in managed ? [] : unmanaged(objects, managed.lists.flat(), owner);
  const foreign = "unknown" in managed ? [] : foreignIn(managed.lists[0] ?? [], owner, provider);
  return {
    ...(organization === undefined
      ? {}
      : { organization: { uuid: organization.uuid, name: plainText(organization.name ?? "") } }),
    objects: objects.length,
    findings: [...findingsIn(inventory, keys), ...strays].filter(({ fact }) => !ignored.includes(fact)),
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

/** Only the first stack is known to have these settings. */
function foreignIn(
  resources: readonly StackResource[],
  organization: string | undefined,
  provider: string | undefined,
): Unread[] {
  const said = foreignText(foreignAmong(resources, organization, provider));
  if (said === undefined) return [];
  return [{ what: "the organization of the stack", why: `${plainText(said)}; use the key of that organization` }];
}

function unmanaged(
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
