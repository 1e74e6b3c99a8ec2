import { type SettingName, settingNames } from "./settingNames";
import { SettingsError } from "./settingsError";

/** A value, and the name under which the user set it. */
export interface Given {
  /** The name, such as `rhombus:apiKey` or `RHOMBUS_API_KEY`. */
  readonly setting: string;
  /** The value as written. */
  readonly value: string;
}

/** The error for one value that cannot be used. */
export function problem({ setting }: Given, reason: string): SettingsError {
  return new SettingsError({ setting, reason });
}

/** The settings in one place. */
export type SettingSource = { readonly [Name in SettingName]?: Given };

/** The environment variables of settings. The settings of pacing have none. */
const environmentNames: Readonly<Partial<Record<SettingName, string>>> = {
  apiKey: "RHOMBUS_API_KEY",
  profile: "RHOMBUS_PROFILE",
  endpoint: "RHOMBUS_ENDPOINT_URL",
  region: "RHOMBUS_REGION",
  partner: "RHOMBUS_PARTNER",
  orgUuid: "RHOMBUS_ORG_UUID",
  clientCertificate: "RHOMBUS_CLIENT_CERTIFICATE",
  clientKey: "RHOMBUS_CLIENT_KEY",
};

/** The names of settings in profiles of the Rhombus command line. */
const profileKeys: Readonly<Partial<Record<SettingName, string>>> = {
  apiKey: "api_key of the profile",
  endpoint: "endpoint_url of the profile",
  region: "endpoint_url of the profile",
  partner: "is_partner of the profile",
  clientCertificate: "cert_file of the profile",
  clientKey: "key_file of the profile",
};

/** The kinds of places that a key may come from. */
export type SourceKind = "configuration" | "environment" | "profile";

/**
 * The name of a setting in a place; if it has none there, its name in the configuration.
 * @param sourceKind The kind of place.
 * @param setting The setting.
 * @param provider The name of the explicit provider whose arguments the configuration holds. Default: that of the stack.
 */
export function nameIn(sourceKind: SourceKind, setting: SettingName, provider?: string): string {
  const names = sourceKind === "environment" ? environmentNames : profileKeys;
  const name = sourceKind === "configuration" ? undefined : names[setting];
  return (
    name ?? (provider === undefined ? `rhombus:${setting}` : `${setting} of the Provider ${JSON.stringify(provider)}`)
  );
}

/** The settings in the configuration: the arguments of the explicit `provider`, or the stack's. Blank values are absent. */
export function configurationSource(config: (key: string) => string | undefined, provider?: string): SettingSource {
  return sourceOf((name) => ({ setting: nameIn("configuration", name, provider), value: config(`rhombus:${name}`) }));
}

/** The settings in the environment. Blank values are absent. */
export function environmentSource(env: Readonly<Record<string, string | undefined>>): SettingSource {
  return sourceOf((name) => {
    const { [name]: setting = "" } = environmentNames;
    return { setting, value: env[setting] };
  });
}

/** The settings in a place. Blank values are absent. */
export function sourceOf(
  read: (name: SettingName) => { readonly setting: string; readonly value: string | undefined } | undefined,
): SettingSource {
  const entries = settingNames.map((name) => [name, read(name)] as const);
  return Object.fromEntries(entries.filter(([, given]) => given?.value !== undefined && given.value.trim() !== ""));
}
