import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The report of the last whole long run, in the checkout's root. Git ignores it. */
const REPORT_FILE = ".test-long.json";

/** The suites whose line a report must have. */
const COUNTED = ["faults", "behaviours", "model", "secrets", "kills", "states", "matrix"];

/**
 * The commit of a checkout; `isClean` is false if something in it is not committed.
 * @typedef {{ commit: string, isClean: boolean }} Checkout
 */

/**
 * The result of a long run. `lines` are those in which suites count their cases, such as `faults: 9000 scenarios`.
 * @typedef {Checkout & { endedAt: string, passed: number, failed: number, lines: string[] }} LongReport
 */

/**
 * The state of a checkout; undefined if git is missing, or the folder is not a repository.
 * @param {string} root
 * @returns {Checkout | undefined}
 */
export function checkoutOf(root) {
  const git = (/** @type {string[]} */ ...args) => spawnSync("git", args, { cwd: root, encoding: "utf8" });
  const [head, status] = [git("rev-parse", "HEAD"), git("status", "--porcelain")];
  if (head.status !== 0 || status.status !== 0) return undefined;
  return { commit: head.stdout.trim(), isClean: status.stdout.trim() === "" };
}

/**
 * Writes the report of a long run.
 * @param {string} root
 * @param {LongReport} report
 */
export function writeReport(root, report) {
  writeFileSync(path.join(root, REPORT_FILE), `${JSON.stringify(report, null, 2)}\n`);
}

/**
 * Reads the report of the last long run; undefined if there is none.
 * @param {string} root
 * @returns {LongReport | undefined}
 */
export function readReport(root) {
  const file = path.join(root, REPORT_FILE);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/**
 * The reasons why a checkout must not be released, a sentence each.
 * @param {LongReport | undefined} report
 * @param {Checkout | undefined} checkout
 * @returns {string[]}
 */
export function obstaclesTo(report, checkout) {
  if (checkout === undefined) return ["git does not show which commit this is."];
  if (report === undefined) return ["There is no report: run `npm run test:long`."];
  const { commit, isClean } = checkout;
  const missing = COUNTED.filter((suite) => !report.lines.some((line) => line.startsWith(`${suite}: `)));
  return [
    ...(report.commit === commit ? [] : [`The report is of ${report.commit}, and HEAD is ${commit}.`]),
    ...(report.isClean ? [] : ["The checkout had changes that were not committed when the long run took place."]),
    ...(isClean ? [] : ["The checkout has changes that are not committed."]),
    ...(report.failed === 0 ? [] : [`${report.failed} tests failed in the long run.`]),
    ...(report.passed > 0 ? [] : ["No test passed in the long run."]),
    ...missing.map((suite) => `The report has no line of the suite "${suite}".`),
  ];
}
