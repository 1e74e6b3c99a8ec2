import assert from "node:assert/strict";
import { FastClock } from "./clock";

/** A mistake after a scenario. The last line counts all kinds but `wrong`. */
export interface Finding {
  readonly kind: "orphan" | "duplicate" | "lost secret" | "unexplained plan" | "wrong";
  readonly message: string;
}

/** The scenarios and the findings of all suites in this folder. */
export const totals = { scenarios: 0, findings: [] as Finding[] };

/** A part of the names of the scenarios to run, among all of the long run; undefined for all of this run. */
export const requested = process.env.PULUMI_RHOMBUS_SCENARIO;

export function wrongUnless(isRight: boolean, message: string): Finding[] {
  return isRight ? [] : [{ kind: "wrong", message }];
}

/** A suite of hundreds of scenarios under a clock of their own. */
export function describeScenarios(title: string, suite: (clock: FastClock) => void): void {
  describe(`faults: ${title}`, function () {
    this.timeout(3_600_000);
    const clock = new FastClock();
    beforeEach(() => clock.start());
    afterEach(() => clock.stop());
    suite(clock);
  });
}

/** Runs scenarios one after the other, and fails with the findings of all. */
export async function runEach<Scenario>(
  scenarios: readonly Scenario[],
  nameOf: (scenario: Scenario) => string,
  run: (scenario: Scenario) => Promise<Finding[]>,
): Promise<void> {
  const failures: string[] = [];
  for (const scenario of scenarios) {
    const name = nameOf(scenario);
    if (!name.includes(requested ?? "")) continue;
    const findings = await run(scenario);
    totals.scenarios += 1;
    totals.findings.push(...findings);
    failures.push(...findings.map(({ kind, message }) => `${name}\n    ${kind}: ${message}`));
  }
  assert.ok(failures.length === 0, failures.join("\n"));
}
