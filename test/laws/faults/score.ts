/** What is wrong with what a scenario has left. All but `wrong` are counted in the last line by their kind. */
export interface Finding {
  /** The kind. */
  readonly kind: "orphan" | "duplicate" | "lost secret" | "unexplained plan" | "wrong";
  /** What it is, for people. */
  readonly what: string;
}

/** What all suites of this folder have counted. */
class Score {
  /** How many scenarios were played. */
  scenarios = 0;
  readonly #findings: Finding[] = [];

  /** Counts a scenario. */
  count(findings: readonly Finding[]): void {
    this.scenarios += 1;
    this.#findings.push(...findings);
  }

  /** How many findings of a kind there are. */
  of(kind: Finding["kind"]): number {
    return this.#findings.filter((finding) => finding.kind === kind).length;
  }

  /** The score in one line. */
  toString(): string {
    const counts = [
      `${this.scenarios} scenarios`,
      `${this.of("orphan")} orphans`,
      `${this.of("duplicate")} duplicates`,
      `${this.of("lost secret")} lost secrets`,
      `${this.of("unexplained plan")} unexplained plans`,
    ];
    return `faults: ${counts.join(", ")}`;
  }
}

/** How long a test may take that plays hundreds of scenarios on a machine that does other things as well. */
export const LONGEST_MS = 3_600_000;

/**
 * `PULUMI_RHOMBUS_SCENARIO="<the name of a scenario, or a part of it>"` plays only what bears that name, among all that there
 * are; `undefined` where nothing was asked for.
 */
export const wanted = process.env.PULUMI_RHOMBUS_SCENARIO;

/** The score of this run. */
export const score = new Score();

/** A finding of what is wrong, or none when it is right. */
export function wrongUnless(isRight: boolean, what: string): Finding[] {
  return isRight ? [] : [{ kind: "wrong", what }];
}

/** What went wrong in a scenario, under its name. */
export function report(name: string, findings: readonly Finding[]): string[] {
  return findings.map(({ kind, what }) => `${name}\n    ${kind}: ${what}`);
}
