import { DEFAULT_PROFILE, type Profile, ProfileError, readProfile } from "./profiles";
import {
  configurationSource,
  environmentSource,
  type Given,
  nameIn,
  type Place,
  type SettingSource,
} from "./settingSources";
import type { SettingsProblem } from "./settingsError";

/** The places of settings. */
export interface SettingsInputs {
  /** A value of the configuration (the arguments of an explicit provider, or the stack's) by its full key, such as `rhombus:apiKey`. */
  config: (key: string) => string | undefined;
  /** The environment variables. */
  env: Readonly<Record<string, string | undefined>>;
  /** The home folder, for `~` in paths and for the profiles of the vendor's command line. Default: the user's. */
  home?: string;
}

/** The source of the key, and of the settings that belong to a key. */
export interface Chosen {
  /** Its values. */
  readonly source: SettingSource;
  /** Its kind. */
  readonly place: Place;
  /** The organization, from this source or one before it; `undefined` if none is set. */
  readonly orgUuid: Given | undefined;
  /** Warnings about settings that work. */
  readonly warnings: readonly string[];
}

/**
 * Chooses the first source with a key or a profile: the configuration, the environment, the profile `default`.
 * @param inputs The places.
 * @param problems Receives the problems: no key, an unusable profile, or settings that would silently not apply.
 */
export function chooseSource(inputs: Required<SettingsInputs>, problems: SettingsProblem[]): Chosen {
  const { home } = inputs;
  const configured = configurationSource(inputs.config);
  const environment = environmentSource(inputs.env);
  if (givesKey(configured)) {
    return {
      ...withProfile({ source: configured, place: "configuration" }, home, problems),
      orgUuid: configured.orgUuid,
    };
  }
  const orgUuid = configured.orgUuid ?? environment.orgUuid;
  if (givesKey(environment)) {
    const chosen = withProfile({ source: environment, place: "environment" }, home, problems);
    problems.push(...ignoredSettings({ source: configured, place: "configuration" }, chosen));
    return { ...chosen, orgUuid };
  }
  const chosen = defaultProfile(home, problems);
  if (chosen === undefined) return { source: environment, place: "environment", orgUuid, warnings: [] };
  problems.push(...ignoredSettings({ source: configured, place: "configuration" }, chosen));
  problems.push(...ignoredSettings({ source: environment, place: "environment" }, chosen));
  return { ...chosen, orgUuid };
}

interface Candidate {
  readonly source: SettingSource;
  readonly place: "configuration" | "environment";
}

type ResolvedSource = Omit<Chosen, "orgUuid">;

/** The settings that belong to a key and come from the same source. */
const KEY_SETTINGS = ["endpoint", "region", "partner", "clientCertificate", "clientKey"] as const;

function givesKey({ apiKey, profile }: SettingSource): boolean {
  return apiKey !== undefined || profile !== undefined;
}

/** The source, or the profile that it names. */
function withProfile({ source, place }: Candidate, home: string, problems: SettingsProblem[]): ResolvedSource {
  const { profile, ...own } = source;
  if (profile === undefined) return { source, place, warnings: [] };
  if (source.apiKey !== undefined) {
    problems.push({
      setting: profile.setting,
      reason: `is set together with ${source.apiKey.setting}; set one of the two`,
    });
    return { source: own, place, warnings: [] };
  }
  const read = profileOf(profile, home, problems);
  for (const setting of KEY_SETTINGS) {
    const given = source[setting];
    if (given === undefined) continue;
    const reason = `is set together with ${profile.setting}, which brings its own: set ${nameIn("profile", setting)} instead`;
    problems.push({ setting: given.setting, reason });
  }
  return { ...(read ?? { source: {}, warnings: [] }), place: "profile" };
}

function profileOf({ setting, value }: Given, home: string, problems: SettingsProblem[]): Profile | undefined {
  try {
    return readProfile(value.trim(), home);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    problems.push({ setting, reason: error.message });
    return undefined;
  }
}

function defaultProfile(home: string, problems: SettingsProblem[]): ResolvedSource | undefined {
  try {
    return { ...readProfile(DEFAULT_PROFILE, home), place: "profile" };
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    const reason =
      "no Rhombus API key. Looked at the arguments of an explicit Provider, at the stack's configuration (pulumi config set --secret rhombus:apiKey, " +
      "or rhombus:profile), at the environment variables RHOMBUS_API_KEY and RHOMBUS_PROFILE, and for a profile of the rhombus command line: " +
      error.message;
    problems.push({ setting: "rhombus:apiKey", reason });
    return undefined;
  }
}

/** The problems of settings that would silently not apply, because the key comes from another source. */
function ignoredSettings({ source, place }: Candidate, chosen: ResolvedSource): SettingsProblem[] {
  return KEY_SETTINGS.flatMap((setting) => {
    const given = source[setting];
    if (given === undefined) return [];
    const key = nameIn(place, "apiKey");
    const reason =
      `this is set without ${key}, while the key comes from ${chosen.source.apiKey?.setting}. Key, endpoint, region, partner and client certificate come ` +
      `together from one source: set ${key} as well, or set ${nameIn(chosen.place, setting)} instead of this`;
    return [{ setting: given.setting, reason }];
  });
}
