import { homedir } from "node:os";
import path from "node:path";
import { isRuuid, ruuidFromUuid } from "../ids/ruuid";
import { isUuid } from "../ids/uuid";
import { looksLikeRegion } from "../redaction/presentable";
import { type Chosen, chooseSource, type SettingsInputs } from "./chosenSource";
import {
  type ClientCertificate,
  ClientCertificateError,
  clientCertificateOf,
  expiryWarning,
} from "./clientCertificate";
import { configurationSource, type Given, type Place, type SettingSource } from "./settingSources";
import { SettingsError, type SettingsProblem } from "./settingsError";

/** A Rhombus region. An organization and its keys live in one of them. */
export type Region = "us" | "eu";

/** The address of the API in each region. */
export const regionEndpoints: Readonly<Record<Region, string>> = {
  us: "https://api2.rhombussystems.com",
  eu: "https://api2.eu.rhombussystems.com",
};

/** The origins of settings, for messages: `rhombus:apiKey`, `RHOMBUS_ENDPOINT_URL`, `the default`. */
export interface SettingSources {
  /** The kind of place of the key. */
  readonly place: Place;
  /** The origin of the API key. */
  readonly apiKey: string;
  /** The origin of the endpoint or the region. */
  readonly endpoint: string;
  /** The origin of the organization; absent if none is set. */
  readonly orgUuid?: string;
  /** The origin of the client certificate; absent if none is set. */
  readonly clientCertificate?: string;
}

/** The settings of a client. */
export interface Settings {
  /** The API key; secret. */
  readonly apiKey: string;
  /** True if the key belongs to a partner. Default: false. */
  readonly partner: boolean;
  /** The organization, an RUUID: sent as `x-auth-org` with a partner's key, and compared with the key's organization. Absent if none is set. */
  readonly orgUuid?: string;
  /** The address of the API without a trailing slash. Default: the region `us`. */
  readonly endpoint: string;
  /** The region of the endpoint; absent for another address. */
  readonly region?: Region;
  /** The client certificate; absent if the key needs none. */
  readonly clientCertificate?: ClientCertificate;
  /** The maximum number of attempts in flight. Default: 10. */
  readonly maxConcurrency: number;
  /** The maximum number of retries of a call. Default: 8. */
  readonly maxRetries: number;
  /** The time limit of an attempt, in seconds. Default: 30. */
  readonly timeoutSeconds: number;
  /** The origins of the settings. */
  readonly sources: SettingSources;
  /** Warnings about settings that work. */
  readonly warnings: readonly string[];
}

/**
 * Resolves the settings from the configuration, the environment and the profiles of the vendor's command line. Key, partner flag, certificate
 * and endpoint come from the first source with a key or a profile. The organization comes from that source or one before it.
 * @param inputs The places.
 * @throws SettingsError with all problems.
 */
export function resolveSettings({ config, env, home = homedir() }: SettingsInputs): Settings {
  const problems: SettingsProblem[] = [];
  const configured = configurationSource(config);
  const chosen = chooseSource({ config, env, home }, problems);
  const { source, orgUuid: organization } = chosen;

  const target = endpointOf(source, problems);
  const settings = {
    apiKey: apiKeyOf(source.apiKey, problems),
    partner: booleanOf(source.partner, problems),
    ...target.settings,
    maxConcurrency: integerOf(configured.maxConcurrency, { least: 1, most: 100, otherwise: 10 }, problems),
    maxRetries: integerOf(configured.maxRetries, { least: 0, most: 20, otherwise: 8 }, problems),
    timeoutSeconds: integerOf(configured.timeoutSeconds, { least: 1, most: 600, otherwise: 30 }, problems),
  };
  const orgUuid = organizationOf(organization, problems);
  const certificate = certificateOf(chosen, home, target, problems);
  if (problems.length > 0) throw new SettingsError(problems);
  const { clientCertificate = undefined, warnings = [] } = certificate ?? {};
  return {
    ...settings,
    ...(orgUuid === undefined ? {} : { orgUuid }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    warnings: [...chosen.warnings, ...warnings],
    sources: {
      place: chosen.place,
      apiKey: source.apiKey?.setting ?? "",
      endpoint: target.source,
      ...(organization === undefined ? {} : { orgUuid: organization.setting }),
      ...(source.clientCertificate === undefined ? {} : { clientCertificate: source.clientCertificate.setting }),
    },
  };
}

/** True if an address is on this machine: 127.0.0.0/8, `localhost` or `[::1]`. It may be http, and never goes through a proxy. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function apiKeyOf(given: Given | undefined, problems: SettingsProblem[]): string {
  if (given === undefined) return "";
  if (!/^[\x21-\x7e]+$/.test(given.value)) {
    problems.push({
      setting: given.setting,
      reason:
        "holds a space, a line break or another character that no API key has; copy the key again without what surrounds it",
    });
  }
  return given.value;
}

function organizationOf(given: Given | undefined, problems: SettingsProblem[]): string | undefined {
  if (given === undefined || isRuuid(given.value)) return given?.value;
  const reason = isUuid(given.value)
    ? `write the organization's uuid in the 22-character form that Rhombus uses: ${ruuidFromUuid(given.value)}`
    : "is not an organization's uuid as Rhombus writes it: 22 characters of A-Z, a-z, 0-9, - and _";
  problems.push({ setting: given.setting, reason });
  return undefined;
}

function booleanOf(given: Given | undefined, problems: SettingsProblem[]): boolean {
  const value = given?.value.trim();
  if (given !== undefined && value !== "true" && value !== "1" && value !== "false" && value !== "0") {
    problems.push({ setting: given.setting, reason: "must be true or false" });
  }
  return value === "true" || value === "1";
}

function integerOf(
  given: Given | undefined,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
  problems: SettingsProblem[],
): number {
  if (given === undefined) return otherwise;
  const value = /^\d{1,9}$/.test(given.value.trim()) ? Number(given.value) : Number.NaN;
  if (value >= least && value <= most) return value;
  problems.push({ setting: given.setting, reason: `must be a whole number from ${least} to ${most}` });
  return otherwise;
}

function certificateOf({ source, place }: Chosen, home: string, { settings }: Target, problems: SettingsProblem[]) {
  // Relative paths in a profile start from the folder of the profiles, all others from the program's.
  const start = place === "profile" ? path.join(home, ".rhombus") : process.cwd();
  try {
    const clientCertificate = clientCertificateOf(source, { home, start });
    if (clientCertificate === undefined) return undefined;
    const setting = source.clientCertificate?.setting ?? "";
    if (settings.endpoint.startsWith("http:")) {
      problems.push({ setting, reason: `can be used only over https, and the endpoint is ${settings.endpoint}` });
    }
    const warning = expiryWarning(clientCertificate, setting);
    return { clientCertificate, warnings: warning === undefined ? [] : [warning] };
  } catch (error) {
    if (!(error instanceof ClientCertificateError)) throw error;
    problems.push({ setting: error.setting, reason: error.message });
    return undefined;
  }
}

interface Target {
  settings: Pick<Settings, "endpoint" | "region">;
  source: string;
}

function endpointOf({ endpoint, region }: SettingSource, problems: SettingsProblem[]): Target {
  const named = region === undefined ? undefined : regionOf(region, problems);
  if (endpoint === undefined) {
    const chosen = named ?? "us";
    return {
      settings: { endpoint: regionEndpoints[chosen], region: chosen },
      source: region?.setting ?? "the default",
    };
  }
  const address = addressOf(endpoint, problems);
  const known = regions.find((each) => regionEndpoints[each] === address);
  if (region !== undefined && named !== undefined && address !== undefined && named !== known) {
    problems.push({
      setting: endpoint.setting,
      reason: `is another address than that of ${region.setting} ${named} (${regionEndpoints[named]}); set one of the two`,
    });
  }
  const settings = { endpoint: address ?? "" };
  return { settings: known === undefined ? settings : { ...settings, region: known }, source: endpoint.setting };
}

const regions = ["us", "eu"] as const;

function regionOf(given: Given, problems: SettingsProblem[]): Region | undefined {
  const region = regions.find((each) => each === given.value.trim());
  if (region === undefined) {
    const shown = looksLikeRegion(given.value) ? JSON.stringify(given.value) : "this";
    const reason = `${shown} is not a region; it must be one of ${regions.join(", ")}`;
    problems.push({ setting: given.setting, reason });
  }
  return region;
}

function addressOf(given: Given, problems: SettingsProblem[]): string | undefined {
  const fault = addressFault(given.value);
  if (fault === undefined) return new URL(given.value.trim()).href.replace(/\/+$/, "");
  problems.push({ setting: given.setting, reason: fault });
  return undefined;
}

// The message never shows the address: it may contain credentials.
function addressFault(value: string): string | undefined {
  const written = value.trim();
  // Checked first, because credentials must be removed in any case.
  if (written.includes("@")) return "must not hold credentials; the key has a setting of its own";
  if (/[?#]/.test(written)) return "must not hold a query (?) or a fragment (#)";
  // A URL parser drops line breaks, converts backslashes and encodes other alphabets: the key would go elsewhere than the text suggests.
  if (!/^[\x21-\x7e]+$/.test(written) || written.includes("\\")) {
    return "holds a space, a line break, a backslash or a letter beyond ASCII; write the address out, with an international name in its xn-- form";
  }
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/]/i.test(written) || !URL.canParse(written)) {
    return "is not an address; it looks like https://api2.rhombussystems.com";
  }
  const url = new URL(written);
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.href))) return undefined;
  return "must begin with https://; http:// is accepted for this machine only (127.0.0.1, localhost, [::1])";
}
