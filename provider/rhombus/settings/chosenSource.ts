import { DEFAULT_PROFILE, readProfile } from "./profiles";
import { settingNames } from "./settingNames";
import { configurationSource, environmentSource, nameIn, type SettingSource, type SourceKind } from "./settingSources";
import type { SettingsProblem } from "./settingsError";
import { FileFault } from "./textFile";

/** The sources of settings. */
export interface SettingsInputs {
  /** A value of the configuration (the arguments of an explicit provider, or the stack's) by its full key, such as `rhombus:apiKey`. */
  config: (key: string) => string | undefined;
  /** The environment variables. */
  env: Readonly<Record<string, string | undefined>>;
  /** The home folder, for `~` in paths and for the profiles of the Rhombus command line. Default: the user's. */
  home?: string;
  /** The folder of the program, from which relative paths start. Default: the current folder, in which Pulumi starts the program and the provider. */
  programFolder?: string;
  /** The name of the explicit provider whose arguments the configuration holds, if that is known. Default: messages name the stack config. */
  provider?: string | undefined;
  /** A sentence for messages about settings if the configuration may be out of date. Default: none. */
  note?: () => string | undefined;
}

/** The settings of a key, and their source. */
export interface Chosen {
  /** The values of the source of the key; region, partner flag and organization may come from another one. */
  readonly source: SettingSource;
  /** The kind of the source of the key. */
  readonly sourceKind: SourceKind;
  /** Warnings about settings that work. */
  readonly warnings: readonly string[];
  /** The problems: no key, an unusable profile, or settings of a key in a source that gives none. */
  readonly problems: readonly SettingsProblem[];
}

/**
 * Chooses the first source with a key or a profile: the configuration, the environment, the profile `default`.
 * @param inputs The sources.
 */
export function chooseSource({ config, env, home, provider }: Omit<SettingsInputs, "home"> & { home: string }): Chosen {
  const configuration = {
    source: configurationSource(config, provider),
    sourceKind: "configuration",
    provider,
  } as const;
  const environment = { source: environmentSource(env), sourceKind: "environment" } as const;
  if (givesKey(configuration.source)) {
    const chosen = withProfile(configuration, home);
    // The values beside another key belong to that key.
    return completed(chosen, [configuration, ...(givesKey(environment.source) ? [] : [environment])]);
  }
  if (givesKey(environment.source)) {
    return completed(instead(withProfile(environment, home), [configuration]), [configuration, environment]);
  }
  const others = [configuration, environment];
  try {
    const profile = { ...readProfile(DEFAULT_PROFILE, home), sourceKind: "profile", problems: [] } as const;
    return completed(instead(profile, others), others);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return completed({ ...environment, warnings: [], problems: [withoutKey(error)] }, others);
  }
}

/**
 * The warning about environment variables that are ignored because the configuration gives the key.
 * @param inputs The sources.
 * @param place A suffix that names the place of the configuration. Default: none.
 * @returns The warning and its remedy, each a sentence; `undefined` if nothing is ignored.
 */
export function ignoredVariables({ config, env }: Pick<SettingsInputs, "config" | "env">, place = "") {
  const { apiKey, profile } = configurationSource(config);
  const key = apiKey ?? profile;
  const environment = environmentSource(env);
  const names = givesKey(environment) ? settingNames : KEY_SETTINGS;
  const variables = names.flatMap((name) => environment[name]?.setting ?? []);
  if (key === undefined || variables.length === 0) return undefined;
  const [them, are] = variables.length === 1 ? ["it", "is"] : ["them", "are"];
  return {
    text: `${variables.join(", ")} in the environment ${are} ignored: ${key.setting}${place} gives the key, and the endpoint comes from the same source`,
    remedy: `To use ${them}, select another stack, or remove ${key.setting}.`,
  };
}

/** The problem if no source gives a key, and the default profile has none or cannot be used. */
function withoutKey({ message, isMissing }: FileFault): SettingsProblem {
  const reason = isMissing
    ? "no Rhombus API key. Set it with `pulumi config set --secret rhombus:apiKey`, in RHOMBUS_API_KEY, in an explicit Provider, or " +
      `with \`rhombus login\` (${message})`
    : `${message}. This profile is used because neither the stack config, RHOMBUS_API_KEY nor an explicit Provider gives a key`;
  return { setting: isMissing ? "rhombus:apiKey" : "the default profile", reason };
}

interface Candidate {
  readonly source: SettingSource;
  readonly sourceKind: "configuration" | "environment";
  readonly provider?: string | undefined;
}

/** The settings that come from the source of the key: in another one, they would send the key to a server that it was not meant for. */
const KEY_SETTINGS = ["endpoint", "clientCertificate", "clientKey"] as const;

/** The settings that may come from any source. */
const SHARED_SETTINGS = ["region", "partner", "orgUuid"] as const;

/**
 * True if a source gives the key or names a profile.
 * @param source The source.
 */
export function givesKey({ apiKey, profile }: SettingSource): boolean {
  return apiKey !== undefined || profile !== undefined;
}

/** The source, or the profile that it names. */
function withProfile({ source, sourceKind }: Candidate, home: string): Chosen {
  const { profile, ...own } = source;
  if (profile === undefined) return { source, sourceKind, warnings: [], problems: [] };
  if (own.apiKey !== undefined) {
    const problem = { ...profile, reason: `is set together with ${own.apiKey.setting}; set one of the two` };
    return { source: own, sourceKind, warnings: [], problems: [problem] };
  }
  const problems = givenKeySettings(own).map(({ name, setting }) => {
    const named = nameIn("profile", name);
    return { setting, reason: `is set together with ${profile.setting}, which brings its own: set ${named} instead` };
  });
  try {
    return { ...readProfile(profile.value.trim(), home), sourceKind: "profile", problems };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const unusable = { setting: profile.setting, reason: error.message };
    return { source: {}, sourceKind: "profile", warnings: [], problems: [unusable, ...problems] };
  }
}

/** The chosen source, with the problems of settings in others that would silently not apply. */
function instead(chosen: Chosen, others: readonly Candidate[]): Chosen {
  const ignored = others.flatMap(({ source, sourceKind, provider }) => {
    return givenKeySettings(source).map(({ name, setting }) => {
      const reason =
        `set ${nameIn(chosen.sourceKind, name)} instead of this, or ${nameIn(sourceKind, "apiKey", provider)} as well: the key comes from ` +
        `${chosen.source.apiKey?.setting}, and key, endpoint and client certificate must come from one source`;
      return { setting, reason };
    });
  });
  return { ...chosen, problems: [...chosen.problems, ...ignored] };
}

/** The chosen source with the shared settings, each from the first of the sources that has it. */
function completed(chosen: Chosen, earlier: readonly Candidate[]): Chosen {
  const sources = [...earlier.map(({ source }) => source), chosen.source];
  const shared = SHARED_SETTINGS.map((name) => [name, sources.find((each) => each[name])?.[name]] as const);
  return { ...chosen, source: { ...chosen.source, ...Object.fromEntries(shared.filter(([, given]) => given)) } };
}

function givenKeySettings(source: SettingSource) {
  return KEY_SETTINGS.flatMap((name) => {
    const { [name]: given } = source;
    return given === undefined ? [] : [{ name, setting: given.setting }];
  });
}
