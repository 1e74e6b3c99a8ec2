// Usage: npm run check:examples [-- <name> …]. Compiles and tests the examples outside of the workspace: those with a lock file
// of their own, because their cloud plugins are large. Each is installed from its lock file with the packed package, as
// a user has it. Contacts only the npm registry. Always ends with one line of totals.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Interrupted, runLong } from "./engine/commands.mjs";
import { messageOf, printProgress } from "./messages.mjs";
import { npmEnv } from "./npmEnv.mjs";
import { prepare } from "./setup.mjs";

const ROOT = path.resolve(fileURLToPath(new URL("..", import.meta.url)));
const STEP_LIMIT_MS = 15 * 60 * 1000;

const totals = { passed: 0, failed: 0 };
const folder = mkdtempSync(path.join(os.tmpdir(), "rhombus-examples-"));
try {
  await prepare({ engine: false });
  await packInto(folder);
  for (const name of chosenExamples()) {
    const { passed, failed } = await check(name);
    totals.passed += passed;
    totals.failed += failed;
  }
} catch (error) {
  printProgress(messageOf(error));
  totals.failed++;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed > 0 ? 1 : 0;

/** The examples that the arguments name; without arguments, all that have a lock file. */
function chosenExamples() {
  const hasLockFile = (/** @type {string} */ name) =>
    existsSync(path.join(ROOT, "examples", name, "package-lock.json"));
  const all = readdirSync(path.join(ROOT, "examples")).filter(hasLockFile);
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`Name one of ${all.join(", ")}: ${unknown.join(", ")} has no lock file.`);
  return named.length > 0 ? named : all;
}

/**
 * Unpacks the packed package where the examples expect it, two folders above them.
 * @param {string} destination
 */
async function packInto(destination) {
  // A build would remove `dist` while other processes use it.
  await run("pack the package", "npm", ["pack", "--ignore-scripts", "--pack-destination", destination], ROOT);
  const [tarball = ""] = readdirSync(destination);
  await run("unpack it", "tar", ["-xzf", tarball, "--strip-components=1"], destination);
}

/**
 * Installs, compiles and tests an example in a copy of its folder.
 * @param {string} name
 */
async function check(name) {
  const copy = path.join(folder, "examples", name);
  mkdirSync(path.dirname(copy), { recursive: true });
  cpSync(path.join(ROOT, "examples", name), copy, {
    recursive: true,
    filter: (source) => path.basename(source) !== "node_modules",
  });
  printProgress(`examples/${name}`);
  try {
    // Installation scripts download plugins, which only a deployment needs.
    await run("install", "npm", ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"], copy);
    await run("compile", process.execPath, [path.join(copy, "node_modules/typescript/bin/tsc"), "-p", "."], copy);
    // Imported after prepare has checked the version of Node and installed mocha.
    const { runSuites } = await import("./testing/suites.mjs");
    return await runSuites(["*.test.ts"], {
      root: copy,
      env: process.env,
      color: process.stdout.isTTY,
      print: (output) => process.stdout.write(output),
    });
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    printProgress(messageOf(error));
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(path.join(copy, "node_modules"), { recursive: true, force: true });
  }
}

/**
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
function run(title, command, args, cwd) {
  return runLong(command, args, { title, cwd, env: npmEnv(), log: printProgress, limitMs: STEP_LIMIT_MS });
}
