import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runLong } from "../engine/commands.mjs";
import { printProgress } from "../messages.mjs";
import { npmEnv } from "../npmEnv.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const STEP_LIMIT_MS = 15 * 60_000;

/**
 * A folder with the package as a user has it, and a function that installs an example in `examples` there and returns the
 * example's folder.
 * @typedef {{ root: string, install: (name: string) => Promise<string> }} InstalledExamples
 */

/**
 * Installs examples outside of the workspace, from their lock files and the packed package. `dist` must be built.
 * @template T
 * @param {(examples: InstalledExamples) => Promise<T>} use The folder is removed when it has ended.
 */
export async function withInstalledExamples(use) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "rhombus-examples-"));
  try {
    await unpackPackage(folder);
    return await use({ root: folder, install: (name) => install(name, folder) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Unpacks the packed package where the examples expect it, two folders above them.
 * @param {string} folder
 */
async function unpackPackage(folder) {
  // A build would remove `dist` while other processes use it.
  await runStep("pack the package", "npm", ["pack", "--ignore-scripts", "--pack-destination", folder], ROOT);
  const [tarball = ""] = readdirSync(folder);
  await runStep("unpack it", "tar", ["-xzf", tarball, "--strip-components=1"], folder);
}

/**
 * @param {string} name
 * @param {string} folder
 */
async function install(name, folder) {
  const example = path.join(folder, "examples", name);
  cpSync(path.join(ROOT, "examples", name), example, {
    recursive: true,
    filter: (source) => path.basename(source) !== "node_modules",
  });
  // Installation scripts download plugins, which only a deployment needs.
  const args = ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  await runStep("install", "npm", args, example);
  return example;
}

/**
 * Runs a command for an example.
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
export function runStep(title, command, args, cwd) {
  return runLong(command, args, { title, cwd, env: npmEnv(), log: printProgress, limitMs: STEP_LIMIT_MS });
}
