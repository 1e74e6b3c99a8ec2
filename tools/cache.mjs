import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** Drafts of builds that were killed are swept once they are older than any build can be. */
const DRAFT_LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * Where things of a kind are kept, outside of any checkout: `$XDG_CACHE_HOME`, by default `~/.cache`, then
 * `pulumi-rhombus/<kind>`.
 *
 * @param {string} kind
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(kind, env) {
  const configured = env.XDG_CACHE_HOME;
  // The XDG specification has relative paths ignored.
  const base = configured && path.isAbsolute(configured) ? configured : path.join(env.HOME ?? os.homedir(), ".cache");
  return path.join(base, "pulumi-rhombus", kind);
}

/**
 * Makes a folder of the cache: `fill` works in a draft beside it, which is then renamed in one step. So a killed run
 * leaves nothing that looks finished, and of two runs at once the first one's folder stays.
 *
 * @param {string} folder
 * @param {(draft: string) => Promise<void>} fill Gets the draft, an empty folder.
 * @param {(folder: string) => Promise<string | undefined>} problem Judges the draft, and a folder that is already there.
 * @returns {Promise<string>} The folder.
 */
export async function publishFolder(folder, fill, problem) {
  const root = path.dirname(folder);
  await mkdir(root, { recursive: true });
  await sweepDrafts(root);
  const draft = await mkdtemp(path.join(root, `.draft-${path.basename(folder)}-`));
  try {
    await fill(draft);
    const flaw = await problem(draft);
    if (flaw) {
      throw new Error(flaw);
    }
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
