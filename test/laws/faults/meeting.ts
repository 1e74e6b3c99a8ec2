import { isDeepStrictEqual } from "node:util";
import type { Behaviours, Emulator, OrganizationConsole } from "../../../provider/emulator";
import { begin, DeploymentFailed, endAll, type Program, Stack } from "../../drivers/stack";
import { DEADLINE_SECONDS, type HurriedClock } from "./clock";
import { Struck } from "./faults";
import type { Pair } from "./pairs";
import { isLive, lostSecrets, neighboursIn, plantNeighbours, straysIn } from "./remote";
import { type Finding, wrongUnless } from "./score";
import { settle, unexplainedPlans } from "./settling";
import { Turnstile } from "./turnstile";

/** Two programs that meet: the other one is deployed from beginning to end before one call of the first. */
export interface Meeting {
  /** The programs. */
  readonly pair: Pair;
  /** How the vendor behaves. */
  readonly behaviours: Partial<Behaviours>;
  /** Which call of the first program is held up, counted from 0. */
  readonly position: number;
  /** What then strikes this call, if anything. */
  readonly fault: string | undefined;
}

interface Scene {
  readonly emulator: Emulator;
  readonly console: OrganizationConsole;
  readonly mine: Stack;
  readonly theirs: Stack;
}

async function scene(
  { mineBefore, theirsBefore }: Pair,
  behaviours: Partial<Behaviours>,
  onRequest: () => void = () => {},
): Promise<Scene> {
  const config = { timeoutSeconds: `${DEADLINE_SECONDS}` };
  const { emulator, console, stack: theirs } = await begin({ behaviours, config, onRequest });
  const mine = new Stack(emulator, { config });
  plantNeighbours(console);
  if (mineBefore !== undefined) await mine.up(mineBefore);
  if (theirsBefore !== undefined) await theirs.up(theirsBefore);
  return { emulator, console, mine, theirs };
}

/** How many calls the first program of a pair makes when it is alone. */
export async function callsOf(pair: Pair, behaviours: Partial<Behaviours>): Promise<number> {
  const { emulator, mine } = await scene(pair, behaviours);
  emulator.clearRequests();
  await mine.up(pair.mine);
  const { length } = emulator.requests();
  await endAll();
  return length;
}

/**
 * Lets two programs meet.
 * @returns What was lost in silence, and what is wrong when both have been deployed again.
 */
export async function meet(meeting: Meeting, clock: HurriedClock): Promise<Finding[]> {
  const { pair, position, fault, behaviours } = meeting;
  let theirFailures: Failures = {};
  let struck: Struck | undefined;
  const made = await scene(pair, behaviours, () => struck?.onRequest());
  const { emulator, console, mine, theirs } = made;
  const neighbours = neighboursIn(console);
  const turnstile = await Turnstile.open(emulator.url, {
    position,
    async meanwhile() {
      theirFailures = await failuresOf(theirs.up(pair.theirs));
      if (fault !== undefined) struck = new Struck(emulator, clock, { fault, operation: "*" });
    },
  });
  try {
    mine.configure({ endpoint: turnstile.url });
    const myFailures = await failuresOf(mine.up(pair.mine));
    mine.configure({ endpoint: emulator.url });
    emulator.clearFaults();
    return [
      ...wrongUnless(turnstile.hasHeld, "no call was held up"),
      ...wrongUnless(struck === undefined || struck.count > 0, "the fault never struck"),
      ...(await silentLosses(console, mine, pair.mine, myFailures)),
      ...(await silentLosses(console, theirs, pair.theirs, theirFailures)),
      ...(pair.shares ? [] : await afterwards(made, meeting)),
      ...wrongUnless(isDeepStrictEqual(neighboursIn(console), neighbours), "the neighbours were touched"),
    ];
  } finally {
    await turnstile.close();
    await endAll();
  }
}

type Failures = Readonly<Record<string, string>>;

async function failuresOf(work: Promise<unknown>): Promise<Failures> {
  try {
    await work;
    return {};
  } catch (error) {
    if (error instanceof DeploymentFailed) return error.failures;
    throw error;
  }
}

/** What a program declares and Rhombus does not have, although no error said so and no refresh shows it. */
async function silentLosses(
  console: OrganizationConsole,
  stack: Stack,
  program: Program,
  failures: Failures,
): Promise<Finding[]> {
  const gone = await stack.refresh();
  const plan = await stack.preview(program);
  return Object.entries(program).flatMap(([name, { inputs }]): Finding[] => {
    const isTold = name in failures || gone.includes(name) || plan[name] !== "same";
    if (isTold || isLive(console, stack.stored(name), inputs)) return [];
    return [{ kind: "wrong", what: `${name} was lost in silence` }];
  });
}

/** What is wrong when both programs have been deployed once more, one after the other. */
async function afterwards({ console, mine, theirs }: Scene, { pair, fault }: Meeting): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [stack, declared] of [[mine, pair.mine] as const, [theirs, pair.theirs] as const]) {
    const { program = declared, findings: ways } = await settle({
      program: declared,
      run: (asked) => stack.up(asked),
      again: () => stack.refresh(),
      struck: () => 0,
      mayAdopt: fault !== undefined,
    });
    findings.push(...ways, ...(await unsettled(console, stack, program)));
  }
  return [...findings, ...straysIn(console, [...storedIn(mine, pair.mine), ...storedIn(theirs, pair.theirs)])];
}

async function unsettled(console: OrganizationConsole, stack: Stack, program: Program): Promise<Finding[]> {
  await stack.refresh();
  const plans = await unexplainedPlans(stack, program);
  const unlike = Object.entries(program).filter(([name, { inputs }]) => {
    return !stack.has(name) || !isLive(console, stack.stored(name), inputs);
  });
  return [
    ...plans,
    ...unlike.map(([name]): Finding => ({ kind: "wrong", what: `${name} is not as declared` })),
    ...storedIn(stack, program).flatMap((stored) => lostSecrets(console, stored, stored)),
  ];
}

function storedIn(stack: Stack, program: Program) {
  return Object.keys(program).flatMap((name) => (stack.has(name) ? [stack.stored(name)] : []));
}
