// Usage: npm run release:check. Fails unless the last `npm run test:long` was of this very commit and nothing failed in it.
import { fileURLToPath } from "node:url";
import { checkoutOf, obstaclesTo, readReport } from "./testing/longReport.mjs";

const root = process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url));
const report = readReport(root);
const obstacles = obstaclesTo(report, checkoutOf(root));
for (const obstacle of obstacles) process.stderr.write(`${obstacle}\n`);
if (report !== undefined && obstacles.length === 0) {
  process.stdout.write(
    `${report.lines.join("\n")}\n${report.passed} passed, 0 failed: ${report.commit} may be released\n`,
  );
}
process.exitCode = obstacles.length > 0 ? 1 : 0;
