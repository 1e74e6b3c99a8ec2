import * as pulumi from "@pulumi/pulumi";
import { programLog } from "./programLog";
import { knowSettings, warnOfSettings } from "./pulumi/declare/settingWarnings";
import { tidyTraces } from "./pulumi/declare/traces";
import { looksLikeName } from "./rhombus/redaction/presentable";
import { holdsSecret, type SettingName, secretSettings, settingNames } from "./rhombus/settings/settingNames";

knowSettings(settingNames, { holdsSecret, looksLikeName, warn: programLog.warn });

/** What a program says about an explicit {@link Provider}. What it leaves out is taken from the stack config `rhombus:*`. */
export interface ProviderArgs {
  /** The Rhombus API key. Secret. Default: `rhombus:apiKey`, then `RHOMBUS_API_KEY`, then that of a profile. */
  apiKey?: pulumi.Input<string>;
  /**
   * A profile of the `rhombus` command line, read when Pulumi runs, instead of a key. Default: `rhombus:profile`, then
   * `RHOMBUS_PROFILE`, then the profile `default`.
   */
  profile?: pulumi.Input<string>;
  /** The API's endpoint; https, or http on loopback. Default: that of the region. */
  endpoint?: pulumi.Input<string>;
  /** The region the organization lives in. Default: `"us"`. */
  region?: pulumi.Input<"us" | "eu">;
  /** Whether the key is a partner's. Default: false. */
  partner?: pulumi.Input<boolean>;
  /**
   * The organization that must answer, as an RUUID. With a partner key also the organization that is asked for; alone, it is
   * enough for a partner's second organization. Default: whichever the key opens.
   */
  orgUuid?: pulumi.Input<string>;
  /**
   * The client certificate that goes with the key, as PEM text or the path of a file. Secret. Default:
   * `rhombus:clientCertificate`, then `RHOMBUS_CLIENT_CERTIFICATE`.
   */
  clientCertificate?: pulumi.Input<string>;
  /**
   * The private key of the client certificate, as PEM text or the path of a file. Secret. Default: `rhombus:clientKey`, then
   * `RHOMBUS_CLIENT_KEY`.
   */
  clientKey?: pulumi.Input<string>;
  /** How many calls are in flight at most. Default: 10. */
  maxConcurrency?: pulumi.Input<number>;
  /** How often a call is tried again. Default: 8. */
  maxRetries?: pulumi.Input<number>;
  /** How many seconds a call may take. Default: 30. */
  timeoutSeconds?: pulumi.Input<number>;
}

/** The settings that go with a key: where the args give one of their own, the stack config's are not mixed in. */
const OF_THE_KEY: readonly SettingName[] = [
  "endpoint",
  "region",
  "partner",
  "orgUuid",
  "clientCertificate",
  "clientKey",
];

/** One is worth nothing without the other. */
const PAIR: readonly SettingName[] = ["clientCertificate", "clientKey"];

/**
 * An explicit provider, for a second organization or for a key that is an output of something else.
 *
 * @example
 * ```ts
 * const bluebird = new rhombus.Provider("bluebird", { apiKey: partnerKey, partner: true, orgUuid: bluebirdOrg });
 * new rhombus.AccessControlGroup("nurses", {}, { provider: bluebird });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  /**
   * Makes a provider. Its process sees no stack config, so what `args` leave out is copied from there.
   * @param name The resource's name in the program.
   * @param args The settings.
   * @param options Pulumi's options.
   */
  constructor(name: string, args: ProviderArgs = {}, options?: pulumi.ResourceOptions) {
    const settings = settingsIn(args, new pulumi.Config("rhombus"));
    const restoreTraces = tidyTraces(Provider.name);
    try {
      super("pulumi-nodejs", name, inputsOf(settings), options);
    } finally {
      restoreTraces();
    }
    given.set(this, settings);
    warnOfSettings();
  }
}

/** The settings of an explicit provider, by their names in the stack config such as `rhombus:apiKey`. */
export type ProviderSettings = Readonly<Record<string, pulumi.Input<string>>>;

const given = new WeakMap<pulumi.ProviderResource, ProviderSettings>();

/**
 * The settings that an explicit provider was made with, for what runs in the program's own process.
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

/** What is known at once stays so: only then can a look-up answer with a promise. */
function asText(value: pulumi.Input<string | number | boolean>): pulumi.Input<string> {
  if (value instanceof Promise) return value.then(String);
  return pulumi.Output.isInstance(value) ? value.apply(String) : String(value);
}

function inputsOf(settings: ProviderSettings): pulumi.Inputs {
  const secrets = secretSettings.map((setting) => `rhombus:${setting}`);
  const entries = Object.entries(settings).map(([name, value]) => {
    return [name, secrets.includes(name) ? pulumi.secret(value) : value];
  });
  return Object.fromEntries(entries);
}

/** Whether the args say something that the stack config's value of a setting does not go with. */
function isReplaced(setting: SettingName, args: ProviderArgs): boolean {
  const isKey = setting === "apiKey" || setting === "profile";
  if (args.apiKey !== undefined || args.profile !== undefined) return isKey || OF_THE_KEY.includes(setting);
  return PAIR.includes(setting) && PAIR.some((half) => args[half] !== undefined);
}
