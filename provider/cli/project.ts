import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** A Pulumi project on disk. */
export interface Project {
  /** The file that makes the folder a project. */
  readonly file: string;
  /** The folder that Pulumi runs the program in, and from which it resolves packages. */
  readonly programFolder: string;
  /** The name of its runtime; `undefined` where the file says none. */
  readonly runtime: string | undefined;
}

/**
 * The Pulumi project that a folder is in.
 * @param folder The folder.
 * @returns The project; `undefined` where neither the folder nor one around it has a project file.
 */
export function projectAround(folder: string): Project | undefined {
  const file = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"]
    .map((name) => path.join(folder, name))
    .find((each) => existsSync(each));
  if (file !== undefined) return { file, programFolder: programFolderOf(file), runtime: runtimeOf(file) };
  const around = path.dirname(folder);
  return around === folder ? undefined : projectAround(around);
}

/** Where `main` says the program is; it may name the folder or the file. */
function programFolderOf(file: string): string {
  const text = readFileSync(file, "utf8");
  const target = path.resolve(path.dirname(file), file.endsWith(".json") ? mainInJson(text) : mainInYaml(text));
  return statSync(target, { throwIfNoEntry: false })?.isFile() ? path.dirname(target) : target;
}

function mainInYaml(text: string): string {
  const main = /^main\s*:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^#\n]*))/m.exec(text);
  return (main?.slice(1).find((each) => each !== undefined) ?? "").trim();
}

function mainInJson(text: string): string {
  const main = /"main"\s*:\s*"([^"]*)"/.exec(text);
  return main?.[1] ?? "";
}

/** The runtime stands there as a word, or as the name in a map. */
function runtimeOf(file: string): string | undefined {
  const patterns = file.endsWith(".json") ? [JSON_RUNTIME] : [YAML_RUNTIME, YAML_RUNTIME_MAP];
  const text = readFileSync(file, "utf8");
  return patterns.map((pattern) => pattern.exec(text)?.groups?.name).find((name) => name !== undefined);
}

const JSON_RUNTIME = /"runtime"\s*:\s*(?:\{[^{}]*?"name"\s*:\s*)?"(?<name>[\w-]+)"/;
const YAML_RUNTIME = /^runtime[ \t]*:[ \t]*(?:\{\s*name\s*:\s*)?["']?(?<name>[\w-]+)/m;

// The indentation of the map's first line tells its own names from those in what it holds.
const YAML_RUNTIME_MAP =
  /^runtime[ \t]*:[ \t]*(?:#.*)?\r?\n(?=([ \t]+)\S)(?:[ \t]+.*\r?\n)*?\1name[ \t]*:[ \t]*["']?(?<name>[\w-]+)/m;

/** A package as it is installed. */
export interface InstalledPackage {
  /** Its version. */
  readonly version: string;
  /** Its folder, without symbolic links. */
  readonly folder: string;
}

/**
 * The package that a program would load.
 * @param name The package's name.
 * @param folder The folder of the program.
 * @returns The package; `undefined` where none of that name can be found from there.
 */
export function packageFrom(name: string, folder: string): InstalledPackage | undefined {
  const file = resolvedFrom(`${name}/package.json`, folder);
  if (file === undefined) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  const version = typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "version") : undefined;
  return { version: String(version ?? "unknown"), folder: path.dirname(file) };
}

/**
 * The file that a module name stands for.
 * @param name The module's name.
 * @param folder The folder of the program.
 * @returns Its path; `undefined` where it cannot be found from there.
 */
export function resolvedFrom(name: string, folder: string): string | undefined {
  try {
    return createRequire(path.join(folder, "program.js")).resolve(name);
  } catch {
    return undefined;
  }
}
