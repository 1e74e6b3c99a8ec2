import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { askVersion, isExecutable } from "./commands.mjs";
import { LAUNCHER } from "./launcher.mjs";
import { ENGINE_VERSION, parseVersion } from "./versions.mjs";

/** What a folder must hold to serve as an engine: the CLI, the Node language host, the dynamic providers' launcher. */
export const ENGINE_FILES = ["pulumi", "pulumi-language-nodejs", LAUNCHER];

/** Drafts of builds that were killed are swept once they are older than any build can be. */
const DRAFT_LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * Where engines are kept, outside of any checkout: `$XDG_CACHE_HOME`, by default `~/.cache`, then `pulumi-rhombus/engine`.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheRoot(env) {
  const configured = env.XDG_CACHE_HOME;
  // The XDG specification has relative paths ignored.
  const base = configured && path.isAbsolute(configured) ? configured : path.join(env.HOME ?? os.homedir(), ".cache");
  return path.join(base, "pulumi-rhombus", "engine");
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
 * Makes a folder of the cache: `fill` works in a draft beside it, which is then renamed in one step. So a killed run
 * leaves nothing that looks finished, and of two runs at once the first one's folder stays.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @param {(draft: string) => Promise<void>} fill Gets the draft, which has an empty `bin`.
 * @param {(folder: string) => Promise<string | undefined>} problem Judges the draft, and a folder that is already there.
 * @returns {Promise<string>} The folder.
 */
export async function publish(name, env, fill, problem) {
  const root = cacheRoot(env);
  await mkdir(root, { recursive: true });
  await sweepDrafts(root);
  const draft = await mkdtemp(path.join(root, `.draft-${name}-`));
  try {
    await mkdir(path.join(draft, "bin"));
    await fill(draft);
    const flaw = await problem(draft);
    if (flaw) {
      throw new Error(flaw);
    }
    const folder = path.join(root, name);
    await moveIntoPlace(draft, folder, problem);
    return folder;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * @param {string} draft
 * @param {string} folder
 * @param {(folder: string) => Promise<string | undefined>} problem
 */
async function moveIntoPlace(draft, folder, problem) {
  if (await renamed(draft, folder)) {
    return;
  }
  if ((await problem(folder)) === undefined) {
    return;
  }
  const aside = `${draft}-broken`;
  await renamed(folder, aside);
  const moved = await renamed(draft, folder);
  await rm(aside, { recursive: true, force: true });
  const flaw = moved ? undefined : await problem(folder);
  if (flaw) {
    throw new Error(flaw);
  }
}

/**
 * @param {string} from
 * @param {string} to
 * @returns {Promise<boolean>} False where something is there already, or another run has moved it away.
 */
async function renamed(from, to) {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOENT" || code === "EPERM") {
      return false;
    }
    throw error;
  }
}

/** @param {string} root */
async function sweepDrafts(root) {
  for (const name of await readdir(root)) {
    const draft = path.join(root, name);
    const { mtimeMs } = await stat(draft).catch(() => ({ mtimeMs: Date.now() }));
    if (name.startsWith(".draft-") && Date.now() - mtimeMs > DRAFT_LIFETIME_MS) {
      await rm(draft, { recursive: true, force: true });
    }
  }
}
