import { DeploymentFailed, type Program, type Stack } from "../../drivers/stack";
import type { Finding } from "./score";

/** What is settled, and how. */
export interface Settling {
  /** What is declared. */
  readonly program: Program;
  /** Runs the operation once. */
  run(program: Program): Promise<unknown>;
  /** What happens before it runs again. */
  again(): Promise<unknown>;
  /** How often faults have struck so far. */
  struck(): number;
  /** Whether rule 7 allows that `adopt: true` is needed. */
  readonly mayAdopt: boolean;
}

/** How it ended. */
export interface Settled {
  /** The program that succeeded, with `adopt: true` where it was needed; `undefined` when none did. */
  readonly program: Program | undefined;
  /** What went wrong on the way. */
  readonly findings: readonly Finding[];
}

/** Those that a fault strikes, one that is told to adopt, and one that succeeds. */
const MOST_RUNS = 4;

/** Runs an operation until it succeeds, as a user does who reads the errors: a run fails only by a fault or for `adopt`. */
export async function settle(settling: Settling): Promise<Settled> {
  const findings: Finding[] = [];
  const adopted = new Set<string>();
  for (let run = 1; run <= MOST_RUNS; run++) {
    const struckBefore = settling.struck();
    const program = adopting(settling.program, adopted);
    const attempt = async () => {
      if (run > 1) await settling.again();
      await settling.run(program);
    };
    const failures = await failuresOf(attempt());
    if (failures === undefined) return { program, findings };
    const toAdopt = Object.keys(failures).filter((name) => /`adopt: true`/.test(`${failures[name]}`));
    const isExplained = settling.struck() > struckBefore || toAdopt.some((name) => !adopted.has(name));
    for (const [name, said] of Object.entries(failures)) {
      const isOrphan = toAdopt.includes(name) && !settling.mayAdopt;
      if (isOrphan) findings.push({ kind: "orphan", what: `it needs adopt: true: ${said}` });
      if (!isExplained) findings.push({ kind: "wrong", what: `run ${run} failed without a fault: ${said}` });
      if (/undefined|\[object|NaN/.test(said)) findings.push({ kind: "wrong", what: `it was said: ${said}` });
    }
    for (const name of toAdopt) adopted.add(name);
  }
  return { program: undefined, findings: [...findings, { kind: "wrong", what: "it never succeeded" }] };
}

/** What a program would still change, although it has been deployed. */
export async function unexplainedPlans(stack: Stack, program: Program): Promise<Finding[]> {
  const plans = Object.entries(await stack.preview(program)).filter(([, step]) => step !== "same");
  return plans.map(([name, step]) => ({ kind: "unexplained plan", what: `${step} of ${name}` }));
}

function adopting(program: Program, names: ReadonlySet<string>): Program {
  const entries = Object.entries(program).map(([name, { type, inputs }]) => {
    return [name, { type, inputs: names.has(name) ? { ...inputs, adopt: true } : inputs }] as const;
  });
  return Object.fromEntries(entries);
}

async function failuresOf(work: Promise<unknown>): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof DeploymentFailed) return error.failures;
    throw error;
  }
}
