import { appendFileSync } from "node:fs";

/** True in the long run, `npm run test:long`: suites play all cases, and many more random sequences. */
export const isLong = process.env.PULUMI_RHOMBUS_LONG === "1";

/** A `describe` for the long run alone. Each guarantee also needs a test outside of it. */
export function describeLong(title: string, suite: (this: Mocha.Suite) => void): void {
  if (isLong) describe(title, suite);
}

/** An `it` for the long run alone. */
export function itLong(title: string, test: Mocha.AsyncFunc): void {
  if (isLong) it(title, test);
}

/**
 * Reports the counts of a suite in one line, such as `faults: 512 scenarios, 0 orphans`. `npm test` prints it above its
 * last line; mocha on its own prints it at once.
 */
export function tally(line: string): void {
  const file = process.env.PULUMI_RHOMBUS_TALLIES;
  if (file === undefined) console.log(line);
  else appendFileSync(file, `${line}\n`);
}
