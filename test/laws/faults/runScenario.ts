import { isDeepStrictEqual } from "node:util";
import type { Behaviours, Emulator, OperationName, OrganizationConsole } from "../../../provider/emulator";
import { begin, endAll, type Program, Stack, type Stored } from "../../drivers/stack";
import { resourceFacts } from "../../resources/facts";
import { DEADLINE_SECONDS, type HurriedClock } from "./clock";
import { type Deployment, deploy } from "./deployments";
import { InjectedFault, isFalseRefusal, isFalseSuccess } from "./faults";
import { type Finding, wrongUnless } from "./findings";
import { recover, unexplainedPlans } from "./recovery";
import { contentOf, hiddenSecrets, lostSecrets, neighboursIn, plantNeighbours, straysIn } from "./remoteObjects";
import { type Baseline, isRead, type Scenario, type Step, typeOf } from "./scenarios";

/** An organization, and the stack that manages some of its objects. */
export interface Setup {
  readonly emulator: Emulator;
  readonly console: OrganizationConsole;
  readonly stack: Stack;
}

/** Starts an emulator and deploys what exists before a deployment. */
export async function setUp(
  deployment: Pick<Deployment, "before" | "isAlone" | "behaviours" | "existing">,
  { onRequest = () => {}, retries = "0" }: { onRequest?: () => void; retries?: string } = {},
): Promise<Setup> {
  const config = { maxRetries: retries, timeoutSeconds: `${DEADLINE_SECONDS}` };
  const { before, isAlone, existing, behaviours = {} } = deployment;
  const setup = await begin({ onRequest, config, behaviours });
  if (!isAlone) plantNeighbours(setup.console);
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

/** Runs a scenario: after the fault, the operation runs again as the engine runs it, until it succeeds. */
export async function runScenario(scenario: Scenario, clock: HurriedClock): Promise<Finding[]> {
  const { baseline, retries } = scenario;
  let fault: InjectedFault | undefined;
  const setup = await setUp(baseline.deployment, { onRequest: () => fault?.onRequest(), retries });
  try {
    const neighbours = neighboursIn(setup.console);
    fault = new InjectedFault(setup.emulator, clock, planOf(scenario));
    const { program, findings } = await recovered(scenario, setup, fault);
    setup.emulator.clearFaults();
    return [
      ...findings,
      ...(await differences(setup, program ?? baseline.deployment.program, baseline)),
      ...wrongUnless(fault.count > 0, "the fault was not applied"),
      ...wrongUnless(isDeepStrictEqual(neighboursIn(setup.console), neighbours), "the neighbours were changed"),
    ];
  } finally {
    await endAll();
  }
}

function planOf({ step, fault, lasts }: Scenario) {
  const times = { once: 1, twice: 2, always: 1_000, outage: 1_000 }[lasts];
  if (lasts === "outage") return { fault, times, operation: "*", skip: step.position } as const;
  return { fault, times, operation: step.operation, skip: step.nth };
}

function recovered(scenario: Scenario, { emulator, stack }: Setup, injected: InjectedFault) {
  const { baseline, step, lasts, refreshes, fault } = scenario;
  // The process can find out the effect of a lost answer, unless it cannot look for the object.
  const isUnknown = isRead(step) && resourceFacts[typeOf(baseline)].createProvesNothing === true;
  return recover({
    program: baseline.deployment.program,
    run: (program) => deploy(baseline.deployment, stack, program),
    async beforeRetry() {
      if (lasts === "always" || lasts === "outage") emulator.clearFaults();
      // After a false success that no read could check, the state has values that were not written: the error says to refresh.
      if (refreshes || (lasts === "outage" && isFalseSuccess(fault))) await stack.refresh();
    },
    faultCount: () => injected.count,
    mayAdopt: lasts === "outage" || isFalseRefusal(fault) || isUnknown,
  });
}

/** The differences from the result without a fault. */
export async function differences(
  { console, stack }: Setup,
  program: Program,
  { content, resources, hidden = [] }: Pick<Baseline, "content" | "resources"> & Partial<Pick<Baseline, "hidden">>,
): Promise<Finding[]> {
  const stored = storedIn(stack, program);
  const live = contentOf(console);
  const findings = [
    ...straysIn(console, Object.values(stored)),
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
