import * as pulumi from "@pulumi/pulumi";
import { programLog } from "./programLog";
import { registerSettings, warnAboutSettings } from "./pulumi/declare/settingWarnings";
import { shortenStackTraces } from "./pulumi/declare/stackTraces";
import { looksLikeName } from "./rhombus/redaction/presentable";
import { ignoredVariables } from "./rhombus/settings/chosenSource";
import { holdsSecret, type SettingName, secretSettings, settingNames } from "./rhombus/settings/settingNames";

registerSettings({
  names: settingNames,
  holdsSecret,
  looksLikeName,
  ignoredVariables: (config) => ignoredVariables({ config, env: process.env }),
  warn: programLog.warn,
});

/** The arguments of an explicit {@link Provider}. An argument that is left out is taken from the stack config `rhombus:*`. */
export interface ProviderArgs {
  /** The Rhombus API key. Secret. Default: `rhombus:apiKey`, then `RHOMBUS_API_KEY`, then the key of a profile. */
  apiKey?: pulumi.Input<string>;
  /**
   * The profile of the `rhombus` command line whose key is used, read when Pulumi runs. Default: `rhombus:profile`, then
   * `RHOMBUS_PROFILE`, then the profile `default`.
   */
  profile?: pulumi.Input<string>;
  /** The endpoint of the API; https, or http on loopback. Default: the endpoint of the region. */
  endpoint?: pulumi.Input<string>;
  /** The region of the organization. Default: `"us"`. */
  region?: pulumi.Input<"us" | "eu">;
  /** True for the key of a partner. Default: false. */
  partner?: pulumi.Input<boolean>;
  /**
   * The required organization, as an RUUID; any other one is an error. With a partner key it also selects the client
   * organization, and no other argument is needed for a partner's second organization. Default: the organization of the key.
   */
  orgUuid?: pulumi.Input<string>;
  /**
   * The client certificate of the key, as PEM text or the path of a file. Secret. Default:
   * `rhombus:clientCertificate`, then `RHOMBUS_CLIENT_CERTIFICATE`.
   */
  clientCertificate?: pulumi.Input<string>;
  /**
   * The private key of the client certificate, as PEM text or the path of a file. Secret. Default: `rhombus:clientKey`, then
   * `RHOMBUS_CLIENT_KEY`.
   */
  clientKey?: pulumi.Input<string>;
  /** The maximum number of concurrent calls. Default: 10. */
  maxConcurrency?: pulumi.Input<number>;
  /** The maximum number of retries of a call that Rhombus delays with status 429; other failures are retried at most four times. Default: 8. */
  maxRetries?: pulumi.Input<number>;
  /** The timeout of a call in seconds. Default: 30. */
  timeoutSeconds?: pulumi.Input<number>;
}

/** The settings that are not taken from the stack config if the arguments have a key: those of the key, and the organization. */
const NOT_INHERITED_WITH_KEY: readonly SettingName[] = [
  "endpoint",
  "region",
  "partner",
  "orgUuid",
  "clientCertificate",
  "clientKey",
];

/** The settings that only work together. */
const CERTIFICATE_SETTINGS: readonly SettingName[] = ["clientCertificate", "clientKey"];

/**
 * An explicit provider, for a second organization or for a key that is an output of another resource.
 *
 * @example
 * ```ts
 * const bluebird = new rhombus.Provider("bluebird", { apiKey: partnerKey, partner: true, orgUuid: bluebirdOrg });
 * new rhombus.AccessControlGroup("nurses", {}, { provider: bluebird });
 * new Site("downtown", { providers: [bluebird] }); // for all resources of a component
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  /**
   * Declares a provider. Its process cannot read the stack config, so the settings that `args` leave out are copied from there.
   * @param name The resource's name in the program.
   * @param args The settings.
   * @param options Pulumi's options.
   */
  constructor(name: string, args: ProviderArgs = {}, options?: pulumi.ResourceOptions) {
    const settings = settingsIn(args, new pulumi.Config("rhombus"));
    const restoreStackTraces = shortenStackTraces(Provider.name);
    try {
      super("pulumi-nodejs", name, settingInputs(settings), options);
    } finally {
      restoreStackTraces();
    }
    given.set(this, settings);
    warnAboutSettings();
  }
}

/** The settings of an explicit provider by the key in the stack config, such as `rhombus:apiKey`. */
export type ProviderSettings = Readonly<Record<string, pulumi.Input<string>>>;

const given = new WeakMap<pulumi.ProviderResource, ProviderSettings>();

/**
 * The settings of an explicit provider, for code in the program's own process.
 * @param provider The provider.
 * @returns The settings; `undefined` for a provider of another package.
 */
export function settingsOf(provider: pulumi.ProviderResource): ProviderSettings | undefined {
  return given.get(provider);
}

function settingsIn(args: ProviderArgs, config: pulumi.Config): ProviderSettings {
  const entries = settingNames.flatMap((setting): [string, pulumi.Input<string>][] => {
    const own = args[setting];
    const inherited = isReplaced(setting, args) ? undefined : config.get(setting);
    const value = own === undefined ? inherited : asText(own);
    return value === undefined ? [] : [[`rhombus:${setting}`, value]];
  });
  return Object.fromEntries(entries);
}

/** A plain value stays plain, because a look-up can answer with a promise only then. */
function asText(value: pulumi.Input<string | number | boolean>): pulumi.Input<string> {
  if (value instanceof Promise) return value.then(String);
  return pulumi.Output.isInstance(value) ? value.apply(String) : String(value);
}

function settingInputs(settings: ProviderSettings): pulumi.Inputs {
  const secrets = secretSettings.map((setting) => `rhombus:${setting}`);
  const entries = Object.entries(settings).map(([name, value]) => {
    return [name, secrets.includes(name) ? pulumi.secret(value) : value];
  });
  return Object.fromEntries(entries);
}

/** True if the arguments exclude the value of a setting in the stack config. */
function isReplaced(setting: SettingName, args: ProviderArgs): boolean {
  const isKey = setting === "apiKey" || setting === "profile";
  if (args.apiKey !== undefined || args.profile !== undefined) return isKey || NOT_INHERITED_WITH_KEY.includes(setting);
  return CERTIFICATE_SETTINGS.includes(setting) && CERTIFICATE_SETTINGS.some((half) => args[half] !== undefined);
}
