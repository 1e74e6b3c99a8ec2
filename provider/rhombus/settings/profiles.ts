import path from "node:path";
import { looksLikeName } from "../redaction/presentable";
import { GoIni } from "./goIni";
import type { SettingName } from "./settingNames";
import { type Given, type SettingSource, sourceOf } from "./settingSources";
import { FileFault, isOpenToOthers, textOfFile } from "./textFile";

/** The default profile of the Rhombus command line. */
export const DEFAULT_PROFILE = "default";

/** A profile of the Rhombus command line. */
export interface Profile {
  /** Its settings. */
  readonly source: SettingSource;
  /** Warnings about a profile that works. */
  readonly warnings: readonly string[];
}

/**
 * Reads a profile of the Rhombus command line from the two files in `~/.rhombus`.
 * @param name The name of the profile.
 * @param home The home folder.
 * @throws FileFault if there is no such profile, or a part of it is missing or unreadable. The message names the file and the fix.
 */
export function readProfile(name: string, home: string): Profile {
  const file = path.join(home, ".rhombus", "credentials");
  const ini = iniIn(file);
  if (ini === undefined) throw new FileFault(`${file} does not exist; rhombus login creates it`, true);
  if (!ini.titles.includes(name)) throw new FileFault(`${file} has no ${profileCalled(name)}${othersIn(ini)}`, true);
  const credentials = { ini, title: name, origin: `of the ${profileCalled(name)} in ${file}` };
  const given = (key: string) => givenIn(credentials, key);
  const isCertified = needsCertificate(given("auth_type"));
  if (given("api_key") === undefined) {
    throw new FileFault(`the ${profileCalled(name)} in ${file} has no api_key`, true);
  }
  const config = partOfConfig(name, home);
  const settings: { readonly [Name in SettingName]?: Given | undefined } = {
    apiKey: given("api_key"),
    endpoint: endpointOf(credentials, config),
    partner: given("is_partner"),
    ...(isCertified ? certificateOf(credentials) : {}),
  };
  const open = isOpenToOthers(file) ? [`others may read ${file}; run chmod 600 on it`] : [];
  // Newer command lines write the region as well as the endpoint.
  const ignored = settings.endpoint === undefined ? [credentials, config].flatMap(ignoredIn) : [];
  return { source: sourceOf((setting) => settings[setting]), warnings: [...open, ...ignored] };
}

/** The part of a profile in one of the two files. */
interface Part {
  /** The file; absent if it does not exist. */
  readonly ini: GoIni | undefined;
  /** The title of the section. */
  readonly title: string;
  /** Its place for messages, after the name of a key. */
  readonly origin: string;
}

/** A value of a section; blank is absent. */
function givenIn({ ini, title, origin }: Part, key: string): Given | undefined {
  const [setting, value] = [`${key} ${origin}`, ini?.valueOf(title, key) ?? ""];
  if (value.trim() === "") return undefined;
  // go-ini would insert another value.
  if (/%\([^)]+\)s/.test(value))
    throw new FileFault(`${setting} contains %(NAME)s, which is not supported; write the value itself`);
  return { setting, value };
}

/** The Rhombus command line reads the endpoint from config. One beside the key counts too, so that the key goes nowhere else. */
function endpointOf(credentials: Part, config: Part): Given | undefined {
  const [endpoint, other] = [config, credentials].flatMap((part) => givenIn(part, "endpoint_url") ?? []);
  if (endpoint === undefined || other === undefined || slashless(other.value) === slashless(endpoint.value))
    return endpoint;
  throw new FileFault(`${endpoint.setting} and ${other.setting} differ; remove one of the two`);
}

function slashless(url: string): string {
  return url.trim().replace(/\/+$/, "");
}

function ignoredIn({ ini, title, origin }: Part): string[] {
  const ignored = ["endpoint", "region"].filter((key) => ini?.valueOf(title, key) !== undefined);
  return ignored.map((key) => `${key} ${origin} is ignored; set endpoint_url there instead`);
}

function partOfConfig(name: string, home: string): Part {
  const file = path.join(home, ".rhombus", "config");
  const ini = iniIn(file);
  const titles = [...(name === DEFAULT_PROFILE ? [] : [`profile ${name}`]), name];
  const title = titles.find((each) => ini?.titles.includes(each));
  const origin = `of ${looksLikeName(name) ? `[${title}]` : `the ${profileCalled(name)}`} in ${file}`;
  return { ini: title === undefined ? undefined : ini, title: title ?? name, origin };
}

function needsCertificate(authType: Given | undefined): boolean {
  if (authType === undefined || authType.value === "token") return false;
  if (authType.value === "cert") return true;
  const remedy = "only an API key works here; create one in the Rhombus console and set it";
  throw new FileFault(`${authType.setting} is neither token nor cert, and ${remedy}`);
}

function certificateOf(credentials: Part): { clientCertificate: Given; clientKey: Given } {
  const fileOf = (key: string) => {
    const given = givenIn(credentials, key);
    if (given !== undefined) return given;
    throw new FileFault(`${key} ${credentials.origin} is missing, while auth_type is cert`);
  };
  return { clientCertificate: fileOf("cert_file"), clientKey: fileOf("key_file") };
}

/** The content of a file; `undefined` if it does not exist. */
function iniIn(file: string): GoIni | undefined {
  try {
    const text = textOfFile(file);
    if (text.includes("\0")) throw new FileFault("is not UTF-8 text");
    return new GoIni(text);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    if (error.isMissing) return undefined;
    throw new FileFault(`${file} ${error.message}`);
  }
}

function othersIn({ titles }: GoIni): string {
  const names = titles.filter(looksLikeName).slice(0, 10).map(quoted);
  if (titles.length === 0) return "; it has none at all";
  return names.length === 0 ? "" : `; it has ${names.join(", ")}`;
}

/** A profile, for messages. Its name is not shown if it may be a key. */
function profileCalled(name: string): string {
  return looksLikeName(name) ? `profile ${quoted(name)}` : "configured profile";
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
