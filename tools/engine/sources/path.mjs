import { createHash } from "node:crypto";
import { readdir, realpath, symlink } from "node:fs/promises";
import path from "node:path";
import { cacheRoot, ENGINE_FILES, missingFrom, publishPrograms } from "../cache.mjs";
import { findOnPath, isExecutable, readVersion } from "../commands.mjs";
import { LAUNCHER, writeLauncher } from "../launcher.mjs";
import { isUsableVersion, MINIMUM_VERSION, parseVersion } from "../versions.mjs";

/**
 * Uses the installed Pulumi CLI. Its programs are linked into a folder of the cache, because putting their own folder
 * (such as `/usr/local/bin`) first on PATH could also select another `node`.
 * @type {import("../engine.mjs").Source}
 */
export async function fromPath({ env }) {
  const pulumi = findOnPath("pulumi", env);
  if (!pulumi) return { reason: "there is no pulumi on PATH" };
  const output = await readVersion(pulumi, env);
  const version = parseVersion(output)?.text;
  if (!version || !isUsableVersion(output)) {
    return { reason: `${pulumi} is ${output}; needed is ${MINIMUM_VERSION} or newer, of the same major version` };
  }
  const programs = await programsOf(pulumi, env);
  const missing = ENGINE_FILES.filter((name) => name !== LAUNCHER && !programs.has(name));
  if (missing.length > 0) return { reason: `${pulumi} comes without ${missing.join(", ")}` };
  return { found: { bin: await linkPrograms(programs, env), version, source: "path" } };
}

/**
 * The CLI and its plugins: those beside it, those beside the target of its link, and the required ones anywhere on PATH.
 * @param {string} pulumi
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Map<string, string>>} Program name to file.
 */
async function programsOf(pulumi, env) {
  /** @type {Map<string, string>} */
  const programs = new Map([["pulumi", pulumi]]);
  for (const folder of [path.dirname(pulumi), path.dirname(await realpath(pulumi))]) {
    for (const name of await readdir(folder)) {
      const file = path.join(folder, name);
      if (name.startsWith("pulumi-") && !programs.has(name) && isExecutable(file)) {
        programs.set(name, file);
      }
    }
  }
  for (const name of ENGINE_FILES) {
    const file = programs.get(name) ?? findOnPath(name, env);
    if (file) {
      programs.set(name, file);
    }
  }
  return programs;
}

/**
 * Links the programs into a folder of the cache, and adds the launcher if it is missing.
 * @param {Map<string, string>} programs
 * @param {NodeJS.ProcessEnv} env
 */
async function linkPrograms(programs, env) {
  const key = createHash("sha256")
    .update(JSON.stringify([...programs].sort()))
    .digest("hex")
    .slice(0, 12);
  const folder = path.join(cacheRoot(env), `path-${key}`);
  const existing = path.join(folder, "bin");
  if (missingFrom(existing).length === 0) return existing;
  return publishPrograms(
    folder,
    async (bin) => {
      for (const [program, file] of programs) {
        await symlink(file, path.join(bin, program));
      }
      if (!programs.has(LAUNCHER)) {
        await writeLauncher(bin);
      }
    },
    async (draft) => missingFrom(path.join(draft, "bin"))[0],
  );
}
