import { configEntryProblem } from "../../pulumi/declare/configEntryProblem";
import { settingsFrom } from "../../rhombus/connection";
import { PEM_MARK } from "../../rhombus/redaction/environmentSecrets";
import { lengthOnly } from "../../rhombus/redaction/masks";
import { looksLikeName } from "../../rhombus/redaction/presentable";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { chooseSource, givesKey, ignoredVariables, type SettingsInputs } from "../../rhombus/settings/chosenSource";
import { holdsSecret, type SettingName, settingNames } from "../../rhombus/settings/settingNames";
import { configurationSource, environmentSource } from "../../rhombus/settings/settingSources";
import { DEFAULT_SOURCE, type Settings } from "../../rhombus/settings/settings";
import { SettingsError } from "../../rhombus/settings/settingsError";
import type { StackConfig } from "../pulumi/stack";
import { type DoctorCheck, failed, passed, unknown, warned } from "./check";

/** A setting and its source. */
export interface ShownSetting {
  /** The name without the prefix `rhombus:`. */
  readonly name: string;
  /** The value; masked if it is a secret. */
  readonly value: string;
  /** The source of the value. */
  readonly source: string;
}

/** The sources of settings. */
export interface SettingsSources {
  /** The stack config; empty if it could not be read. */
  readonly stackConfig: StackConfig;
  /** True if the stack config was read. */
  readonly isConfigRead: boolean;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home folder, which contains the profiles. */
  readonly home: string;
  /** The folder of the program, from which relative paths start. */
  readonly programFolder: string;
  /** The name of the explicit provider whose settings the config holds. Default: it is that of the stack. */
  readonly provider?: string | undefined;
  /** A sentence for messages about settings if the config is that of an explicit provider. Default: none. */
  readonly note?: () => string | undefined;
}

/**
 * Finds the settings that a deployment would use, and their sources.
 * @param sources The sources of settings.
 * @param redactor Learns the secrets of the settings.
 * @returns The checks, the settings, and what to show of them with their sources. Invalid settings are `undefined` and not shown.
 */
export function findSettings(sources: SettingsSources, redactor: Redactor) {
  const { stackConfig } = sources;
  const inputs = { ...sources, config: (key: string) => stackConfig[key]?.value };
  const ofConfig = Object.entries(stackConfig).flatMap(([key, { value, secret }]) => entryChecks(key, value, secret));
  // An explicit provider has its own settings; the variables apply to other resources.
  const ignored = sources.note?.() === undefined ? ignoredVariables(inputs) : undefined;
  try {
    const settings = settingsFrom(inputs, redactor);
    const checks = [
      passed("settings", `the key comes from ${settings.sources.apiKey}`),
      ...settings.warnings.map((each) => warned("settings", each)),
      ...(ignored === undefined ? [] : [warned("settings", ignored.text, ignored.remedy)]),
    ];
    return { settings, checks: [...checks, ...ofConfig], shown: shownSettings(settings, inputs) };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const problems = error.problems.map(({ setting, reason }) => problemCheck(setting, reason, sources));
    return { settings: undefined, checks: [...problems, ...ofConfig], shown: [] };
  }
}

/** A key that is missing may be in the stack config, if that was not read. */
function problemCheck(setting: string, reason: string, { isConfigRead }: SettingsSources): DoctorCheck {
  const isMissing = reason.startsWith("no Rhombus API key");
  if (isMissing && !isConfigRead)
    return unknown("settings", "no key outside the stack config, which could not be read");
  return failed("settings", `${setting}: ${reason}`);
}

function entryChecks(key: string, value: string, isSecret: boolean): DoctorCheck[] {
  const rules = { names: settingNames, holdsSecret, looksLikeName };
  const problem = configEntryProblem({ key, value, isUnencrypted: !isSecret }, rules);
  return problem === undefined ? [] : [warned("settings", problem.text, problem.remedy)];
}

function shownSettings(settings: Settings, inputs: SettingsInputs & { home: string }): ShownSetting[] {
  const configured = configurationSource(inputs.config, inputs.provider);
  const { source } = chooseSource(inputs);
  const named = [configured, environmentSource(inputs.env)].find(givesKey)?.profile;
  const profile = named && (looksLikeName(named.value.trim()) ? named.value.trim() : "set, but not to a valid name");
  const { clientCertificate, clientKey } = source;
  const pacing = (["maxConcurrency", "maxRetries", "timeoutSeconds"] as const).map((name) => {
    return shown(name, String(settings[name]), configured[name]?.setting);
  });
  return [
    shown("apiKey", lengthOnly(settings.apiKey), settings.sources.apiKey),
    ...(profile === undefined ? [] : [shown("profile", profile, named?.setting)]),
    shown("endpoint", settings.endpoint, settings.sources.endpoint),
    shown("region", settings.region ?? "neither us nor eu", settings.sources.endpoint),
    shown("partner", String(settings.partner), source.partner?.setting),
    shown("orgUuid", settings.orgUuid ?? "the organization of the key", source.orgUuid?.setting),
    ...(clientCertificate
      ? [shown("clientCertificate", fileOrMask(clientCertificate.value), clientCertificate.setting)]
      : []),
    ...(clientKey ? [shown("clientKey", fileOrMask(clientKey.value), clientKey.setting)] : []),
    ...pacing,
  ];
}

function fileOrMask(value: string): string {
  return value.includes(PEM_MARK) ? lengthOnly(value) : value.trim();
}

function shown(name: SettingName, value: string, source = DEFAULT_SOURCE): ShownSetting {
  return { name, value, source };
}
