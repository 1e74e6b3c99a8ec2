import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** Older drafts are removed: they were left by killed runs, because no run takes that long. */
const DRAFT_LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * The cache folder for one kind of thing, outside of any checkout: `pulumi-rhombus/<kind>` in `$XDG_CACHE_HOME`, which
 * defaults to `~/.cache`.
 * @param {string} kind
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(kind, env) {
  const configured = env.XDG_CACHE_HOME;
  // The XDG specification requires relative paths to be ignored.
  const base = configured && path.isAbsolute(configured) ? configured : path.join(env.HOME ?? os.homedir(), ".cache");
  return path.join(base, "pulumi-rhombus", kind);
}

/**
 * Creates a folder of the cache atomically: `fill` writes into a draft beside it, and the draft is then renamed. A killed
 * run leaves no folder that looks complete. If two runs create the same folder, the first one is used.
 * @param {string} folder
 * @param {(draft: string) => Promise<void>} fill Receives the draft, an empty folder.
 * @param {(folder: string) => Promise<string | undefined>} problem Checks the draft, and a folder that already exists.
 * @returns {Promise<string>} The folder.
 */
export async function publishFolder(folder, fill, problem) {
  const root = path.dirname(folder);
  await mkdir(root, { recursive: true });
  await removeOldDrafts(root);
  const draft = await mkdtemp(path.join(root, `.draft-${path.basename(folder)}-`));
  try {
    await fill(draft);
    await refuseProblem(draft, problem);
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
  if ((await tryRename(draft, folder)) || (await problem(folder)) === undefined) return;
  const broken = `${draft}-broken`;
  await tryRename(folder, broken);
  const isMoved = await tryRename(draft, folder);
  await rm(broken, { recursive: true, force: true });
  if (!isMoved) await refuseProblem(folder, problem);
}

/**
 * @param {string} folder
 * @param {(folder: string) => Promise<string | undefined>} problem
 */
async function refuseProblem(folder, problem) {
  const found = await problem(folder);
  if (found) throw new Error(found);
}

/**
 * @param {string} from
 * @param {string} to
 * @returns {Promise<boolean>} False if the target exists, or if another run has moved the source.
 */
async function tryRename(from, to) {
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
async function removeOldDrafts(root) {
  for (const name of await readdir(root)) {
    const draft = path.join(root, name);
    const { mtimeMs } = await stat(draft).catch(() => ({ mtimeMs: Date.now() }));
    if (name.startsWith(".draft-") && Date.now() - mtimeMs > DRAFT_LIFETIME_MS) {
      await rm(draft, { recursive: true, force: true });
    }
  }
}
