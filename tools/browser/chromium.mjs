import { findOnPath, Interrupted, runLong } from "../engine/commands.mjs";
import { messageOf } from "../messages.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const LIMIT_MS = 10 * 60_000;

/**
 * Finds Chromium on PATH. Without one it is installed as a Debian package, if the user is root.
 * @param {object} options
 * @param {NodeJS.ProcessEnv} options.env
 * @param {(line: string) => void} options.log Receives lines of progress, and the reason why there is no Chromium.
 * @param {boolean} [options.isRoot] Default: true if the user of the process is root.
 * @returns {Promise<string | undefined>} The program; undefined if there is none. Rejects only if a signal ended the installation.
 */
export async function ensureChromium({ env, log, isRoot = process.getuid?.() === 0 }) {
  const found = findChromium(env);
  if (found !== undefined) return found;
  const aptGet = findOnPath("apt-get", env);
  if (aptGet === undefined || !isRoot) {
    log("Chromium is not on PATH, and only root can install it with apt-get.");
    return undefined;
  }
  try {
    const options = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, log, limitMs: LIMIT_MS };
    await runLong(aptGet, ["update"], { ...options, title: "apt-get update" });
    const install = ["install", "--yes", "--no-install-recommends", "chromium"];
    await runLong(aptGet, install, { ...options, title: "apt-get install chromium" });
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    log(messageOf(error));
  }
  return findChromium(env);
}

/** @param {NodeJS.ProcessEnv} env */
function findChromium(env) {
  return NAMES.map((name) => findOnPath(name, env)).find((program) => program !== undefined);
}
