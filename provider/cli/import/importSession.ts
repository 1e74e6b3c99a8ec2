import { learnOrganization } from "../../core/ownership/organizationGuard";
import type { Organization } from "../../core/resource/definition";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Terminal } from "../output/terminal";
import type { PulumiCli } from "../pulumi/pulumiCli";
import { connectedWith, type ExplicitProvider, explicitProvider, hideSecrets, stackConfig } from "../pulumi/stack";
import { foreignAmong, type StackResource, stackResources } from "../pulumi/stackResources";
import { refuseOldCli } from "./apply";
import { importSubject, organizationText } from "./existing";
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
  const api = connectedWith(provider?.config ?? config, env, redactor, log, { isDeployed: provider !== undefined });
  await learnOrganization(api, importSubject);
  return {
    options,
    cli,
    api,
    terminal,
    organization: await api.organization(),
    managed: await stackResources(cli, stack),
    provider,
    note: json || options.program === "-" ? terminal.writeError : terminal.print,
  };
}

/**
 * Checks that the stack's resources belong to the organization that the settings open. A list only warns if they do not.
 * @param session The session.
 * @param owners The organizations of the objects that were read. They count if the key may not read its own organization.
 * @returns True if they belong to it.
 * @throws Error if something is to be written, and the stack has resources of another organization.
 */
export function checkOwnership(session: ImportSession, owners: readonly (string | undefined)[] = []): boolean {
  const { managed, options, organization, provider } = session;
  const uuid = organization?.uuid ?? owners.find((each) => each !== undefined);
  const foreign = foreignAmong(managed, uuid, provider?.urn);
  const [first] = foreign;
  if (first === undefined) return true;
  const opened = organization === undefined ? `the organization ${uuid}` : organizationText(organization);
  const source = provider === undefined ? "in use" : `of the provider "${provider.name}"`;
  const message =
    `The settings ${source} open ${opened}, but ${foreign.length} of the stack's resources with these settings, ` +
    `such as "${first.name}", belong to the organization ${first.orgUuid}. ` +
    "Use the key of that organization, or import into another stack, or deploy an explicit provider for this organization " +
    "and name it with --provider.";
  const isWritten = options.apply || options.out !== undefined || options.program !== undefined;
  if (isWritten) throw new Error(`${message} Nothing was written.`);
  session.note(`warning: ${message}\n`);
  return false;
}
