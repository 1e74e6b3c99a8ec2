import { appendFileSync } from "node:fs";

/** Whether the suites that draw at random shall draw many: `npm run test:long`. */
export const isLong = process.env.PULUMI_RHOMBUS_LONG === "1";

/**
 * Says in one line what a suite has counted. `npm test` prints it above its last line; mocha on its own, where it is said.
 * @param line The line, such as `faults: 512 scenarios, 0 orphans`.
 */
export function tally(line: string): void {
  const file = process.env.PULUMI_RHOMBUS_TALLIES;
  if (file === undefined) console.log(line);
  else appendFileSync(file, `${line}\n`);
}
