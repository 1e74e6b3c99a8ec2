// Usage: npm run check:examples [-- <name> …]. Compiles and tests the examples outside of the workspace: those with a lock file
// of their own, because their cloud plugins are large. Each is installed from its lock file with the packed package, as
// a user has it. Contacts only the npm registry. Always ends with one line of totals.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Interrupted } from "./engine/commands.mjs";
import { runStep, withInstalledExamples } from "./examples/installed.mjs";
import { messageOf, printProgress } from "./messages.mjs";
import { prepare } from "./setup.mjs";

const ROOT = path.resolve(fileURLToPath(new URL("..", import.meta.url)));

const totals = { passed: 0, failed: 0 };
try {
  await prepare({ engine: false });
  const chosen = chosenExamples();
  await withInstalledExamples(async ({ install }) => {
    for (const name of chosen) {
      const { passed, failed } = await check(name, install);
      totals.passed += passed;
      totals.failed += failed;
    }
  });
} catch (error) {
  printProgress(messageOf(error));
  totals.failed++;
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
  if (unknown.length > 0)
    throw new Error(
      `Name one of ${all.join(", ")}; for ${unknown.join(", ")} run npm test in the folder: there is no lock file.`,
    );
  return named.length > 0 ? named : all;
}

/**
 * Installs, compiles and tests an example.
 * @param {string} name
 * @param {(name: string) => Promise<string>} install
 */
async function check(name, install) {
  printProgress(`examples/${name}`);
  try {
    const folder = await install(name);
    await runStep(
      "compile",
      process.execPath,
      [path.join(folder, "node_modules/typescript/bin/tsc"), "-p", "."],
      folder,
    );
    // Imported after prepare has checked the version of Node and installed mocha.
    const { runSuites } = await import("./testing/suites.mjs");
    return await runSuites(["*.test.ts"], {
      root: folder,
      env: process.env,
      color: process.stdout.isTTY,
      print: (output) => process.stdout.write(output),
    });
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    printProgress(messageOf(error));
    return { passed: 0, failed: 1 };
  }
}
