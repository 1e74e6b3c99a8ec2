/** The names of all settings, without the prefix `rhombus:` of the stack config. */
export const settingNames = [
  "apiKey",
  "profile",
  "endpoint",
  "region",
  "partner",
  "orgUuid",
  "clientCertificate",
  "clientKey",
  "maxConcurrency",
  "maxRetries",
  "timeoutSeconds",
] as const;

/** The name of a setting. */
export type SettingName = (typeof settingNames)[number];

/** The settings that are secrets. A certificate is public, but its file often contains the key as well. */
export const secretSettings: readonly SettingName[] = ["apiKey", "clientCertificate", "clientKey"];

/** True if the value of a setting is a secret. A certificate and the path of a file are not. */
export function holdsSecret(name: string, value: string): boolean {
  return name === "apiKey" || value.includes("PRIVATE KEY");
}
