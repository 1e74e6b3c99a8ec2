import { createHash } from "node:crypto";
import { readdir, realpath, symlink } from "node:fs/promises";
import path from "node:path";
import { cacheRoot, ENGINE_FILES, missingFrom, publish } from "../cache.mjs";
import { askVersion, findOnPath, isExecutable } from "../commands.mjs";
import { LAUNCHER, writeLauncher } from "../launcher.mjs";
import { isUsableVersion, MINIMUM_VERSION, parseVersion } from "../versions.mjs";

/**
 * Takes the Pulumi CLI that is installed. Its programs are linked into a folder of the cache rather than used where
 * they lie: whoever puts `/usr/local/bin` first on PATH may get another `node` with it.
 *
 * @type {import("./source.d.mts").Way}
 */
export async function fromPath({ env }) {
  const pulumi = findOnPath("pulumi", env);
  if (!pulumi) {
    return { reason: "there is no pulumi on PATH" };
  }
  const words = await askVersion(pulumi, env);
  const version = parseVersion(words)?.text;
  if (!version || !isUsableVersion(words)) {
    return { reason: `${pulumi} is ${words}; needed is ${MINIMUM_VERSION} or newer, of the same major version` };
  }
  const programs = await programsOf(pulumi, env);
  const lacking = ENGINE_FILES.filter((name) => name !== LAUNCHER && !programs.has(name));
  if (lacking.length > 0) {
    return { reason: `${pulumi} comes without ${lacking.join(", ")}` };
  }
  return { engine: { bin: await linked(programs, env), version, source: "path" } };
}

/**
 * The CLI and the plugins that belong to it: beside it, beside what it links to, and, for the needed ones, on PATH.
 *
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
 * A folder of links to these programs, with our launcher where they have none.
 *
 * @param {Map<string, string>} programs
 * @param {NodeJS.ProcessEnv} env
 */
async function linked(programs, env) {
  const key = createHash("sha256")
    .update(JSON.stringify([...programs].sort()))
    .digest("hex")
    .slice(0, 12);
  const name = `path-${key}`;
  const present = path.join(cacheRoot(env), name, "bin");
  if (missingFrom(present).length === 0) {
    return present;
  }
  const folder = await publish(
    name,
    env,
    async (draft) => {
      const bin = path.join(draft, "bin");
      for (const [program, file] of programs) {
        await symlink(file, path.join(bin, program));
      }
      if (!programs.has(LAUNCHER)) {
        await writeLauncher(bin);
      }
    },
    async (made) => missingFrom(path.join(made, "bin"))[0],
  );
  return path.join(folder, "bin");
}
