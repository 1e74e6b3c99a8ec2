// Usage: npm test -- [files or globs] [--grep <pattern>] [--long]. Prepares the checkout, runs the suites, and always ends
// with one line of totals.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "./messages.mjs";
import { prepare } from "./setup.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
let totals = { passed: 0, failed: 1 };
try {
  const { engineBin } = await prepare({ engine: true });
  // Imported after prepare has checked the version of Node.
  const { runSuites } = await import("./testing/suites.mjs");
  totals = await runSuites(process.argv.slice(2), {
    root: path.resolve(root),
    env: { ...process.env, PULUMI_RHOMBUS_ENGINE_BIN: engineBin },
    color: process.stdout.isTTY,
    print: (output) => process.stdout.write(output),
  });
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
}
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed > 0 ? 1 : 0;
