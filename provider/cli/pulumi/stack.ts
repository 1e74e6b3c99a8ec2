import type { RhombusApi } from "../../rhombus/api/api";
import type { ClientOutlets } from "../../rhombus/api/client";
import { connectionTo, settingsFrom } from "../../rhombus/connection";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { plainText } from "../output/plainText";
import type { PulumiCli } from "./pulumiCli";
import { memberOf, stackOption } from "./stackResources";

/** A value of the stack config. */
export interface ConfigEntry {
  /** The value, decrypted. */
  readonly value: string;
  /** Whether it stands there encrypted. */
  readonly secret: boolean;
}

/** The stack config by its full keys, such as `rhombus:apiKey`. */
export type StackConfig = Readonly<Record<string, ConfigEntry>>;

/** An explicit provider as the state has it. */
export interface ExplicitProvider {
  /** Its URN. */
  readonly urn: string;
  /** Its name in the program. */
  readonly name: string;
  /** Its settings by their names in the stack config, such as `rhombus:apiKey`. */
  readonly config: StackConfig;
}

/**
 * The config of a stack, secrets in clear. It must not be printed.
 * @param cli The CLI.
 * @param stack The stack's name. Default: the selected one.
 * @throws PulumiCliError when there is no such stack, or its secrets cannot be opened.
 */
export async function stackConfig(cli: PulumiCli, stack?: string): Promise<StackConfig> {
  const listed: unknown = JSON.parse(await cli.run("config", "--json", "--show-secrets", ...stackOption(stack)));
  const entries = Object.entries(Object(listed)).flatMap(([key, entry]): [string, ConfigEntry][] => {
    const value = memberOf(entry, "value");
    return typeof value === "string" ? [[key, { value, secret: memberOf(entry, "secret") === true }]] : [];
  });
  return Object.fromEntries(entries);
}

/**
 * An explicit provider of a stack. Its settings are those that it was last deployed with.
 * @param cli The CLI.
 * @param wanted Its name in the program, or its URN where several have that name.
 * @param stack The stack's name. Default: the selected one.
 * @throws Error when the state has none of that name, or several.
 */
export async function explicitProvider(cli: PulumiCli, wanted: string, stack?: string): Promise<ExplicitProvider> {
  const exported: unknown = JSON.parse(await cli.run("stack", "export", "--show-secrets", ...stackOption(stack)));
  const resources = memberOf(memberOf(exported, "deployment"), "resources");
  const providers = Array.isArray(resources) ? resources.flatMap(providerIn) : [];
  const [found, ...others] = providers.filter(({ name, urn }) => name === wanted || urn === wanted);
  if (found === undefined) throw new Error(notThere(wanted, providers));
  if (others.length === 0) return found;
  const urns = [found, ...others].map(({ urn }) => `  ${plainText(urn)}`);
  throw new Error(`Several providers are called ${quoted(wanted)}. Give the URN of one of them:\n${urns.join("\n")}`);
}

/**
 * Lets nothing that stands encrypted in a config be shown.
 * @param config The config.
 * @param redactor What takes secrets out of texts.
 */
export function hideSecrets(config: StackConfig, redactor: Redactor): void {
  redactor.add(...Object.values(config).flatMap(({ value, secret }) => (secret ? [value] : [])));
}

/**
 * Connects to Rhombus as the provider does.
 * @param config The stack config, or that of an explicit provider.
 * @param env The environment variables.
 * @param redactor What takes secrets out of texts. It learns those of the config too.
 * @param outlets Where to say what a person should read.
 * @throws SettingsError when settings are missing or wrong; it holds no secret.
 */
export function connectedWith(
  config: StackConfig,
  env: Readonly<Record<string, string | undefined>>,
  redactor: Redactor,
  outlets: ClientOutlets,
): RhombusApi {
  hideSecrets(config, redactor);
  const settings = settingsFrom({ config: (key) => config[key]?.value, env }, redactor);
  return connectionTo(settings, redactor, outlets);
}

const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

/** Pulumi makes the provider of this name itself, from the stack config. */
const DEFAULT_NAME = /^default(?:_\d+)*$/;

function providerIn(resource: unknown): ExplicitProvider[] {
  const urn = memberOf(resource, "urn");
  if (memberOf(resource, "type") !== PROVIDER_TYPE || typeof urn !== "string") return [];
  const name = urn.split("::").slice(3).join("::");
  if (DEFAULT_NAME.test(name) || memberOf(resource, "delete") === true) return [];
  const config = Object.entries(Object(memberOf(resource, "inputs"))).flatMap(
    ([key, input]): [string, ConfigEntry][] => {
      const value = opened(input);
      return value === undefined ? [] : [[key, { value, secret: typeof input !== "string" }]];
    },
  );
  return [{ urn, name, config: Object.fromEntries(config) }];
}

/** The text of an input. That of a secret one is JSON within JSON. */
function opened(input: unknown): string | undefined {
  if (typeof input === "string") return input;
  const plaintext = memberOf(input, "plaintext");
  const value: unknown = typeof plaintext === "string" ? JSON.parse(plaintext) : undefined;
  return typeof value === "string" ? value : undefined;
}

function quoted(name: string): string {
  return `"${plainText(name)}"`;
}

function notThere(wanted: string, providers: readonly ExplicitProvider[]): string {
  const names = providers.map(({ name }) => quoted(name));
  const there = names.length === 0 ? "It has none." : `It has ${names.join(", ")}.`;
  return `The stack has no explicit provider ${quoted(wanted)}. ${there} One that is only in the program has to be deployed first.`;
}
