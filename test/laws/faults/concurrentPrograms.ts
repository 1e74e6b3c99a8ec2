import { isDeepStrictEqual } from "node:util";
import type { Behaviours, OrganizationConsole } from "../../../provider/emulator";
import { begin, endAll, type Program, Stack } from "../../drivers/stack";
import { DEADLINE_SECONDS, type FastClock } from "./clock";
import { InjectedFault } from "./faults";
import { type Finding, wrongUnless } from "./findings";
import { startHoldingProxy } from "./holdingProxy";
import type { Pair } from "./programPairs";
import { failuresOf, recover, unexplainedPlans } from "./recovery";
import { addUnrelated, isLive, lostSecrets, unownedIn, unrelatedIn } from "./remoteObjects";

/** Two programs at once: the second is deployed completely before one call of the first. */
export interface Interleaving {
  readonly pair: Pair;
  readonly behaviours: Partial<Behaviours>;
  /** The number of calls of the first program before the one that is held. */
  readonly position: number;
  /** The fault of this call, if any. */
  readonly fault: string | undefined;
}

async function setUp(
  { mineBefore, theirsBefore }: Pair,
  behaviours: Partial<Behaviours>,
  onRequest: () => void = () => {},
) {
  const config = { timeoutSeconds: `${DEADLINE_SECONDS}` };
  const { emulator, console, stack: theirs } = await begin({ behaviours, config, onRequest });
  const mine = new Stack(emulator, { config });
  addUnrelated(console);
  if (mineBefore !== undefined) await mine.up(mineBefore);
  if (theirsBefore !== undefined) await theirs.up(theirsBefore);
  return { emulator, console, mine, theirs };
}

/** The number of calls of the first program alone. */
export async function callsOf(pair: Pair, behaviours: Partial<Behaviours>): Promise<number> {
  const { emulator, mine } = await setUp(pair, behaviours);
  emulator.clearRequests();
  await mine.up(pair.mine);
  const { length } = emulator.requests();
  await endAll();
  return length;
}

/** Deploys two programs at once, then both again. */
export async function runInterleaved(interleaving: Interleaving, clock: FastClock): Promise<Finding[]> {
  const { pair, position, fault, behaviours } = interleaving;
  let theirFailures: Failures;
  let injected: InjectedFault | undefined;
  const made = await setUp(pair, behaviours, () => injected?.onRequest());
  const { emulator, console, mine, theirs } = made;
  const unrelated = unrelatedIn(console);
  const proxy = await startHoldingProxy(emulator.url, position, async () => {
    theirFailures = await failuresOf(theirs.up(pair.theirs));
    if (fault !== undefined) injected = new InjectedFault(emulator, clock, { fault, operation: "*" });
  });
  try {
    mine.configure({ endpoint: proxy.url });
    const myFailures = await failuresOf(mine.up(pair.mine));
    mine.configure({ endpoint: emulator.url });
    emulator.clearFaults();
    return [
      ...wrongUnless(proxy.hasHeld(), "no call was held up"),
      ...wrongUnless(injected === undefined || injected.count > 0, "the fault was not applied"),
      ...(await unreportedLosses(console, mine, pair.mine, myFailures)),
      ...(await unreportedLosses(console, theirs, pair.theirs, theirFailures)),
      ...(pair.shares ? [] : await afterwards(made, interleaving)),
      ...wrongUnless(isDeepStrictEqual(unrelatedIn(console), unrelated), "the unrelated objects were changed"),
    ];
  } finally {
    await proxy.close();
    await endAll();
  }
}

type Failures = Awaited<ReturnType<typeof failuresOf>>;

/** Declared values that Rhombus does not have, without an error and without a change in the plan after a refresh. */
async function unreportedLosses(
  console: OrganizationConsole,
  stack: Stack,
  program: Program,
  failures: Failures = {},
): Promise<Finding[]> {
  const gone = await stack.refresh();
  const plan = await stack.preview(program);
  return Object.entries(program).flatMap(([name, { inputs }]): Finding[] => {
    const isReported = name in failures || gone.includes(name) || plan[name] !== "same";
    if (isReported || isLive(console, stack.stored(name), inputs)) return [];
    return [{ kind: "wrong", message: `${name} was lost without an error` }];
  });
}

/** The findings after both programs were deployed again, one after the other. */
async function afterwards(
  { console, mine, theirs }: Awaited<ReturnType<typeof setUp>>,
  { pair, fault }: Interleaving,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [stack, declared] of [[mine, pair.mine] as const, [theirs, pair.theirs] as const]) {
    const { program = declared, findings: ways } = await recover({
      program: declared,
      run: (asked) => stack.up(asked),
      beforeRetry: () => stack.refresh(),
      faultCount: () => 0,
      mayAdopt: fault !== undefined,
    });
    findings.push(...ways, ...(await unsettled(console, stack, program)));
  }
  return [...findings, ...unownedIn(console, [...storedIn(mine, pair.mine), ...storedIn(theirs, pair.theirs)])];
}

async function unsettled(console: OrganizationConsole, stack: Stack, program: Program): Promise<Finding[]> {
  await stack.refresh();
  const plans = await unexplainedPlans(stack, program);
  const unlike = Object.entries(program).filter(([name, { inputs }]) => {
    return !stack.has(name) || !isLive(console, stack.stored(name), inputs);
  });
  return [
    ...plans,
    ...unlike.map(([name]): Finding => ({ kind: "wrong", message: `${name} is not as declared` })),
    ...storedIn(stack, program).flatMap((stored) => lostSecrets(console, stored, stored)),
  ];
}

function storedIn(stack: Stack, program: Program) {
  return Object.keys(program).flatMap((name) => (stack.has(name) ? [stack.stored(name)] : []));
}
