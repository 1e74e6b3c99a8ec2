import { learnOrganization } from "../../core/ownership/organizationGuard";
import type { Organization } from "../../core/resource/definition";
import type { RhombusApi } from "../../rhombus/api/api";
import { noResource, organizationText } from "../organizationText";
import { quoted } from "../output/plainText";
import type { Terminal } from "../output/terminal";
import type { PulumiCli } from "../pulumi/pulumiCli";
import { connectedWith, type ExplicitProvider, explicitProvider, hideSecrets, stackConfig } from "../pulumi/stack";
import { foreignAmong, type StackResource, stackState } from "../pulumi/stackResources";
import type { DeployedProviders } from "../pulumi/state";
import { refuseOldCli } from "./apply";
import type { ImportOptions } from "./importOptions";

/** The tools and the environment of the command. */
export interface ImportContext {
  /** The Pulumi CLI. */
  readonly cli: PulumiCli;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The terminal. */
  readonly terminal: Terminal;
}

/** A connection to Rhombus, and the stack to import into. */
export interface ImportSession {
  /** The options of the command. */
  readonly options: ImportOptions;
  /** The Pulumi CLI. */
  readonly cli: PulumiCli;
  /** The Rhombus API. */
  readonly api: RhombusApi;
  /** The terminal. Its redactor knows the secrets of the stack. */
  readonly terminal: Terminal;
  /** The organization that the key belongs to; `undefined` if the key may not read it. */
  readonly organization: Organization | undefined;
  /** The resources that the stack manages. */
  readonly managed: readonly StackResource[];
  /** The explicit providers of the stack. */
  readonly deployed: DeployedProviders;
  /** The explicit provider; `undefined` if the stack config is used. */
  readonly provider: ExplicitProvider | undefined;
  /** Prints text for a person; to standard error if the standard output is for JSON or a program. */
  note(text: string): void;
}

/**
 * Connects to Rhombus with the settings of a stack.
 * @param options The options of the command.
 * @param context The context of the command. The terminal's redactor learns the secrets of the stack.
 * @throws Error if the stack, its settings or the CLI do not allow an import.
 */
export async function openSession(
  options: ImportOptions,
  { cli, env, terminal }: ImportContext,
): Promise<ImportSession> {
  const { stack, json } = options;
  const { redactor, log } = terminal;
  if (options.match || options.apply || options.out !== undefined) await refuseOldCli(cli);
  const config = await stackConfig(cli, stack);
  hideSecrets(config, redactor);
  const provider = options.provider === undefined ? undefined : await explicitProvider(cli, options.provider, stack);
  const api = connectedWith(provider?.config ?? config, env, redactor, log, { provider: provider?.name });
  await learnOrganization(api, noResource);
  const { resources, providers } = await stackState(cli, stack);
  return {
    options,
    cli,
    api,
    terminal,
    organization: await api.organization(),
    managed: resources,
    deployed: providers,
    provider,
    note: json || options.program === "-" ? terminal.writeError : terminal.print,
  };
}

/**
 * Compares the organization of the stack's resources with the one that the settings open.
 * @param session The session.
 * @param owners The organizations of the objects that were read. They count if the key may not read its own organization.
 * @returns The problem, with the remedy; `undefined` if the organization is the same.
 */
export function foreignProblem(
  { managed, organization, provider }: ImportSession,
  owners: readonly (string | undefined)[] = [],
): string | undefined {
  const uuid = organization?.uuid ?? owners.find((each) => each !== undefined);
  const foreign = foreignAmong(managed, uuid, provider?.urn);
  const [first] = foreign;
  if (first === undefined) return undefined;
  const opened = organization === undefined ? `the organization ${uuid}` : organizationText(organization);
  const source = provider === undefined ? "in use" : `of the provider ${quoted(provider.name)}`;
  return (
    `Use the key of the organization ${first.orgUuid}, or import into another stack, or deploy an explicit provider for this ` +
    `organization and name it with --provider. The settings ${source} open ${opened}, but ${foreign.length} of the stack's ` +
    `resources with these settings, such as ${quoted(first.name)}, belong to that other organization.`
  );
}

/**
 * Refuses a stack whose resources belong to another organization than the one that the settings open.
 * @param session The session.
 * @param owners The organizations of the objects that were read.
 * @throws Error with the remedy.
 */
export function refuseForeign(session: ImportSession, owners?: readonly (string | undefined)[]): void {
  const problem = foreignProblem(session, owners);
  if (problem !== undefined) throw new Error(`${problem} Nothing was written.`);
}
