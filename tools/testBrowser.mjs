// Usage: npm run test:browser. Tests the emulator's page in Chromium, which it installs if it can. Without Chromium the tests
// are skipped, and a line says so. Always ends with one line of totals.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureChromium } from "./browser/chromium.mjs";
import { messageOf, printProgress } from "./messages.mjs";
import { prepare } from "./setup.mjs";
import { runSuites } from "./testing/suites.mjs";

const root = path.resolve(fileURLToPath(new URL("..", import.meta.url)));
let totals = { passed: 0, failed: 1 };
try {
  await prepare({ engine: false });
  const chromium = await ensureChromium({ env: process.env, log: printProgress });
  if (chromium === undefined) {
    printProgress("test:browser: SKIPPED, because there is no Chromium.");
    totals = { passed: 0, failed: 0 };
  } else {
    totals = await runSuites(["test/browser/**/*.test.ts"], {
      root,
      env: { ...process.env, PULUMI_RHOMBUS_CHROMIUM: chromium },
      color: process.stdout.isTTY,
      print: (output) => process.stdout.write(output),
    });
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
}
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed > 0 ? 1 : 0;
