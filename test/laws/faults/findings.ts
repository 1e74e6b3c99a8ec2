/** A mistake after a scenario. The last line counts all kinds but `wrong`. */
export interface Finding {
  readonly kind: "orphan" | "duplicate" | "lost secret" | "unexplained plan" | "wrong";
  readonly message: string;
}

class Totals {
  scenarios = 0;
  readonly #findings: Finding[] = [];

  count(findings: readonly Finding[]): void {
    this.scenarios += 1;
    this.#findings.push(...findings);
  }

  toString(): string {
    const kinds = ["orphan", "duplicate", "lost secret", "unexplained plan"];
    const counts = kinds.map((kind) => `${this.#findings.filter((each) => each.kind === kind).length} ${kind}s`);
    return `faults: ${[`${this.scenarios} scenarios`, ...counts].join(", ")}`;
  }
}

/** A limit for tests of hundreds of scenarios on a busy machine. */
export const LONGEST_MS = 3_600_000;

/** A part of the names of the scenarios to run, among all of the long run; undefined for all of this run. */
export const requested = process.env.PULUMI_RHOMBUS_SCENARIO;

/** The totals of all suites in this folder. */
export const totals = new Totals();

export function wrongUnless(isRight: boolean, message: string): Finding[] {
  return isRight ? [] : [{ kind: "wrong", message }];
}

/** The findings of a scenario as lines under its name. */
export function report(name: string, findings: readonly Finding[]): string[] {
  return findings.map(({ kind, message }) => `${name}\n    ${kind}: ${message}`);
}
