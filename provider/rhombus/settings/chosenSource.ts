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

/** Where settings are looked up. */
export interface SettingsInputs {
  /** A value of the configuration (an explicit provider's arguments, or the stack's) by its full key, such as `rhombus:apiKey`. */
  config: (key: string) => string | undefined;
  /** The environment variables. */
  env: Readonly<Record<string, string | undefined>>;
  /** The home folder: `~` in a path stands for it, and the profiles of the vendor's command line are there. Default: the user's. */
  home?: string;
}

/** The source that gives the key, and with it all that goes with a key. */
export interface Chosen {
  /** What it says. */
  readonly source: SettingSource;
  /** Which kind of place it is. */
  readonly place: Place;
  /** The organization; those places count that come before the source, and the source itself. */
  readonly orgUuid: Given | undefined;
  /** What is in order, and a person should know of. */
  readonly warnings: readonly string[];
}

/**
 * Chooses the first source with a key or a profile: the configuration, the environment, the profile `default`. What is wrong with the choice is added to
 * `problems`: no key anywhere, a profile that cannot be used, or settings that would silently not apply.
 */
export function chooseSource(inputs: Required<SettingsInputs>, problems: SettingsProblem[]): Chosen {
  const { home } = inputs;
  const configured = configurationSource(inputs.config);
  const environment = environmentSource(inputs.env);
  if (givesKey(configured)) {
    return { ...opened({ source: configured, place: "configuration" }, home, problems), orgUuid: configured.orgUuid };
  }
  const orgUuid = configured.orgUuid ?? environment.orgUuid;
  if (givesKey(environment)) {
    const chosen = opened({ source: environment, place: "environment" }, home, problems);
    problems.push(...strays({ source: configured, place: "configuration" }, chosen));
    return { ...chosen, orgUuid };
  }
  const chosen = defaultProfile(home, problems);
  if (chosen === undefined) return { source: environment, place: "environment", orgUuid, warnings: [] };
  problems.push(...strays({ source: configured, place: "configuration" }, chosen));
  problems.push(...strays({ source: environment, place: "environment" }, chosen));
  return { ...chosen, orgUuid };
}

interface Candidate {
  readonly source: SettingSource;
  readonly place: "configuration" | "environment";
}

type Opened = Omit<Chosen, "orgUuid">;

/** What comes with a key, from one place. */
const OF_THE_KEY = ["endpoint", "region", "partner", "clientCertificate", "clientKey"] as const;

function givesKey({ apiKey, profile }: SettingSource): boolean {
  return apiKey !== undefined || profile !== undefined;
}

/** The source itself, or the profile that it names. */
function opened({ source, place }: Candidate, home: string, problems: SettingsProblem[]): Opened {
  const { profile, ...own } = source;
  if (profile === undefined) return { source, place, warnings: [] };
  if (source.apiKey !== undefined) {
    problems.push({ setting: profile.setting, reason: `is set beside ${source.apiKey.setting}; set one of the two` });
    return { source: own, place, warnings: [] };
  }
  const read = profileOf(profile, home, problems);
  for (const setting of OF_THE_KEY) {
    const given = source[setting];
    if (given === undefined) continue;
    const reason = `is set beside ${profile.setting}, which brings its own: set ${nameIn("profile", setting)} instead`;
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

function defaultProfile(home: string, problems: SettingsProblem[]): Opened | undefined {
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

/** Settings that would silently not apply, because the key comes from another source. */
function strays({ source, place }: Candidate, chosen: Opened): SettingsProblem[] {
  return OF_THE_KEY.flatMap((setting) => {
    const given = source[setting];
    if (given === undefined) return [];
    const key = nameIn(place, "apiKey");
    const reason =
      `this is set without ${key}, while the key comes from ${chosen.source.apiKey?.setting}. Key, endpoint, region, partner and client certificate come ` +
      `together from one source: set ${key} as well, or set ${nameIn(chosen.place, setting)} instead of this`;
    return [{ setting: given.setting, reason }];
  });
}
