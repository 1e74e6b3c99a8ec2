/** The names of all settings, as they stand behind `rhombus:` in the stack config. */
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

/** The settings that are secrets. A certificate is public, but a file that holds one often holds its key as well. */
export const secretSettings: readonly SettingName[] = ["apiKey", "clientCertificate", "clientKey"];

/** Whether what a setting is set to is a secret: a certificate, or the path of a file, may be known to everybody. */
export function holdsSecret(name: string, value: string): boolean {
  return name === "apiKey" || value.includes("PRIVATE KEY");
}
