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
export const environmentNames = {
  apiKey: "RHOMBUS_API_KEY",
  endpoint: "RHOMBUS_ENDPOINT_URL",
  region: "RHOMBUS_REGION",
  partner: "RHOMBUS_PARTNER",
  orgUuid: "RHOMBUS_ORG_UUID",
  clientCertificate: "RHOMBUS_CLIENT_CERTIFICATE",
  clientKey: "RHOMBUS_CLIENT_KEY",
} as const;

/** What the configuration says: the arguments of an explicit provider, or the stack's. Blank values are absent ones. */
export function configurationSource(config: (key: string) => string | undefined): SettingSource {
  return sourceOf(settingNames.map((name) => [name, `rhombus:${name}`, config(`rhombus:${name}`)]));
}

/** What the environment says. Blank values are absent ones. */
export function environmentSource(env: Readonly<Record<string, string | undefined>>): SettingSource {
  const variables: Readonly<Partial<Record<SettingName, string>>> = environmentNames;
  return sourceOf(
    settingNames.flatMap((name): Entry[] => {
      const variable = variables[name];
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
