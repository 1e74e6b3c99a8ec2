import { learnOrganization } from "../../core/ownership/organizationGuard";
import type { RhombusApi } from "../../rhombus/api/api";
import { connectionTo, settingsFrom } from "../../rhombus/connection";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { ignoredVariables } from "../../rhombus/settings/chosenSource";
import { noResource } from "../organizationText";
import { quoted } from "../output/plainText";
import { programFolderAround, projectAround } from "./project";
import { type PulumiCli, PulumiCliError } from "./pulumiCli";
import { deployedProviders, exportedResources, memberOf, membersWith, stackOption, urnOf } from "./state";

/** A value of the stack config. */
export interface ConfigEntry {
  /** The value in plain text. */
  readonly value: string;
  /** True if the stack config stores it encrypted. */
  readonly secret: boolean;
}

/** The stack config by full keys, such as `rhombus:apiKey`. */
export type StackConfig = Readonly<Record<string, ConfigEntry>>;

/** An explicit provider in the state of a stack. */
export interface ExplicitProvider {
  /** The provider's URN. */
  readonly urn: string;
  /** The provider's name in the program. */
  readonly name: string;
  /** The settings of its last deployment, by stack config keys such as `rhombus:apiKey`. */
  readonly config: StackConfig;
}

/** The folder, environment and options of a command that connects to Rhombus. */
export interface CommandContext {
  /** The folder in which the command runs. */
  readonly folder: string;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The Pulumi CLI. */
  readonly cli: PulumiCli;
  /** The stack whose config is used. Default: the selected stack, inside a project. */
  readonly stack?: string | undefined;
  /** The name or URN of an explicit provider of that stack whose settings replace the stack config. Default: none. */
  readonly provider?: string | undefined;
  /** Prints a line to standard error. */
  readonly log: (line: string) => void;
  /** Is called with the reason if the stack config of a project cannot be read. Default: only a warning is printed. */
  readonly withoutConfig?: (reason: string) => void;
}

/**
 * Connects to Rhombus with the settings of a stack. Outside a project, and if no stack is selected, only the environment and
 * the profile count.
 * @param context The context of the command.
 * @param redactor Learns the secrets of the config.
 * @throws SettingsError if settings are missing or invalid, PulumiCliError if the named stack cannot be read, and LifecycleError if
 * the key opens another organization than the settings name.
 */
export async function connectFrom(context: CommandContext, redactor: Redactor): Promise<RhombusApi> {
  const { env, log, folder, provider } = context;
  const options = { folder, provider: providerName(provider) };
  const api = connectedWith(await configOf(context), env, redactor, log, options);
  if (api.expectedOrganization !== undefined) await learnOrganization(api, noResource);
  return api;
}

async function configOf({ folder, cli, stack, provider, log, withoutConfig }: CommandContext): Promise<StackConfig> {
  if (provider !== undefined) return (await explicitProvider(cli, provider, stack)).config;
  if (stack === undefined && projectAround(folder) === undefined) return {};
  try {
    return await stackConfig(cli, stack);
  } catch (error) {
    if (!(error instanceof PulumiCliError) || stack !== undefined) throw error;
    const reason = error.message.split("\n")[0] ?? "";
    log(`warning: The stack config is ignored, because it cannot be read: ${reason}`);
    withoutConfig?.(reason);
    return {};
  }
}

/** A note for messages about the settings of an explicit provider. */
export const DEPLOYED_PROVIDER =
  "The arguments of the Provider are those that were deployed earlier; after a correction, run `pulumi up`.";

/**
 * Connects to Rhombus with the settings that the provider would use.
 * @param config The stack config, or that of an explicit provider.
 * @param env The environment variables.
 * @param redactor Learns the secrets of the config.
 * @param log Prints the client's warnings and log lines.
 * @param options The folder in which the command runs; default: the current one. `provider`: The name of the explicit provider in the state
 * whose config it is, which messages say; default: none.
 * @throws SettingsError if settings are missing or invalid; its message contains no secret.
 */
export function connectedWith(
  config: StackConfig,
  env: Readonly<Record<string, string | undefined>>,
  redactor: Redactor,
  log: (line: string) => void,
  { folder = process.cwd(), provider }: { readonly folder?: string; readonly provider?: string | undefined } = {},
): RhombusApi {
  hideSecrets(config, redactor);
  const programFolder = programFolderAround(folder);
  const note = () => (provider === undefined ? undefined : DEPLOYED_PROVIDER);
  const places = { config: (key: string) => config[key]?.value, env, programFolder, provider, note };
  const settings = settingsFrom(places, redactor);
  const ignored = provider === undefined ? ignoredVariables(places) : undefined;
  if (ignored !== undefined) log(`warning: ${ignored.text}. ${ignored.remedy}`);
  return connectionTo(settings, redactor, { warn: (text) => log(`warning: ${text}`), log });
}

/**
 * Teaches a redactor the encrypted values of a config.
 * @param config The config.
 * @param redactor The redactor.
 */
export function hideSecrets(config: StackConfig, redactor: Redactor): void {
  for (const { value, secret } of Object.values(config)) if (secret) redactor.add(value);
}

/**
 * The config of a stack, with secrets in plain text. It must not be printed.
 * @param cli The CLI.
 * @param stack The stack's name. Default: the selected stack.
 * @throws PulumiCliError if there is no such stack, or its secrets cannot be decrypted.
 */
export async function stackConfig(cli: PulumiCli, stack?: string): Promise<StackConfig> {
  const listed: unknown = JSON.parse(await cli.run("config", "--json", "--show-secrets", ...stackOption(stack)));
  return membersWith(listed, (entry) => {
    const value = memberOf(entry, "value");
    return typeof value === "string" ? { value, secret: memberOf(entry, "secret") === true } : undefined;
  });
}

/**
 * The full name of a stack: `organization/project/stack` of Pulumi.
 * @param cli The CLI.
 * @param stack The stack's name. Default: the selected stack.
 * @throws PulumiCliError if there is no such stack.
 */
export async function fullStackName(cli: PulumiCli, stack?: string): Promise<string> {
  return (await cli.run("stack", "--show-name", "--fully-qualify-stack-names", ...stackOption(stack))).trim();
}

/**
 * An explicit provider of a stack, with the settings of its last deployment.
 * @param cli The CLI.
 * @param wanted The provider's name in the program, or its URN if several providers have that name.
 * @param stack The stack's name. Default: the selected stack.
 * @throws Error if the state has no such provider, or several.
 */
export async function explicitProvider(cli: PulumiCli, wanted: string, stack?: string): Promise<ExplicitProvider> {
  const deployed = deployedProviders(await exportedResources(cli, stack, "--show-secrets"));
  const providers = [...deployed].map(([urn, resource]) => providerOf(urn, resource));
  const [found, ...others] = providers.filter(({ name, urn }) => name === wanted || urn === wanted);
  if (found === undefined) throw new Error(notFoundText(wanted, providers));
  if (others.length === 0) return found;
  // One line, because doctor shows only the first one of an error.
  const urns = [found, ...others].map(({ urn }) => quoted(urn));
  throw new Error(`Several providers are called ${quoted(wanted)}. Give the URN of one of them: ${urns.join(", ")}.`);
}

function providerOf(urn: string, resource: unknown): ExplicitProvider {
  return { urn, name: urnOf(urn).name, config: configOfProvider(resource) };
}

/**
 * The name of an explicit provider, for messages.
 * @param wanted Its name in the program or its URN; `undefined` for none.
 */
export function providerName(wanted: string | undefined): string | undefined {
  return wanted?.startsWith("urn:pulumi:") ? urnOf(wanted).name : wanted;
}

/**
 * The settings of the last deployment that a provider in the state has, by stack config keys.
 * @param resource The provider, exported with secrets in plain text.
 */
export function configOfProvider(resource: unknown): StackConfig {
  return membersWith(memberOf(resource, "inputs"), (input) => {
    const value = decrypted(input);
    return value === undefined ? undefined : { value, secret: typeof input !== "string" };
  });
}

/** The state contains a secret input as JSON within JSON. */
function decrypted(input: unknown): string | undefined {
  if (typeof input === "string") return input;
  const plaintext = memberOf(input, "plaintext");
  const value: unknown = typeof plaintext === "string" ? JSON.parse(plaintext) : undefined;
  return typeof value === "string" ? value : undefined;
}

function notFoundText(wanted: string, providers: readonly ExplicitProvider[]): string {
  const missing = `The stack has no explicit provider ${quoted(wanted)}`;
  if (providers.length === 0) return `${missing}, and no other. Deploy it first, or use the settings of the stack.`;
  const names = [...new Set(providers.map(({ name }) => quoted(name)))];
  return `${missing}. Name one that it has (${names.join(", ")}), or deploy that provider first.`;
}
