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
