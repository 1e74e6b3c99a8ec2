import { DEFAULT_PROFILE, readProfile } from "./profiles";
import {
  configurationSource,
  environmentSource,
  type Given,
  nameIn,
  type SettingSource,
  type SourceKind,
} from "./settingSources";
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
}

/** The source of the key, and of the settings that belong to a key. */
export interface Chosen extends KeySource {
  /** The organization, from this source or one before it; `undefined` if none is set. */
  readonly orgUuid: Given | undefined;
}

interface KeySource {
  /** Its values. */
  readonly source: SettingSource;
  /** Its kind. */
  readonly sourceKind: SourceKind;
  /** Warnings about settings that work. */
  readonly warnings: readonly string[];
  /** The problems: no key, an unusable profile, or settings that would silently not apply. */
  readonly problems: readonly SettingsProblem[];
}

/**
 * Chooses the first source with a key or a profile: the configuration, the environment, the profile `default`.
 * @param inputs The sources.
 */
export function chooseSource({ config, env, home }: Required<SettingsInputs>): Chosen {
  const configuration = { source: configurationSource(config), sourceKind: "configuration" } as const;
  const environment = { source: environmentSource(env), sourceKind: "environment" } as const;
  if (givesKey(configuration.source))
    return { ...withProfile(configuration, home), orgUuid: configuration.source.orgUuid };
  const orgUuid = configuration.source.orgUuid ?? environment.source.orgUuid;
  if (givesKey(environment.source)) return { ...instead(withProfile(environment, home), [configuration]), orgUuid };
  try {
    const profile = { ...readProfile(DEFAULT_PROFILE, home), sourceKind: "profile", problems: [] } as const;
    return { ...instead(profile, [configuration, environment]), orgUuid };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const reason =
      "no Rhombus API key. Looked at the arguments of an explicit Provider, at the stack config (pulumi config set --secret rhombus:apiKey, " +
      "or rhombus:profile), at the environment variables RHOMBUS_API_KEY and RHOMBUS_PROFILE, and for a profile of the rhombus command line: " +
      error.message;
    return { ...environment, orgUuid, warnings: [], problems: [{ setting: "rhombus:apiKey", reason }] };
  }
}

interface Candidate {
  readonly source: SettingSource;
  readonly sourceKind: "configuration" | "environment";
}

/** The settings that belong to a key and come from the same source. */
const KEY_SETTINGS = ["endpoint", "region", "partner", "clientCertificate", "clientKey"] as const;

/**
 * True if a source gives the key or names a profile.
 * @param source The source.
 */
export function givesKey({ apiKey, profile }: SettingSource): boolean {
  return apiKey !== undefined || profile !== undefined;
}

/** The source, or the profile that it names. */
function withProfile({ source, sourceKind }: Candidate, home: string): KeySource {
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
function instead(chosen: KeySource, others: readonly Candidate[]): KeySource {
  const ignored = others.flatMap(({ source, sourceKind }) => {
    const key = nameIn(sourceKind, "apiKey");
    return givenKeySettings(source).map(({ name, setting }) => {
      const reason =
        `this is set without ${key}, while the key comes from ${chosen.source.apiKey?.setting}. Key, endpoint, region, partner and client certificate come ` +
        `together from one source: set ${key} as well, or set ${nameIn(chosen.sourceKind, name)} instead of this`;
      return { setting, reason };
    });
  });
  return { ...chosen, problems: [...chosen.problems, ...ignored] };
}

function givenKeySettings(source: SettingSource) {
  return KEY_SETTINGS.flatMap((name) => {
    const { [name]: given } = source;
    return given === undefined ? [] : [{ name, setting: given.setting }];
  });
}
