import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { load } from "js-yaml";

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
  if (file !== undefined) return projectIn(file);
  const around = path.dirname(folder);
  return around === folder ? undefined : projectAround(around);
}

/** The runtime stands there as a word, or as the name in a map. */
function projectIn(file: string): Project {
  const content = contentOf(file);
  const runtime = fieldOf(content, "runtime");
  const name = typeof runtime === "string" ? runtime : fieldOf(runtime, "name");
  return {
    file,
    programFolder: programFolderOf(file, fieldOf(content, "main")),
    runtime: typeof name === "string" ? name : undefined,
  };
}

/** What a project file says, in YAML or in JSON, which is YAML as well. What is wrong with a broken one, Pulumi itself says. */
function contentOf(file: string): unknown {
  try {
    return load(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Where `main` says the program is; it may name the folder or the file. */
function programFolderOf(file: string, main: unknown): string {
  const target = path.resolve(path.dirname(file), typeof main === "string" ? main : "");
  return statSync(target, { throwIfNoEntry: false })?.isFile() ? path.dirname(target) : target;
}

function fieldOf(content: unknown, name: string): unknown {
  return typeof content === "object" && content !== null ? Reflect.get(content, name) : undefined;
}

/** The runtime that programs need to have resources of this package. */
export const NODE = "nodejs";

/**
 * The runtime of a project whose programs cannot have resources of this package.
 * @param project The project.
 * @returns Its name; `undefined` where it is the right one, or none is said.
 */
export function otherRuntimeOf({ runtime = NODE }: Project): string | undefined {
  return runtime === NODE ? undefined : runtime;
}

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
  return { version: String(fieldOf(manifest, "version") ?? "unknown"), folder: path.dirname(file) };
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
