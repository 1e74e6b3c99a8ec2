// Usage: npm run verify. Runs all checks that are no tests, two at once, prints what each one says in one piece, and fails
// when one of them has failed.
import { spawn } from "node:child_process";

/** Scripts of package.json. The one that takes longest begins. */
const CHECKS = ["types", "lint:unused", "docs", "lint:package", "lint:arrows", "lint"];

const AT_ONCE = 2;

const waiting = [...CHECKS];
/** @type {string[]} */
const failed = [];
await Promise.all(Array.from({ length: AT_ONCE }, work));
if (failed.length > 0) {
  process.stderr.write(`failed: ${failed.join(", ")}\n`);
  process.exitCode = 1;
}

/** Runs one check after the other, until none is waiting. */
async function work() {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
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
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", script], {
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ isGood: code === 0, output }));
  });
}
