import { DeploymentFailed, type Program, type Stack } from "../../drivers/stack";
import type { Finding } from "./findings";

/** An operation that runs until it succeeds. */
export interface Recovery {
  readonly program: Program;
  /** Runs the operation once. */
  run(program: Program): Promise<unknown>;
  /** Runs before each retry. */
  beforeRetry(): Promise<unknown>;
  /** The number of faults so far. */
  faultCount(): number;
  /** The outcome of a creation may be unknown, so that the program needs `adopt: true`. */
  readonly mayAdopt: boolean;
}

/** Two with a fault, one whose error says to adopt, and one that succeeds. */
const MOST_RUNS = 4;

/**
 * Runs an operation until it succeeds, as a user who follows the errors. A run may fail only by a fault or for `adopt`.
 * @returns The program that succeeded, with `adopt: true` if it was needed; undefined if none did.
 */
export async function recover(
  recovery: Recovery,
): Promise<{ program: Program | undefined; findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  const adopted = new Set<string>();
  for (let run = 1; run <= MOST_RUNS; run++) {
    const countBefore = recovery.faultCount();
    const program = adopting(recovery.program, adopted);
    const attempt = async () => {
      if (run > 1) await recovery.beforeRetry();
      await recovery.run(program);
    };
    const failures = await failuresOf(attempt());
    if (failures === undefined) return { program, findings };
    const toAdopt = Object.keys(failures).filter((name) => /`adopt: true`/.test(`${failures[name]}`));
    const isExplained = recovery.faultCount() > countBefore || toAdopt.some((name) => !adopted.has(name));
    for (const [name, error] of Object.entries(failures)) {
      const isOrphan = toAdopt.includes(name) && !recovery.mayAdopt;
      if (isOrphan) findings.push({ kind: "orphan", message: `it needs adopt: true: ${error}` });
      if (!isExplained) findings.push({ kind: "wrong", message: `run ${run} failed without a fault: ${error}` });
      if (/undefined|\[object|NaN/.test(error))
        findings.push({ kind: "wrong", message: `the message is malformed: ${error}` });
    }
    for (const name of toAdopt) adopted.add(name);
  }
  return { program: undefined, findings: [...findings, { kind: "wrong", message: "it never succeeded" }] };
}

/** The changes that a plan shows after the deployment. */
export async function unexplainedPlans(stack: Stack, program: Program): Promise<Finding[]> {
  const plans = Object.entries(await stack.preview(program)).filter(([, step]) => step !== "same");
  return plans.map(([name, step]) => ({ kind: "unexplained plan", message: `${step} of ${name}` }));
}

function adopting(program: Program, names: ReadonlySet<string>): Program {
  const entries = Object.entries(program).map(([name, { type, inputs }]) => {
    return [name, { type, inputs: names.has(name) ? { ...inputs, adopt: true } : inputs }] as const;
  });
  return Object.fromEntries(entries);
}

/** The errors of a deployment by resource; undefined if it succeeds. */
export async function failuresOf(work: Promise<unknown>): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof DeploymentFailed) return error.failures;
    throw error;
  }
}
