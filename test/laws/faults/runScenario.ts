import { isDeepStrictEqual } from "node:util";
import type { Behaviours, Emulator, FaultPlan, OperationName, OrganizationConsole } from "../../../provider/emulator";
import { begin, endAll, type Program, Stack, type Stored } from "../../drivers/stack";
import { resourceFacts } from "../../resources/facts";
import { DEADLINE_SECONDS, type FastClock } from "./clock";
import { type Deployment, deploy } from "./deployments";
import { InjectedFault, isFalseRefusal, isFalseSuccess } from "./faults";
import { type Finding, wrongUnless } from "./findings";
import { recover, unexplainedPlans } from "./recovery";
import { addUnrelated, contentOf, hiddenSecrets, lostSecrets, unownedIn, unrelatedIn } from "./remoteObjects";
import { type Baseline, isRead, type Scenario, type Step, typeOf } from "./scenarios";

/** An organization, and the stack that manages some of its objects. */
interface Setup {
  readonly emulator: Emulator;
  readonly console: OrganizationConsole;
  readonly stack: Stack;
}

/** Starts an emulator and deploys what exists before a deployment. */
async function setUp(
  deployment: Pick<Deployment, "before" | "isAlone" | "behaviours" | "existing">,
  { onRequest = () => {}, retries = "0" }: { onRequest?: () => void; retries?: string } = {},
): Promise<Setup> {
  const config = { maxRetries: retries, timeoutSeconds: `${DEADLINE_SECONDS}` };
  const { before, isAlone, existing, behaviours = {} } = deployment;
  const setup = await begin({ onRequest, config, behaviours });
  if (!isAlone) addUnrelated(setup.console);
  if (existing !== undefined) await new Stack(setup.emulator, { config }).up(existing);
  if (before !== undefined) await setup.stack.up(before);
  return setup;
}

/** Runs a deployment without a fault. */
export async function baselineOf(deployment: Deployment): Promise<Baseline> {
  const { emulator, console, stack } = await setUp(deployment);
  emulator.clearRequests();
  await deploy(deployment, stack, deployment.program);
  const resources = storedIn(stack, deployment.program);
  const content = contentOf(console);
  const hidden = hiddenIn(console, Object.values(resources), deployment.behaviours);
  await endAll();
  return { deployment, steps: stepsOf(emulator), content, resources, hidden };
}

/** Under the default behaviours every secret is shown, so that a missing one is lost. */
function hiddenIn(console: OrganizationConsole, stored: readonly Stored[], behaviours?: Partial<Behaviours>): string[] {
  return behaviours === undefined ? [] : stored.flatMap((each) => hiddenSecrets(console, each));
}

function stepsOf(emulator: Emulator): Step[] {
  const seen = new Map<OperationName, number>();
  return emulator.requests().map(({ operation }, position) => {
    if (operation === undefined || operation === "*" || operation === "onGuardWebhook") {
      throw new TypeError(`A deployment made a call that is not an operation: ${operation}.`);
    }
    const nth = seen.get(operation) ?? 0;
    seen.set(operation, nth + 1);
    return { operation, nth, position };
  });
}

/** The resources of a program that are in the state, by name. */
function storedIn(stack: Stack, program: Program): Readonly<Record<string, Stored>> {
  const names = Object.keys(program).filter((name) => stack.has(name));
  return Object.fromEntries(names.map((name) => [name, stack.stored(name)]));
}

/** A deployment with faults. */
interface FaultyDeployment {
  readonly baseline: Baseline;
  readonly retries: string;
  readonly faults: readonly (Omit<FaultPlan, "with"> & { readonly fault: string })[];
  readonly parallel?: boolean;
  /** Runs before each retry. */
  beforeRetry(setup: Setup): Promise<unknown>;
  /** The outcome of a creation may be unknown, so that the program needs `adopt: true`. */
  readonly mayAdopt: boolean;
}

/** Runs a deployment with faults until it succeeds, as the engine runs it. Returns the differences from the baseline. */
export async function runWithFaults(deployment: FaultyDeployment, clock: FastClock): Promise<Finding[]> {
  const { baseline, retries, parallel = false, beforeRetry, mayAdopt } = deployment;
  const { program: declared } = baseline.deployment;
  const faults: InjectedFault[] = [];
  const onRequest = () => {
    for (const each of faults) each.onRequest();
  };
  const setup = await setUp(baseline.deployment, { onRequest, retries });
  const { emulator, console, stack } = setup;
  try {
    const unrelated = unrelatedIn(console);
    faults.push(...deployment.faults.map((plan) => new InjectedFault(emulator, clock, plan)));
    const faultCount = () => faults.reduce((sum, { count }) => sum + count, 0);
    const { program = declared, findings } = await recover({
      program: declared,
      run: (program) => deploy(baseline.deployment, stack, program, parallel),
      beforeRetry: () => beforeRetry(setup),
      faultCount,
      mayAdopt,
    });
    emulator.clearFaults();
    return [
      ...findings,
      ...(await differences(setup, program, baseline)),
      ...wrongUnless(faultCount() > 0 || faults.length === 0, "no fault was applied"),
      ...wrongUnless(isDeepStrictEqual(unrelatedIn(console), unrelated), "the unrelated objects were changed"),
    ];
  } finally {
    await endAll();
  }
}

/** Runs a scenario. */
export function runScenario(scenario: Scenario, clock: FastClock): Promise<Finding[]> {
  const { baseline, step, lasts, refreshes, retries, fault } = scenario;
  const times = { once: 1, twice: 2, always: 1_000, outage: 1_000 }[lasts];
  const [operation, skip] = lasts === "outage" ? ["*" as const, step.position] : [step.operation, step.nth];
  // The process can find out the effect of a lost answer, unless it cannot look for the object.
  const isUnknown = isRead(step) && resourceFacts[typeOf(baseline)].createProvesNothing === true;
  const beforeRetry = async ({ emulator, stack }: Setup) => {
    if (times > 2) emulator.clearFaults();
    // After a false success that no read could check, the state has values that were not written: the error says to refresh.
    if (refreshes || (lasts === "outage" && isFalseSuccess(fault))) await stack.refresh();
  };
  const mayAdopt = lasts === "outage" || isFalseRefusal(fault) || isUnknown;
  const faults = [{ fault, times, operation, skip }];
  return runWithFaults({ baseline, retries, faults, beforeRetry, mayAdopt }, clock);
}

/** The differences from the result without a fault. */
async function differences(
  { console, stack }: Setup,
  program: Program,
  { content, resources, hidden }: Baseline,
): Promise<Finding[]> {
  const stored = storedIn(stack, program);
  const live = contentOf(console);
  const findings = [
    ...unownedIn(console, Object.values(stored)),
    ...wrongUnless(
      isDeepStrictEqual(live, content),
      `there is ${JSON.stringify(live)} instead of ${JSON.stringify(content)}`,
    ),
    ...Object.entries(resources).flatMap(([name, expected]) => {
      const actual = stored[name];
      if (actual === undefined) return wrongUnless(false, `${name} is not in the state`);
      return [...lostSecrets(console, actual, expected, hidden), ...otherOutputs(actual, expected, hidden)];
    }),
    ...(await unexplainedPlans(stack, program)),
  ];
  await stack.refresh({ parallel: true });
  return [...findings, ...(await unexplainedPlans(stack, program))];
}

/** The organization may be unknown if the key had no permission to read it. */
function otherOutputs(stored: Stored, expected: Stored, hidden: readonly string[]): Finding[] {
  const ignored = new Set(["orgUuid", ...hidden]);
  const names = ({ outputs }: Stored) => Object.keys(outputs).filter((name) => !ignored.has(name));
  const [actual, wished] = [names(stored).sort(), names(expected).sort()];
  return wrongUnless(
    isDeepStrictEqual(actual, wished),
    `the state has ${actual.join(", ")} instead of ${wished.join(", ")}`,
  );
}
