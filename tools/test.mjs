// Usage: npm test -- [files or globs] [--grep <pattern>] [--long]. Prepares the checkout, runs the suites, and always ends
// with one line of totals.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "./messages.mjs";
import { prepare } from "./setup.mjs";

const root = path.resolve(fileURLToPath(new URL("..", import.meta.url)));
let totals = { passed: 0, failed: 1 };
try {
  const { engineBin } = await prepare({ engine: true });
  // Imported after prepare has checked the version of Node.
  const { runSuites } = await import("./testing/suites.mjs");
  const { checkoutOf, writeReport } = await import("./testing/longReport.mjs");
  const isLong = process.argv.includes("--long");
  // Taken before the run: what changes while it runs was not tested from the beginning.
  const checkout = isLong ? checkoutOf(root) : undefined;
  const ended = await runSuites(process.argv.slice(2), {
    root,
    env: { ...process.env, PULUMI_RHOMBUS_ENGINE_BIN: engineBin },
    color: process.stdout.isTTY,
    print: (output) => process.stdout.write(output),
  });
  totals = ended;
  if (checkout !== undefined && ended.isWholeLongRun) {
    const { passed, failed, lines } = ended;
    writeReport(root, { ...checkout, endedAt: new Date().toISOString(), passed, failed, lines });
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
}
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed > 0 ? 1 : 0;
