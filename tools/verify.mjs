// Usage: npm run verify. Runs all checks except the tests, two at a time, prints the output of each in one piece, and fails
// if one of them fails.
import { execFile } from "node:child_process";

/** Scripts of package.json, the slowest first. */
const CHECKS = ["types", "lint:unused", "docs", "lint:package", "lint:imports", "lint:workflows", "lint"];

const AT_ONCE = 2;

const queue = [...CHECKS];
/** @type {string[]} */
const failed = [];
await Promise.all(Array.from({ length: AT_ONCE }, work));
if (failed.length > 0) {
  process.stderr.write(`failed: ${failed.join(", ")}\n`);
  process.exitCode = 1;
}

/** Runs checks until the queue is empty. */
async function work() {
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
    const { isGood, output } = await run(check);
    process.stdout.write(output);
    if (!isGood) failed.push(check);
  }
}

/**
 * @param {string} script
 * @returns {Promise<{ isGood: boolean, output: string }>}
 */
function run(script) {
  return new Promise((resolve) => {
    const options = { shell: process.platform === "win32", maxBuffer: Number.POSITIVE_INFINITY };
    execFile("npm", ["run", script], options, (error, stdout, stderr) => {
      resolve({ isGood: error === null, output: stdout + stderr });
    });
  });
}
