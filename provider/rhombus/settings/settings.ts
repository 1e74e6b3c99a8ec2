import { homedir } from "node:os";
import path from "node:path";
import { isRuuid, ruuidFromUuid } from "../ids/ruuid";
import { isUuid } from "../ids/uuid";
import { looksLikeRegion } from "../redaction/presentable";
import { chooseSource, type SettingsInputs } from "./chosenSource";
import { type ClientCertificate, clientCertificateOf, expiryWarnings, type Folders } from "./clientCertificate";
import { configurationSource, type Given, problem, type SettingSource, type SourceKind } from "./settingSources";
import { SettingsError } from "./settingsError";

/** A Rhombus region. An organization and its keys live in one of them. */
export type Region = "us" | "eu";

/** The address of the API in each region. */
export const regionEndpoints: Readonly<Record<Region, string>> = {
  us: "https://api2.rhombussystems.com",
  eu: "https://api2.eu.rhombussystems.com",
};

/** The origin of a setting that no source gives. */
export const DEFAULT_SOURCE = "the default";

/** The origins of settings, for messages: `rhombus:apiKey`, `RHOMBUS_ENDPOINT_URL`, `the default`. */
export interface SettingSources {
  /** The kind of place of the key. */
  readonly sourceKind: SourceKind;
  /** The name of the explicit provider whose arguments the configuration holds; absent for the stack config, or if it is not known. */
  readonly provider?: string | undefined;
  /** The origin of the API key. */
  readonly apiKey: string;
  /** The origin of the endpoint or the region. */
  readonly endpoint: string;
  /** The origin of the region; absent if none is set. */
  readonly region?: string | undefined;
  /** The origin of the partner flag; absent if it is not set. */
  readonly partner?: string | undefined;
  /** The origin of the organization; absent if none is set. */
  readonly orgUuid?: string | undefined;
  /** The origin of the client certificate; absent if none is set. */
  readonly clientCertificate?: string | undefined;
}

/** The settings of a client. */
export interface Settings {
  /** The API key; secret. */
  readonly apiKey: string;
  /** True if the key belongs to a partner. Default: false. */
  readonly partner: boolean;
  /** The organization, an RUUID: sent as `x-auth-org` with a partner's key, and compared with the key's organization. Absent if none is set. */
  readonly orgUuid?: string | undefined;
  /** The address of the API without a trailing slash. Default: the region `us`. */
  readonly endpoint: string;
  /** The region of the endpoint; absent for another address. */
  readonly region?: Region | undefined;
  /** The client certificate; absent if the key needs none. */
  readonly clientCertificate?: ClientCertificate | undefined;
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
  /** A sentence for messages about settings, `undefined` while the configuration is the current one. Absent: it always is. */
  readonly note?: (() => string | undefined) | undefined;
}

/**
 * Resolves the settings from the configuration, the environment and the profiles of the Rhombus command line. Key, certificate and endpoint
 * come from the first source with a key or a profile; region, partner flag and organization from the first source that sets them.
 * @param inputs The places.
 * @throws SettingsError with all problems.
 */
export function resolveSettings({
  config,
  env,
  home = homedir(),
  programFolder = process.cwd(),
  provider,
  note,
}: SettingsInputs): Settings {
  const { source, sourceKind, ...chosen } = chooseSource({ config, env, home, provider });
  const { maxConcurrency, maxRetries, timeoutSeconds } = configurationSource(config, provider);
  const problems = [...chosen.problems];
  const valid = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      for (const problem of error.problems) problems.push(problem);
      return undefined;
    }
  };
  // Relative paths in a profile start from the folder of the profiles, all others from the program's.
  const start = sourceKind === "profile" ? path.join(home, ".rhombus") : programFolder;
  const region = valid(() => regionOf(source.region));
  const address = valid(() => addressOf(source.endpoint, source.region, region));
  const endpoint = address ?? regionEndpoints[region ?? "us"];
  const clientCertificate = valid(() => certificateOf(source, { home, start }, endpoint));
  const settings = {
    apiKey: valid(() => apiKeyOf(source.apiKey)) ?? "",
    partner: valid(() => booleanOf(source.partner)) ?? false,
    endpoint,
    region: regions.find((each) => regionEndpoints[each] === endpoint),
    maxConcurrency: valid(() => integerOf(maxConcurrency, 1, 100)) ?? 10,
    maxRetries: valid(() => integerOf(maxRetries, 0, 20)) ?? 8,
    timeoutSeconds: valid(() => integerOf(timeoutSeconds, 1, 600)) ?? 30,
    orgUuid: valid(() => organizationOf(source.orgUuid)),
    clientCertificate,
  };
  if (problems.length > 0) throw new SettingsError(...problems);
  const sources = {
    sourceKind,
    ...(provider !== undefined && { provider }),
    apiKey: source.apiKey?.setting ?? "",
    endpoint: (source.endpoint ?? source.region)?.setting ?? DEFAULT_SOURCE,
    region: source.region?.setting,
    partner: source.partner?.setting,
    orgUuid: source.orgUuid?.setting,
    clientCertificate: source.clientCertificate?.setting,
  };
  const expiry = clientCertificate && expiryWarnings(clientCertificate, sources.clientCertificate ?? "");
  return { ...settings, warnings: [...chosen.warnings, ...(expiry ?? [])], sources, note };
}

/** True if an address is on this machine: 127.0.0.0/8, `localhost` or `[::1]`. It may be http, and never goes through a proxy. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

const regions = ["us", "eu"] as const;

function apiKeyOf(given: Given | undefined): string | undefined {
  if (given === undefined || /^[\x21-\x7e]+$/.test(given.value)) return given?.value;
  throw problem(
    given,
    "contains a space, a line break or another character that no API key has; copy the key again without what surrounds it",
  );
}

function organizationOf(given: Given | undefined): string | undefined {
  if (given === undefined || isRuuid(given.value)) return given?.value;
  throw problem(
    given,
    isUuid(given.value)
      ? `write the organization's uuid in the 22-character form that Rhombus uses: ${ruuidFromUuid(given.value)}`
      : "is not an organization's uuid as Rhombus writes it: 22 characters of A-Z, a-z, 0-9, - and _",
  );
}

function booleanOf(given: Given | undefined): boolean {
  const value = given?.value.trim() ?? "false";
  if (given !== undefined && !/^(?:true|false|[01])$/.test(value)) throw problem(given, "must be true or false");
  return value === "true" || value === "1";
}

function integerOf(given: Given | undefined, least: number, most: number): number | undefined {
  if (given === undefined) return undefined;
  const value = /^\d{1,9}$/.test(given.value.trim()) ? Number(given.value) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw problem(given, `must be a whole number from ${least} to ${most}`);
}

function regionOf(given: Given | undefined): Region | undefined {
  const region = regions.find((each) => each === given?.value.trim());
  if (given === undefined || region !== undefined) return region;
  const shown = looksLikeRegion(given.value) ? JSON.stringify(given.value) : "this";
  throw problem(given, `${shown} is not a region; it must be one of ${regions.join(", ")}`);
}

function addressOf(given: Given | undefined, ofRegion: Given | undefined, region: Region | undefined) {
  if (given === undefined) return undefined;
  const fault = addressFault(given.value);
  if (fault !== undefined) throw problem(given, fault);
  const address = new URL(given.value.trim()).href.replace(/\/+$/, "");
  if (region === undefined || regionEndpoints[region] === address) return address;
  const other = `${ofRegion?.setting} ${region} (${regionEndpoints[region]})`;
  throw problem(given, `is another address than that of ${other}; set one of the two`);
}

function certificateOf(source: SettingSource, folders: Folders, endpoint: string): ClientCertificate | undefined {
  const certificate = clientCertificateOf(source, folders);
  if (certificate === undefined || source.clientCertificate === undefined || !endpoint.startsWith("http:"))
    return certificate;
  throw problem(source.clientCertificate, `can be used only over https, and the endpoint is ${endpoint}`);
}

// The message never shows the address: it may contain credentials.
function addressFault(value: string): string | undefined {
  const written = value.trim();
  // Checked first, because credentials must be removed in any case.
  if (written.includes("@")) return "must not contain credentials; the key has a setting of its own";
  if (/[?#]/.test(written)) return "must not contain a query (?) or a fragment (#)";
  // A URL parser drops line breaks, converts backslashes and encodes other alphabets: the key would go elsewhere than the text suggests.
  if (!/^[\x21-\x7e]+$/.test(written) || written.includes("\\")) {
    return "contains a space, a line break, a backslash or a letter beyond ASCII; write the address out, with an international name in its xn-- form";
  }
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/]/i.test(written) || !URL.canParse(written)) {
    return "is not an address; it looks like https://api2.rhombussystems.com";
  }
  const url = new URL(written);
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.href))) return undefined;
  return "must begin with https://; http:// is accepted for this machine only (127.0.0.1, localhost, [::1])";
}
