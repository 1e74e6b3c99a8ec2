import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Interrupted, killGroup } from "../engine/commands.mjs";

const REPORTER = fileURLToPath(new URL("./reporter.mjs", import.meta.url));

/** The time that mocha may run after the last test. After it, the run counts as a leak. */
const LINGER_LIMIT_MS = 15_000;

/**
 * The result of one mocha run. `problem` is a failure that is not a test, such as a crash or a leak.
 * @typedef {import("./reporter.mjs").Report & { problem?: string }} Ending
 */

/**
 * The result of one mocha run, with the lines in which suites count their cases.
 * @typedef {Ending & { counts: string }} Outcome
 */

/**
 * Runs mocha in a process group of its own, so that all processes that a test has started end with it.
 * @param {object} run
 * @param {string} run.root The checkout.
 * @param {NodeJS.ProcessEnv} run.env
 * @param {string[]} run.args Files, globs and options of mocha.
 * @param {(output: Buffer) => void} run.print Receives the output of mocha and the tests.
 * @returns {Promise<Outcome>} Rejects only if a signal ended it.
 */
export async function runMocha({ root, env, args, print }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "rhombus-report-"));
  const file = path.join(folder, "report.json");
  const counts = path.join(folder, "counts");
  try {
    const mocha = path.join(root, "node_modules", "mocha", "bin", "mocha.js");
    const reporting = ["--reporter", REPORTER, "--reporter-option", `report=${file}`];
    const mochaEnv = { ...env, PULUMI_RHOMBUS_COUNTS: counts };
    const ending = await ended([mocha, ...reporting, ...args], { root, env: mochaEnv, file, print });
    return { ...judged(file, ending), counts: existsSync(counts) ? readFileSync(counts, "utf8") : "" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string[]} args
 * @param {{ root: string, env: NodeJS.ProcessEnv, file: string, print: (output: Buffer) => void }} run
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null, leaked: boolean }>}
 */
function ended(args, { root, env, file, print }) {
  return new Promise((resolve, reject) => {
    /** @type {NodeJS.Signals | undefined} */
    let stoppedBy;
    /** @param {NodeJS.Signals} signal */
    const onSignal = (signal) => {
      stoppedBy = signal;
      killGroup(child.pid);
    };
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    const child = spawn(process.execPath, args, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", print);
    child.stderr.on("data", print);
    let leaked = false;
    /** @type {number | undefined} */
    let doneAt;
    const watch = setInterval(() => {
      doneAt ??= existsSync(file) ? Date.now() : undefined;
      if (doneAt !== undefined && Date.now() - doneAt > LINGER_LIMIT_MS) {
        leaked = true;
        killGroup(child.pid);
      }
    }, 250);
    // A process that a test did not end may hold the output open, which would delay the end of the run.
    child.on("exit", () => killGroup(child.pid));
    /** @param {Error | undefined} failure */
    const end = (failure) => {
      clearInterval(watch);
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
      if (failure) reject(failure);
    };
    child.on("error", end);
    child.on("close", (code, signal) => {
      end(stoppedBy && new Interrupted(`the tests were stopped by ${stoppedBy}`));
      resolve({ code, signal, leaked });
    });
  });
}

/**
 * @param {string} file
 * @param {{ code: number | null, signal: NodeJS.Signals | null, leaked: boolean }} ending
 * @returns {Ending}
 */
function judged(file, { code, signal, leaked }) {
  if (!existsSync(file)) {
    return { failed: 0, passed: [], pending: [], problem: `mocha ended early (${signal ?? `exit ${code}`})` };
  }
  /** @type {import("./reporter.mjs").Report} */
  const report = JSON.parse(readFileSync(file, "utf8"));
  if (leaked) {
    return { ...report, problem: "the tests are done, but mocha keeps running: a test did not close something" };
  }
  if (code !== 0 && report.failed === 0) {
    return { ...report, problem: `all tests passed, yet mocha failed (${signal ?? `exit ${code}`})` };
  }
  return report;
}
