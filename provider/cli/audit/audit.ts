import { refuseOther } from "../../core/ownership/organizationGuard";
import type { Organization } from "../../core/resource/definition";
import { Directory } from "../../lookups/lists/directory";
import type { RhombusApi } from "../../rhombus/api/api";
import { Redactor } from "../../rhombus/redaction/redactor";
import { LOCATIONS } from "../access/names";
import { REVOCATIONS, type ReadRules, readRules } from "../access/readRules";
import { noResource, organizationText } from "../organizationText";
import { plainText } from "../output/plainText";
import { type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { foreignAmong, foreignText, type StackResource, stackResources } from "../pulumi/stackResources";
import { attemptNoting, type Unread } from "../unread";
import { accessFindings } from "./accessFindings";
import { type Finding, type FindingKind, finding, findingsIn } from "./findings";
import { type AuditedObject, readInventory } from "./inventory";
import { compareWithVendors } from "./vendorLists";

/** The options of an audit. */
export interface AuditOptions {
  /** The Rhombus API. */
  readonly api: RhombusApi;
  /** The Pulumi CLI; `undefined` if there is no project and no stack was named. */
  readonly cli: PulumiCli | undefined;
  /** The stacks to compare with; `undefined` stands for the selected stack. */
  readonly stacks: readonly (string | undefined)[];
  /** The explicit provider of the first stack whose settings `api` uses. Default: `api` uses the stack config. */
  readonly provider?: string | undefined;
  /** The kinds of findings to leave out. */
  readonly ignored: readonly FindingKind[];
  /** The checks that have failed before the audit. Default: none. */
  readonly unread?: readonly Unread[];
}

/** A kind of findings that was left out. */
export interface LeftOut {
  /** The kind. */
  readonly kind: FindingKind;
  /** The number of findings; `null` if they could not be counted. */
  readonly count: number | null;
}

/** The result of an audit. */
export interface AuditReport {
  /** The organization; absent if the key may not read it. */
  readonly organization?: { readonly uuid: string; readonly name: string };
  /** The number of objects that a stack could manage. */
  readonly objects: number;
  /** The problems that were found. */
  readonly findings: readonly Finding[];
  /** The kinds of findings that were left out. */
  readonly leftOut: readonly LeftOut[];
  /** The checks that could not be made. */
  readonly unread: readonly Unread[];
  /** The reason why unmanaged objects could not be found; absent if they were, or are ignored. */
  readonly managementUnknown?: string;
}

/**
 * Finds problems of an organization. It only reads.
 * @param options The options of the audit.
 * @throws PulumiCliError if a named stack cannot be read, LifecycleError if objects belong to another organization than the settings
 * name, and Error if nothing of the organization can be read.
 */
export async function audit({ api, cli, stacks, provider, ignored, unread = [] }: AuditOptions): Promise<AuditReport> {
  const organization = await api.organization();
  const inventory = await readInventory(api);
  const { objects } = inventory;
  for (const { orgUuid } of objects) refuseOther(api, noResource, orgUuid);
  const comparisons = await compareWithVendors(api, objects);
  const access = await readAccess(api);
  const managed = await managedBy(cli, stacks);
  const owner = organization?.uuid ?? objects.find(({ orgUuid }) => orgUuid !== undefined)?.orgUuid;
  const { lists, unknown } = managed;
  const findings = [
    ...findingsIn(inventory, comparisons),
    ...(access.rules === undefined ? [] : accessFindings(access.rules, objects)),
    ...(unknown === undefined ? unmanaged(objects, lists, owner) : []),
  ];
  return {
    ...(organization && { organization: { uuid: organization.uuid, name: plainText(organization.name ?? "") } }),
    objects: objects.length,
    findings: findings.filter(({ kind }) => !ignored.includes(kind)),
    leftOut: ignored.map((kind) => {
      const isUncounted = kind === "unmanaged" && unknown !== undefined;
      return { kind, count: isUncounted ? null : findings.filter((each) => each.kind === kind).length };
    }),
    unread: [
      ...unread,
      ...foreignResources(lists[0] ?? [], owner === undefined ? undefined : { uuid: owner, ...organization }, provider),
      ...inventory.unread,
      ...comparisons.flatMap((each) => each.unread),
      ...access.unread,
    ],
    ...(unknown !== undefined && !ignored.includes("unmanaged") ? { managementUnknown: unknown } : {}),
  };
}

/** The access control of the organization; or what could not be checked. */
async function readAccess(
  api: RhombusApi,
): Promise<{ readonly rules: ReadRules | undefined; readonly unread: readonly Unread[] }> {
  const failed: Unread[] = [];
  const rules = await attemptNoting(failed)("access grants", readRules(new Directory(api, new Redactor())));
  if (rules === undefined) return { rules, unread: failed };
  const { grants, revocations, unread } = rules;
  // Lists that only give names, and those that nothing refers to, are not needed.
  const isEmpty = grants.length + revocations.length === 0;
  const needed = isEmpty ? ({ what }: Unread) => what === REVOCATIONS : ({ what }: Unread) => what !== LOCATIONS;
  return { rules, unread: unread.filter(needed) };
}

/** The resources of each stack; or none, and the reason why they are unknown. */
async function managedBy(
  cli: PulumiCli | undefined,
  stacks: AuditOptions["stacks"],
): Promise<{ readonly lists: readonly (readonly StackResource[])[]; readonly unknown?: string }> {
  if (cli === undefined) return { lists: [], unknown: "there is no Pulumi project here; name the stacks with --stack" };
  try {
    return { lists: await Promise.all(stacks.map((stack) => stackResources(cli, stack))) };
  } catch (error) {
    if (!(error instanceof PulumiCliError) || stacks.some((stack) => stack !== undefined)) throw error;
    return { lists: [], unknown: plainText(error.message) };
  }
}

/** Only the first stack uses these settings for certain. */
function foreignResources(
  resources: readonly StackResource[],
  organization: Organization | undefined,
  provider: string | undefined,
): Unread[] {
  const text = foreignText(foreignAmong(resources, organization?.uuid, provider));
  if (text === undefined) return [];
  const why = `${text}, but the key belongs to ${organizationText(organization)}; use the key of the other one`;
  return [{ what: "the organization of the stack", why: plainText(why) }];
}

function unmanaged(
  objects: readonly AuditedObject[],
  lists: readonly (readonly StackResource[])[],
  organization: string | undefined,
): Finding[] {
  const own = lists.flat().filter(({ orgUuid }) => orgUuid === undefined || orgUuid === organization);
  const managed = new Set(own.map(({ type, id }) => `${type} ${id}`));
  return objects
    .filter(({ type, id }) => !managed.has(`${type} ${id}`))
    .map((each) => finding("unmanaged", each, `${each.type} ${each.id}`));
}
