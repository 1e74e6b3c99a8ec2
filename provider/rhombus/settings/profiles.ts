import path from "node:path";
import { decode } from "ini";
import { looksLikeName } from "../redaction/presentable";
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
  const sections = sectionsOf(file);
  if (sections === undefined) throw new FileFault(`${file} does not exist; rhombus login creates it`);
  const section = sections.get(name);
  if (section === undefined) throw new FileFault(`${file} has no ${profileCalled(name)}${othersIn(sections)}`);
  const credentials = { section, origin: `of the ${profileCalled(name)} in ${file}` };
  const given = (key: string) => givenIn(credentials, key);
  if (given("api_key") === undefined) throw new FileFault(`the ${profileCalled(name)} in ${file} has no api_key`);
  const config = partOfConfig(name, home);
  const settings: { readonly [Name in SettingName]?: Given | undefined } = {
    apiKey: given("api_key"),
    endpoint: endpointOf(credentials, config),
    partner: given("is_partner"),
    ...(isCertified(given("auth_type")) ? certificateOf(credentials) : {}),
  };
  const open = isOpenToOthers(file) ? [`others may read ${file}; run chmod 600 on it`] : [];
  const warnings = [...open, ...ignoredIn(credentials), ...ignoredIn(config)];
  return { source: sourceOf((setting) => settings[setting]), warnings };
}

type Section = ReadonlyMap<string, unknown>;

/** The part of a profile in one of the two files. */
interface Part {
  readonly section: Section;
  /** Its place for messages, after the name of a key. */
  readonly origin: string;
}

/** A value of a section; blank is absent. The parser converts `true`, `false` and `null`, and returns `true` for a line without a value. */
function givenIn({ section, origin }: Part, key: string): Given | undefined {
  const setting = `${key} ${origin}`;
  const value = section.get(key);
  if (typeof value === "boolean" && key === "is_partner") return { setting, value: String(value) };
  if (value === undefined || (typeof value === "string" && value.trim() === "")) return undefined;
  if (typeof value === "string") return { setting, value };
  throw new FileFault(`${setting} has no value; is the line complete?`);
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

function ignoredIn({ section, origin }: Part): string[] {
  const ignored = ["endpoint", "region"].filter((key) => section.has(key));
  return ignored.map((key) => `${key} ${origin} is ignored; set endpoint_url there instead`);
}

function partOfConfig(name: string, home: string): Part {
  const file = path.join(home, ".rhombus", "config");
  const sections = sectionsOf(file);
  const title = name === DEFAULT_PROFILE || !sections?.has(`profile ${name}`) ? name : `profile ${name}`;
  const origin = `of ${looksLikeName(name) ? `[${title}]` : `the ${profileCalled(name)}`} in ${file}`;
  return { section: sections?.get(title) ?? new Map(), origin };
}

function isCertified(authType: Given | undefined): boolean {
  if (authType === undefined || authType.value === "token") return false;
  if (authType.value === "cert") return true;
  throw new FileFault(`${authType.setting} is neither token nor cert`);
}

function certificateOf(credentials: Part): { clientCertificate: Given; clientKey: Given } {
  const fileOf = (key: string) => {
    const given = givenIn(credentials, key);
    if (given !== undefined) return given;
    throw new FileFault(`${key} ${credentials.origin} is missing, while auth_type is cert`);
  };
  return { clientCertificate: fileOf("cert_file"), clientKey: fileOf("key_file") };
}

/** The sections of a file; `undefined` if it does not exist. */
function sectionsOf(file: string): ReadonlyMap<string, Section> | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  if (text.includes("\0")) throw new FileFault(`${file} is not UTF-8 text`);
  const lines = text.split(/\r\n|\r|\n/).map(tidied);
  const content: Readonly<Record<string, unknown>> = decode(lines.join("\n"));
  const sections = Object.entries(content).flatMap(([title, section]): [string, Section][] => {
    return typeof section === "object" && section !== null ? [[title, new Map(Object.entries(section))]] : [];
  });
  // The parser would assign the lines after a malformed title to the profile before it.
  const keys = [...Object.keys(content), ...sections.flatMap(([, section]) => [...section.keys()])];
  const broken = keys.find((key) => key.startsWith("["));
  if (broken === undefined) return new Map(sections);
  const begins = looksLikeName(broken.slice(1)) ? broken : "[";
  throw new FileFault(`${file} has a line that begins with ${quoted(begins)} and is not a profile title; write [NAME]`);
}

function readIfThere(file: string): string | undefined {
  try {
    return textOfFile(file);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    if (error.isMissing) return undefined;
    throw new FileFault(`${file} ${error.message}`);
  }
}

/** A line for the parser: a title without a comment, and with its dots as part of the name. */
function tidied(line: string): string {
  const [, title] = /^\s*\[([^\]]*)\]\s*(?:[;#].*)?$/.exec(line) ?? [];
  return title === undefined ? line.trim() : `[${title.trim().replaceAll(".", "\\.")}]`;
}

function othersIn(sections: ReadonlyMap<string, unknown>): string {
  const titles = [...sections.keys()];
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
