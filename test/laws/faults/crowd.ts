import { isDeepStrictEqual } from "node:util";
import { campusSeed, type Emulator, type OrganizationConsole } from "../../../provider/emulator";
import { begin, type Declared, endAll, type Program, type Stack, type Stored } from "../../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../../resources/declared";
import { DEADLINE_SECONDS, type HurriedClock } from "./clock";
import { Struck } from "./faults";
import { contentOf, lostSecrets, neighboursIn, plantNeighbours, straysIn } from "./remote";
import { type Finding, wrongUnless } from "./score";
import { settle, unexplainedPlans } from "./settling";

/** What twenty resources of one organization go through, all at once. */
export interface Rush {
  /** What happens to them. */
  readonly name: string;
  /** What was deployed before. */
  readonly before: Program;
  /** What the program declares. */
  readonly program: Program;
}

/** Where a rush ends that takes turns, and in which nothing goes wrong. */
export interface End {
  /** What the organization has. */
  readonly content: unknown;
  /** What the state has. */
  readonly resources: Readonly<Record<string, Stored>>;
}

/** What strikes a rush. */
export interface Sprinkling {
  /** The name of the fault; none strikes where there is none. */
  readonly fault: string | undefined;
  /** How many calls pass before each of the three that are struck. */
  readonly between: number;
  /** How often the client may try a call again. */
  readonly retries: "0" | "2";
}

const { users, genea: atGenea } = campusSeed.acme;
const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const STRIKES = 3;

/** Nine OnGuard deployments, which share one row, nine groups, Genea and Kisi, in one of two forms. */
function twenty(isChanged: boolean): Program {
  const [first, second] = isChanged ? [dock, lobby] : [lobby, dock];
  const badges = NUMBERS.map((number): [string, Declared] => {
    const doorInfoMap = { [`${number}:1`]: first, [`${number}:${isChanged ? 3 : 2}`]: second };
    return [`badges${number}`, onGuard({ displayName: `B${number}`, doorInfoMap, saveClips: !isChanged })];
  });
  const staff = NUMBERS.map((number): [string, Declared] => {
    const userUuids = [users.ada.uuid, isChanged ? users.chloe.uuid : users.ben.uuid];
    return [`staff${number}`, group({ name: `S${number}`, description: `${isChanged}`, userUuids })];
  });
  const places = { "41001": { doorInfoMap: { "51001": first }, saveClips: isChanged } };
  return {
    ...Object.fromEntries([...badges, ...staff]),
    turnstiles: genea({ doorInfoMap: { [atGenea.doors.lobby.id]: first }, indexFaces: isChanged }),
    places: kisi({ placeToSettingsMap: places, enabled: isChanged }),
  };
}

const [made, changed] = [twenty(false), twenty(true)];
const some = Object.fromEntries(Object.entries(changed).filter((_, index) => index % 3 !== 0));

/** Every rush. */
export const rushes: readonly Rush[] = [
  { name: "all are made", before: {}, program: made },
  { name: "all are changed", before: made, program: changed },
  { name: "some are changed, the others removed", before: made, program: some },
  { name: "all are removed", before: made, program: {} },
];

interface Scene {
  readonly emulator: Emulator;
  readonly console: OrganizationConsole;
  readonly stack: Stack;
}

async function scene({ before }: Rush, options: { onRequest(): void; retries: string }): Promise<Scene> {
  const config = { maxRetries: options.retries, timeoutSeconds: `${DEADLINE_SECONDS}` };
  const { emulator, console, stack } = await begin({ onRequest: options.onRequest, config });
  plantNeighbours(console);
  await stack.up(before);
  return { emulator, console, stack };
}

/** Runs a rush in turn, and without a fault. */
export async function endOf(rush: Rush): Promise<End> {
  const { console, stack } = await scene(rush, { onRequest: () => {}, retries: "0" });
  await stack.up(rush.program);
  const resources = Object.fromEntries(Object.keys(rush.program).map((name) => [name, stack.stored(name)]));
  const end = { content: contentOf(console), resources };
  await endAll();
  return end;
}

/**
 * Runs a rush, all resources at once, and again until it succeeds.
 * @returns What is not as it is at the end without a fault.
 */
export async function rushThrough(
  rush: Rush,
  end: End,
  { fault, between, retries }: Sprinkling,
  clock: HurriedClock,
): Promise<Finding[]> {
  const strikes: Struck[] = [];
  const onRequest = () => {
    for (const strike of strikes) strike.onRequest();
  };
  const { emulator, console, stack } = await scene(rush, { onRequest, retries });
  const neighbours = neighboursIn(console);
  for (let strike = 0; strike < STRIKES && fault !== undefined; strike++) {
    strikes.push(new Struck(emulator, clock, { fault, operation: "*", skip: between }));
  }
  const struck = () => strikes.reduce((sum, { count }) => sum + count, 0);
  try {
    const { program = rush.program, findings } = await settle({
      program: rush.program,
      run: (asked) => stack.up(asked, { parallel: true }),
      async again() {
        emulator.clearFaults();
      },
      struck,
      mayAdopt: fault !== undefined,
    });
    emulator.clearFaults();
    return [
      ...findings,
      ...(await mistakes({ emulator, console, stack }, program, end)),
      ...wrongUnless(struck() > 0 || fault === undefined, "no fault struck"),
      ...wrongUnless(isDeepStrictEqual(neighboursIn(console), neighbours), "the neighbours were touched"),
    ];
  } finally {
    await endAll();
  }
}

async function mistakes({ console, stack }: Scene, program: Program, { content, resources }: End): Promise<Finding[]> {
  const names = Object.keys(program);
  const own = names.filter((name) => stack.has(name)).map((name) => stack.stored(name));
  const secrets = names.flatMap((name) => {
    const expected = resources[name];
    return expected === undefined || !stack.has(name) ? [] : lostSecrets(console, stack.stored(name), expected);
  });
  const plans = await unexplainedPlans(stack, program);
  await stack.refresh({ parallel: true });
  return [
    ...straysIn(console, own),
    ...secrets,
    ...plans,
    ...(await unexplainedPlans(stack, program)),
    ...wrongUnless(isDeepStrictEqual(contentOf(console), content), "an update was lost"),
  ];
}
