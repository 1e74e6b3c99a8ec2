import { appendFileSync } from "node:fs";

/**
 * Reports the counts of a suite in one line, such as `faults: 512 scenarios, 0 orphans`. `npm test` prints it above its
 * last line; mocha on its own prints it at once.
 */
export function reportCounts(line: string): void {
  const file = process.env.PULUMI_RHOMBUS_COUNTS;
  if (file === undefined) console.log(line);
  else appendFileSync(file, `${line}\n`);
}
