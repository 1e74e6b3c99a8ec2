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
