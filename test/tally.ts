import { appendFileSync } from "node:fs";

/** Whether this is the long run, `npm run test:long`: suites play all that they have, and draw many more sequences. */
export const isLong = process.env.PULUMI_RHOMBUS_LONG === "1";

/**
 * A `describe` for the long run alone. Each guarantee also needs a test outside of it.
 * @param title The title.
 * @param suite The tests.
 */
export function describeLong(title: string, suite: (this: Mocha.Suite) => void): void {
  if (isLong) describe(title, suite);
}

/**
 * An `it` for the long run alone.
 * @param title The title.
 * @param test The test.
 */
export function itLong(title: string, test: Mocha.AsyncFunc): void {
  if (isLong) it(title, test);
}

/**
 * Says in one line what a suite has counted. `npm test` prints it above its last line; mocha on its own, where it is said.
 * @param line The line, such as `faults: 512 scenarios, 0 orphans`.
 */
export function tally(line: string): void {
  const file = process.env.PULUMI_RHOMBUS_TALLIES;
  if (file === undefined) console.log(line);
  else appendFileSync(file, `${line}\n`);
}
