import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { load } from "js-yaml";
import { memberOf } from "./state";

/** A Pulumi project. */
export interface Project {
  /** The path of the project file, such as `Pulumi.yaml`. */
  readonly file: string;
  /** The folder in which Pulumi runs the program and resolves packages. */
  readonly programFolder: string;
  /** The name of its runtime; `undefined` if the file has none. */
  readonly runtime: string | undefined;
}

/**
 * Finds the Pulumi project of a folder.
 * @param folder The folder.
 * @returns The project; `undefined` if neither the folder nor a parent has a project file.
 */
export function projectAround(folder: string): Project | undefined {
  const file = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"]
    .map((name) => path.join(folder, name))
    .find((each) => existsSync(each));
  if (file !== undefined) return projectIn(file);
  const around = path.dirname(folder);
  return around === folder ? undefined : projectAround(around);
}

/**
 * The folder of the program that belongs to a folder; the folder itself outside a project.
 * @param folder The folder.
 */
export function programFolderAround(folder: string): string {
  return projectAround(folder)?.programFolder ?? folder;
}

/** `runtime` is a name, or a map with a `name`. */
function projectIn(file: string): Project {
  const content = contentOf(file);
  const runtime = memberOf(content, "runtime");
  const name = typeof runtime === "string" ? runtime : memberOf(runtime, "name");
  return {
    file,
    programFolder: programFolderOf(file, memberOf(content, "main")),
    runtime: typeof name === "string" ? name : undefined,
  };
}

/** Parses YAML, of which JSON is a subset. Pulumi itself reports the errors of a broken file. */
function contentOf(file: string): unknown {
  try {
    return load(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** `main` names the folder of the program or its file. */
function programFolderOf(file: string, main: unknown): string {
  const target = path.resolve(path.dirname(file), typeof main === "string" ? main : "");
  return statSync(target, { throwIfNoEntry: false })?.isFile() ? path.dirname(target) : target;
}

/** The only runtime whose programs can use this package. */
export const NODE = "nodejs";

/**
 * The runtime of a project, if its programs cannot use this package.
 * @param project The project.
 * @returns The runtime's name; `undefined` for {@link NODE} and if the project names none.
 */
export function otherRuntimeOf({ runtime = NODE }: Project): string | undefined {
  return runtime === NODE ? undefined : runtime;
}

/**
 * Refuses a project whose programs cannot use this package.
 * @param folder The folder in which the command runs.
 * @throws Error if the project has another runtime.
 */
export function refuseOtherRuntime(folder: string): void {
  const project = projectAround(folder);
  const other = project && otherRuntimeOf(project);
  if (project === undefined || other === undefined) return;
  throw new Error(
    `The runtime of ${project.file} is ${other}, and this package needs ${NODE}. Run the command in the folder of a ` +
      "program for Node.",
  );
}

/** An installed package. */
export interface InstalledPackage {
  /** The package's version. */
  readonly version: string;
  /** The package's folder, with symbolic links resolved. */
  readonly folder: string;
}

/**
 * Finds the package that a program would load.
 * @param name The package's name.
 * @param folder The folder of the program.
 * @returns The package; `undefined` if it does not resolve from there.
 */
export function packageFrom(name: string, folder: string): InstalledPackage | undefined {
  const file = resolvedFrom(`${name}/package.json`, folder);
  if (file === undefined) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  return { version: String(memberOf(manifest, "version") ?? "unknown"), folder: path.dirname(file) };
}

/**
 * Resolves a module name.
 * @param name The module's name.
 * @param folder The folder of the program.
 * @returns The path of its file; `undefined` if it does not resolve from there.
 */
export function resolvedFrom(name: string, folder: string): string | undefined {
  try {
    return createRequire(path.join(folder, "program.js")).resolve(name);
  } catch {
    return undefined;
  }
}
