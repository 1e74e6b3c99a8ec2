import { mkdir } from "node:fs/promises";
import path from "node:path";
import { cacheFolder, publishFolder } from "../cache.mjs";
import { askVersion, isExecutable } from "./commands.mjs";
import { LAUNCHER } from "./launcher.mjs";
import { ENGINE_VERSION, parseVersion } from "./versions.mjs";

/** What a folder must hold to serve as an engine: the CLI, the Node language host, the dynamic providers' launcher. */
export const ENGINE_FILES = ["pulumi", "pulumi-language-nodejs", LAUNCHER];

/**
 * Where engines are kept.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheRoot(env) {
  return cacheFolder("engine", env);
}

/** The folder, inside the cache, of the engine that is downloaded or built on this platform. */
export function engineName() {
  return `${ENGINE_VERSION}-${process.platform}-${process.arch}`;
}

/**
 * The names of {@link ENGINE_FILES} that a folder lacks.
 *
 * @param {string} bin
 */
export function missingFrom(bin) {
  return ENGINE_FILES.filter((name) => !isExecutable(path.join(bin, name)));
}

/**
 * Why the engine in the cache cannot be used; undefined where it can.
 *
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
export async function problemWith(folder, env) {
  const bin = path.join(folder, "bin");
  const missing = missingFrom(bin);
  if (missing.length > 0) {
    return `${bin} lacks ${missing.join(", ")}`;
  }
  try {
    const words = await askVersion(path.join(bin, "pulumi"), env);
    const version = parseVersion(words);
    return version?.text === ENGINE_VERSION ? undefined : `${bin} holds ${words} instead of ${ENGINE_VERSION}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Makes an engine's folder in the cache.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @param {(draft: string) => Promise<void>} fill Gets the draft, which has an empty `bin`.
 * @param {(folder: string) => Promise<string | undefined>} problem Judges the draft, and a folder that is already there.
 * @returns {Promise<string>} The folder.
 */
export function publish(name, env, fill, problem) {
  const folder = path.join(cacheRoot(env), name);
  const withBin = async (/** @type {string} */ draft) => {
    await mkdir(path.join(draft, "bin"));
    await fill(draft);
  };
  return publishFolder(folder, withBin, problem);
}
