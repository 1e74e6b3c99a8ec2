import path from "node:path";
import { decode } from "ini";
import { looksLikeName } from "../redaction/presentable";
import type { SettingSource } from "./settingSources";
import { FileFault, isOpenToOthers, textOfFile } from "./textFile";

/** The default profile of the vendor's command line. */
export const DEFAULT_PROFILE = "default";

/** A profile of the vendor's command line. */
export interface Profile {
  /** Its settings. */
  readonly source: SettingSource;
  /** Warnings about a profile that works. */
  readonly warnings: readonly string[];
}

/** A profile that cannot be used. The message names the file and the fix. */
export class ProfileError extends Error {
  /** The name of this kind of error. */
  override readonly name = "ProfileError";
}

/**
 * Reads a profile of the vendor's command line from the two files in `~/.rhombus`.
 * @param name The name of the profile.
 * @param home The home folder.
 * @throws ProfileError if there is no such profile, or a part of it is missing or unreadable.
 */
export function readProfile(name: string, home: string): Profile {
  const file = path.join(home, ".rhombus", "credentials");
  const credentials = sectionsOf(file);
  if (credentials === undefined) throw new ProfileError(`${file} does not exist; rhombus login creates it`);
  const section = credentials.get(name);
  if (section === undefined) throw new ProfileError(`${file} has no ${profileCalled(name)}${othersIn(credentials)}`);
  const place = `of the ${profileCalled(name)} in ${file}`;
  const value = (key: string) => textOf(section, key, place);
  const given = (key: string) => ({ setting: `${key} ${place}`, value: value(key) ?? "" });
  if (value("api_key") === undefined) throw new ProfileError(`the ${profileCalled(name)} in ${file} has no api_key`);
  const config = partOfConfig(name, home);
  const source = {
    apiKey: given("api_key"),
    ...endpointOf({ section, place }, config),
    ...(value("is_partner") === undefined ? {} : { partner: given("is_partner") }),
    ...(certified(value("auth_type"), place) ? certificateOf(value, given, place) : {}),
  };
  const open = isOpenToOthers(file) ? [`others may read ${file}; run chmod 600 on it`] : [];
  return { source, warnings: [...open, ...ignoredIn({ section, place }), ...ignoredIn(config)] };
}

type Section = ReadonlyMap<string, unknown>;

/** The part of a profile in one of the two files. */
interface Part {
  readonly section: Section;
  /** Its place for messages, after the name of a key. */
  readonly place: string;
}

/** The vendor's command line reads the endpoint from config. One beside the key counts too, so that the key goes nowhere else. */
function endpointOf(credentials: Part, config: Part): Pick<SettingSource, "endpoint"> {
  const found = [config, credentials].flatMap(({ section, place }) => {
    const value = textOf(section, "endpoint_url", place);
    return value === undefined ? [] : [{ setting: `endpoint_url ${place}`, value }];
  });
  const [endpoint, other] = found;
  if (endpoint === undefined) return {};
  if (other === undefined || slashless(other.value) === slashless(endpoint.value)) return { endpoint };
  throw new ProfileError(`${endpoint.setting} and ${other.setting} differ; remove one of the two`);
}

function slashless(url: string): string {
  return url.trim().replace(/\/+$/, "");
}

function ignoredIn({ section, place }: Part): string[] {
  const ignored = ["endpoint", "region"].filter((key) => section.has(key));
  return ignored.map((key) => `${key} ${place} is ignored; set endpoint_url there instead`);
}

function partOfConfig(name: string, home: string): Part {
  const file = path.join(home, ".rhombus", "config");
  const sections = sectionsOf(file);
  const title = name === DEFAULT_PROFILE || !sections?.has(`profile ${name}`) ? name : `profile ${name}`;
  const place = `of ${looksLikeName(name) ? `[${title}]` : `the ${profileCalled(name)}`} in ${file}`;
  return { section: sections?.get(title) ?? new Map(), place };
}

function certified(authType: string | undefined, place: string): boolean {
  if (authType === undefined || authType === "token") return false;
  if (authType === "cert") return true;
  throw new ProfileError(`auth_type ${place} is neither token nor cert`);
}

function certificateOf(
  value: (key: string) => string | undefined,
  given: (key: string) => { setting: string; value: string },
  place: string,
): Pick<SettingSource, "clientCertificate" | "clientKey"> {
  for (const key of ["cert_file", "key_file"]) {
    if (value(key) === undefined) throw new ProfileError(`${key} ${place} is missing, while auth_type is cert`);
  }
  return { clientCertificate: given("cert_file"), clientKey: given("key_file") };
}

/** A value of a section; blank is absent. The parser converts `true`, `false` and `null`, and returns `true` for a line without a value. */
function textOf(section: Section, key: string, place: string): string | undefined {
  const value = section.get(key);
  if (typeof value === "boolean" && key === "is_partner") return String(value);
  if (value === undefined || (typeof value === "string" && value.trim() === "")) return undefined;
  if (typeof value === "string") return value;
  throw new ProfileError(`${key} ${place} has no value; is the line complete?`);
}

/** The sections of a file; `undefined` if it does not exist. */
function sectionsOf(file: string): ReadonlyMap<string, Section> | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  if (text.includes("\0")) throw new ProfileError(`${file} is not UTF-8 text`);
  const content: Readonly<Record<string, unknown>> = decode(
    text
      .split(/\r\n|\r|\n/)
      .map(tidied)
      .join("\n"),
  );
  const sections = Object.entries(content).flatMap(([title, section]): [string, Section][] => {
    return typeof section === "object" && section !== null ? [[title, new Map(Object.entries(section))]] : [];
  });
  // The parser would assign the lines after a malformed title to the profile before it.
  const keys = [...Object.keys(content), ...sections.flatMap(([, section]) => [...section.keys()])];
  const broken = keys.find((key) => key.startsWith("["));
  if (broken === undefined) return new Map(sections);
  const begins = looksLikeName(broken.slice(1)) ? broken : "[";
  throw new ProfileError(
    `${file} has a line that begins with ${quoted(begins)} and is not a profile title; write [NAME]`,
  );
}

function readIfThere(file: string): string | undefined {
  try {
    return textOfFile(file);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    if (error.isMissing) return undefined;
    throw new ProfileError(`${file} ${error.message}`);
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
