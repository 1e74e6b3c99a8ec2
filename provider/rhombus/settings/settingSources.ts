import { type SettingName, settingNames } from "./settingNames";

/** A value and the name under which the user set it. */
export interface Given {
  /** The name, such as `rhombus:apiKey` or `RHOMBUS_API_KEY`. */
  readonly setting: string;
  /** The value as it was written. */
  readonly value: string;
}

/** What one place says about the settings. */
export type SettingSource = { readonly [Name in SettingName]?: Given };

/** The environment variables that settings have. Pacing has none. */
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

/** What the vendor's command line calls in its profiles what a setting says. */
const profileKeys: Readonly<Partial<Record<SettingName, string>>> = {
  apiKey: "api_key of the profile",
  endpoint: "endpoint_url of the profile",
  region: "endpoint_url of the profile",
  partner: "is_partner of the profile",
  clientCertificate: "cert_file of the profile",
  clientKey: "key_file of the profile",
};

/** The kinds of places that give a key and what goes with it. */
export type Place = "configuration" | "environment" | "profile";

/** What a setting is called in a place, or else in the configuration, where all have a name. */
export function nameIn(place: Place, setting: SettingName): string {
  const names = place === "environment" ? environmentNames : profileKeys;
  return (place === "configuration" ? undefined : names[setting]) ?? `rhombus:${setting}`;
}

/** What the configuration says: the arguments of an explicit provider, or the stack's. Blank values are absent ones. */
export function configurationSource(config: (key: string) => string | undefined): SettingSource {
  return sourceOf(settingNames.map((name) => [name, `rhombus:${name}`, config(`rhombus:${name}`)]));
}

/** What the environment says. Blank values are absent ones. */
export function environmentSource(env: Readonly<Record<string, string | undefined>>): SettingSource {
  return sourceOf(
    settingNames.flatMap((name): Entry[] => {
      const variable = environmentNames[name];
      return variable === undefined ? [] : [[name, variable, env[variable]]];
    }),
  );
}

type Entry = readonly [name: SettingName, setting: string, value: string | undefined];

function sourceOf(entries: readonly Entry[]): SettingSource {
  const given = entries.flatMap(([name, setting, value]) =>
    value === undefined || value.trim() === "" ? [] : [[name, { setting, value }]],
  );
  return Object.fromEntries(given);
}
