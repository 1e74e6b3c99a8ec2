import { mkdir } from "node:fs/promises";
import path from "node:path";
import { cacheFolder, publishFolder } from "../cache.mjs";
import { messageOf } from "../messages.mjs";
import { isExecutable, readVersion } from "./commands.mjs";
import { LAUNCHER } from "./launcher.mjs";
import { ENGINE_VERSION, parseVersion } from "./versions.mjs";

/** The programs of an engine: the CLI, the Node language host, and the launcher of dynamic providers. */
export const ENGINE_FILES = ["pulumi", "pulumi-language-nodejs", LAUNCHER];

/**
 * The folder that contains all cached engines.
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheRoot(env) {
  return cacheFolder("engine", env);
}

/**
 * The folder of the engine that is downloaded or built on this platform.
 * @param {NodeJS.ProcessEnv} env
 */
function engineFolder(env) {
  return path.join(cacheRoot(env), `${ENGINE_VERSION}-${process.platform}-${process.arch}`);
}

/**
 * The names of {@link ENGINE_FILES} that are missing from a folder.
 * @param {string} bin
 */
export function missingFrom(bin) {
  return ENGINE_FILES.filter((name) => !isExecutable(path.join(bin, name)));
}

/**
 * The reason why an engine in the cache cannot be used; undefined if it can.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
async function problemWith(folder, env) {
  const bin = path.join(folder, "bin");
  const missing = missingFrom(bin);
  if (missing.length > 0) return `${bin} lacks ${missing.join(", ")}`;
  try {
    const output = await readVersion(path.join(bin, "pulumi"), env);
    const version = parseVersion(output);
    return version?.text === ENGINE_VERSION ? undefined : `${bin} contains ${output} instead of ${ENGINE_VERSION}`;
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * Creates a folder of programs in the cache.
 * @param {string} folder
 * @param {(bin: string) => Promise<void>} fill Receives the empty `bin` of a draft.
 * @param {(folder: string) => Promise<string | undefined>} problem Checks the draft, and a folder that already exists.
 * @returns {Promise<string>} The folder's `bin`.
 */
export async function publishPrograms(folder, fill, problem) {
  const withBin = async (/** @type {string} */ draft) => {
    const bin = path.join(draft, "bin");
    await mkdir(bin);
    await fill(bin);
  };
  return path.join(await publishFolder(folder, withBin, problem), "bin");
}

/**
 * Creates the engine of this platform in the cache.
 * @param {"download" | "go"} source
 * @param {NodeJS.ProcessEnv} env
 * @param {(bin: string) => Promise<void>} fill Receives the empty `bin` of a draft.
 * @returns {Promise<import("./selection.mjs").Outcome<import("./engine.mjs").Engine>>}
 */
export async function publishEngine(source, env, fill) {
  const bin = await publishPrograms(engineFolder(env), fill, (folder) => problemWith(folder, env));
  return { found: { bin, version: ENGINE_VERSION, source } };
}

/**
 * Uses the engine that an earlier run downloaded or built.
 * @type {import("./engine.mjs").Source}
 */
export async function fromCache({ env }) {
  const folder = engineFolder(env);
  const reason = await problemWith(folder, env);
  return reason ? { reason } : { found: { bin: path.join(folder, "bin"), version: ENGINE_VERSION, source: "cache" } };
}
