// Usage: npm run test:cloud [-- --cached]. Deploys examples/kubernetes-secret to the emulator with the real engine and the real
// Kubernetes plugin, which is downloaded or built once. With --cached the tests are skipped unless it is in the cache, and
// a line says so. Always ends with one line of totals.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureKubernetesPlugin } from "./engine/kubernetesPlugin.mjs";
import { withInstalledExamples } from "./examples/installed.mjs";
import { messageOf, printProgress } from "./messages.mjs";
import { prepare } from "./setup.mjs";

const root = path.resolve(fileURLToPath(new URL("..", import.meta.url)));
let totals = { passed: 0, failed: 1 };
try {
  const { cached: isCachedOnly } = parseArgs({ options: { cached: { type: "boolean" } } }).values;
  const { engineBin = "" } = await prepare({ engine: true });
  const env = isCachedOnly ? { ...process.env, PULUMI_RHOMBUS_ENGINE: "cache" } : process.env;
  const { found: plugins, reason } = await ensureKubernetesPlugin({ engineBin, env });
  if (plugins !== undefined) {
    totals = await withInstalledExamples(async (examples) => {
      await examples.install("kubernetes-secret");
      // Imported after prepare has installed mocha.
      const { runSuites } = await import("./testing/suites.mjs");
      return runSuites(["test/cloud/**/*.test.ts"], {
        root,
        env: {
          ...process.env,
          PULUMI_RHOMBUS_ENGINE_BIN: engineBin,
          PULUMI_RHOMBUS_CLOUD_INSTALLED: examples.root,
          PULUMI_RHOMBUS_CLOUD_PLUGINS: plugins,
        },
        color: process.stdout.isTTY,
        print: (output) => process.stdout.write(output),
      });
    });
  } else if (isCachedOnly) {
    printProgress(
      "test:cloud: SKIPPED, because the Kubernetes plugin is not in the cache. `npm run test:cloud` gets it.",
    );
    totals = { passed: 0, failed: 0 };
  } else {
    throw new Error(`No Kubernetes plugin.\n${reason}`);
  }
} catch (error) {
  printProgress(messageOf(error));
}
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed > 0 ? 1 : 0;
