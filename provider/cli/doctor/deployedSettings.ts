import { isDeepStrictEqual } from "node:util";
import type { Organization } from "../../core/resource/definition";
import { firstNames } from "../../rhombus/api/answers";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { givesKey } from "../../rhombus/settings/chosenSource";
import { configurationSource } from "../../rhombus/settings/settingSources";
import type { Region, Settings } from "../../rhombus/settings/settings";
import { quoted } from "../output/plainText";
import type { PulumiCli } from "../pulumi/pulumiCli";
import { configOfProvider, hideSecrets, providerName, type StackConfig } from "../pulumi/stack";
import { isProvider, type StackResource } from "../pulumi/stackResources";
import {
  deployedProviders,
  explicitProviderIn,
  exportedResources,
  memberOf,
  PROVIDER_TYPE,
  urnOf,
} from "../pulumi/state";
import { examineAccess } from "./access";
import { type DoctorCheck, passed, warned } from "./check";
import { deployedOwnershipCheck, ownershipCheck } from "./ownership";
import { findSettings, type SettingsSources } from "./settings";

/** The settings of the last deployment of a provider, as the state holds them. */
export interface DeployedSettings {
  /** The URN of the explicit provider; `undefined` for a default provider, which Pulumi creates from the stack config. */
  readonly provider: string | undefined;
  /** The settings, by stack config keys such as `rhombus:apiKey`. */
  readonly config: StackConfig;
}

/**
 * Reads the settings of the last deployment, of each provider in the state.
 * @param cli The CLI.
 * @param stack The stack's name. Default: the selected stack.
 * @throws PulumiCliError if there is no such stack, or its secrets cannot be decrypted.
 */
export async function deployedSettings(cli: PulumiCli, stack?: string): Promise<DeployedSettings[]> {
  const exported = await exportedResources(cli, stack, "--show-secrets");
  const providers = deployedProviders(exported);
  return exported.flatMap((resource) => {
    const urn = memberOf(resource, "urn");
    if (memberOf(resource, "type") !== PROVIDER_TYPE || memberOf(resource, "delete") === true) return [];
    return [{ provider: explicitProviderIn(`${urn}::id`, providers), config: configOfProvider(resource) }];
  });
}

/** The subject of the checks on the last deployment. */
export interface DeployedQuestion {
  /** The resources of the stack. */
  readonly resources: readonly StackResource[];
  /** The settings that the other checks are about; `undefined` if they are not valid. */
  readonly current: Settings | undefined;
  /** The organization that they open; `undefined` if it could not be read. */
  readonly organization: Organization | undefined;
  /** The name or URN of the explicit provider that they belong to; `undefined` for the stack config. */
  readonly chosen: string | undefined;
  /** The sources of these settings. The state takes the place of the stack config. */
  readonly sources: SettingsSources;
  /** The endpoint of each region. */
  readonly regions: Readonly<Record<Region, string>>;
  /** Learns the secrets of the settings. */
  readonly redactor: Redactor;
}

/**
 * Checks the settings in the state, with which Pulumi refreshes and destroys without running the program. Settings that no
 * resource uses, and those that are the current ones, are left out. It only reads.
 * @param deployed The settings in the state.
 * @param question The subject of the checks.
 */
export async function deployedChecks(
  deployed: readonly DeployedSettings[],
  question: DeployedQuestion,
): Promise<DoctorCheck[]> {
  const checks = await Promise.all(deployed.map((settings) => checkSettings(settings, question)));
  return checks.flat();
}

async function checkSettings(deployed: DeployedSettings, question: DeployedQuestion): Promise<DoctorCheck[]> {
  const { provider } = deployed;
  const users = question.resources.filter((resource) => resource.provider === provider);
  if (users.length === 0) return [];
  const { checks, organization } = await tried(deployed, users, question);
  const isChecked = provider === undefined || isProvider(provider, question.chosen);
  const foreign = isChecked ? [] : deployedOwnershipCheck(users, organization, provider);
  const whose = provider === undefined ? "" : ` of the provider ${quoted(urnOf(provider).name)}`;
  const described = `the settings${whose} of the last deployment`;
  const problems = checks.filter(({ verdict }) => verdict === "failed");
  if (checks.length > 0 && problems.length + foreign.length === 0) {
    return [passed("deployed", `${described}, which pulumi refresh and destroy use, work`)];
  }
  const names = firstNames(
    users.map(({ name }) => quoted(name)),
    3,
  );
  const remedy = "Run `pulumi up` first, or add --run-program to refresh and destroy.";
  const warnings = problems.map(({ name, text }) => {
    const what = `pulumi refresh and destroy would fail for ${names}: they use ${described}`;
    return warned("deployed", `${what}: ${name}: ${text}`, remedy);
  });
  return [...warnings, ...foreign];
}

/** The result of trying settings. */
interface Trial {
  /** The checks; none if the settings are the current ones, which are checked already. */
  readonly checks: readonly DoctorCheck[];
  /** The organization that the key belongs to; `undefined` if it could not be read. */
  readonly organization?: Organization | undefined;
}

async function tried(
  { provider, config }: DeployedSettings,
  users: readonly StackResource[],
  { current, organization, sources, regions, redactor }: DeployedQuestion,
): Promise<Trial> {
  hideSecrets(config, redactor);
  // A key that the state does not hold comes from where the current one does, and that is reported already.
  if (current === undefined && !givesKey(configurationSource((key) => config[key]?.value))) return { checks: [] };
  const { settings, checks } = findSettings(
    { ...sources, stackConfig: config, provider: providerName(provider), isConfigRead: true },
    redactor,
  );
  if (settings === undefined) return { checks };
  if (current !== undefined && areSame(settings, current)) return { checks: [], organization };
  const types = [...new Set(users.map(({ type }) => type))];
  const access = await examineAccess({ settings, regions, types, redactor, isShared: false });
  const owned = provider === undefined ? ownershipCheck(users, access.organization, provider) : [];
  return { checks: [...access.checks, ...owned], organization: access.organization };
}

/** True if settings give the same access: their sources and the pacing of calls do not count. */
function areSame(one: Settings, other: Settings): boolean {
  const access = ({ apiKey, partner, orgUuid, endpoint, clientCertificate }: Settings) => {
    return { apiKey, partner, orgUuid, endpoint, clientCertificate };
  };
  return isDeepStrictEqual(access(one), access(other));
}
