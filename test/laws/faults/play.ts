import { isDeepStrictEqual } from "node:util";
import type { Emulator, OperationName, OrganizationConsole } from "../../../provider/emulator";
import { begin, endAll, type Program, Stack, type Stored } from "../../drivers/stack";
import { resourceFacts } from "../../resources/facts";
import { DEADLINE_SECONDS, type HurriedClock } from "./clock";
import { isUntrueRefusal, isUntrueSuccess, Struck } from "./faults";
import { type Journey, travel } from "./journeys";
import { contentOf, hiddenSecrets, lostSecrets, neighboursIn, plantNeighbours, straysIn } from "./remote";
import { type Chart, isRead, type Scenario, type Step, typeOf } from "./scenarios";
import { type Finding, wrongUnless } from "./score";
import { settle, unexplainedPlans } from "./settling";

interface Scene {
  readonly emulator: Emulator;
  readonly console: OrganizationConsole;
  readonly stack: Stack;
}

async function scene(journey: Journey, options: { onRequest(): void; retries: string }): Promise<Scene> {
  const config = { maxRetries: options.retries, timeoutSeconds: `${DEADLINE_SECONDS}` };
  const made = await begin({ onRequest: options.onRequest, config, behaviours: journey.behaviours ?? {} });
  if (!journey.isAlone) plantNeighbours(made.console);
  if (journey.strangers !== undefined) await new Stack(made.emulator, { config }).up(journey.strangers);
  if (journey.before !== undefined) await made.stack.up(journey.before);
  return made;
}

/** Makes a journey without any fault, to learn its calls and its end. */
export async function chartOf(journey: Journey): Promise<Chart> {
  const { emulator, console, stack } = await scene(journey, { onRequest: () => {}, retries: "0" });
  emulator.clearRequests();
  await travel(journey, stack, journey.program);
  const resources = ownIn(stack);
  // By default a vendor shows every secret, so that a missing one is lost.
  const hidden = journey.behaviours === undefined ? [] : resources.flatMap((stored) => hiddenSecrets(console, stored));
  const chart = { journey, steps: stepsOf(emulator), content: contentOf(console), resources, hidden };
  await endAll();
  return chart;
}

function stepsOf(emulator: Emulator): Step[] {
  const seen = new Map<OperationName, number>();
  return emulator.requests().map(({ operation }, position) => {
    if (operation === undefined || operation === "*" || operation === "onGuardWebhook") {
      throw new TypeError(`A journey made a call that is no operation: ${operation}.`);
    }
    const nth = seen.get(operation) ?? 0;
    seen.set(operation, nth + 1);
    return { operation, nth, position };
  });
}

function ownIn(stack: Stack): Stored[] {
  return stack.has("it") ? [stack.stored("it")] : [];
}

/**
 * Plays a scenario: the fault strikes, then the operation runs again as the engine runs it, until it succeeds.
 * @returns What is wrong in the end.
 */
export async function play(scenario: Scenario, clock: HurriedClock): Promise<Finding[]> {
  const { chart, retries } = scenario;
  let struck: Struck | undefined;
  const made = await scene(chart.journey, { onRequest: () => struck?.onRequest(), retries });
  try {
    const neighbours = neighboursIn(made.console);
    struck = new Struck(made.emulator, clock, planOf(scenario));
    const { program, findings } = await recovered(scenario, made, struck);
    made.emulator.clearFaults();
    return [
      ...findings,
      ...straysIn(made.console, ownIn(made.stack)),
      ...(program === undefined ? [] : await mistakes(chart, made, program)),
      ...wrongUnless(struck.count > 0, "the fault never struck"),
      ...wrongUnless(isDeepStrictEqual(neighboursIn(made.console), neighbours), "the neighbours were touched"),
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

function recovered({ chart, step, lasts, refreshes, fault }: Scenario, { emulator, stack }: Scene, struck: Struck) {
  return settle({
    program: chart.journey.program,
    run: (program) => travel(chart.journey, stack, program),
    async again() {
      if (lasts === "always" || lasts === "outage") emulator.clearFaults();
      // What was written for the first time, as Rhombus says, and nobody could look at, is in the state: the error says to refresh.
      if (refreshes || (lasts === "outage" && isUntrueSuccess(fault))) await stack.refresh();
    },
    struck: () => struck.count,
    // What became of a lost answer, the process can find out itself, unless it cannot look for it.
    mayAdopt:
      lasts === "outage" ||
      isUntrueRefusal(fault) ||
      (isRead(step) && resourceFacts[typeOf(chart)].createProvesNothing === true),
  });
}

/** What is not as it is after the journey without a fault. */
async function mistakes(chart: Chart, { console, stack }: Scene, program: Program): Promise<Finding[]> {
  const own = ownIn(stack);
  const content = contentOf(console);
  const wrongs = wrongUnless(
    isDeepStrictEqual(content, chart.content),
    `there is ${JSON.stringify(content)} instead of ${JSON.stringify(chart.content)}`,
  );
  const lost = own.flatMap((stored, index) => {
    const expected = chart.resources[index];
    if (expected === undefined) return [];
    return [...lostSecrets(console, stored, expected, chart.hidden), ...otherOutputs(stored, expected, chart.hidden)];
  });
  const plans = await unexplainedPlans(stack, program);
  await stack.refresh();
  return [
    ...wrongs,
    ...wrongUnless(own.length === chart.resources.length, "it is not in the state"),
    ...lost,
    ...plans,
    ...(await unexplainedPlans(stack, program)),
  ];
}

/** The organization may be unknown, where the key was not let in when it asked. */
function otherOutputs(stored: Stored, expected: Stored, hidden: readonly string[]): Finding[] {
  const passing = new Set(["orgUuid", ...hidden]);
  const names = ({ outputs }: Stored) => Object.keys(outputs).filter((name) => !passing.has(name));
  const [has, lacks] = [names(stored).sort(), names(expected).sort()];
  return wrongUnless(isDeepStrictEqual(has, lacks), `the state has ${has.join(", ")} instead of ${lacks.join(", ")}`);
}
