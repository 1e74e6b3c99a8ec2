import { isDeepStrictEqual } from "node:util";
import { campusSeed } from "../../../provider/emulator";
import { type Declared, endAll, type Program } from "../../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../../resources/declared";
import type { HurriedClock } from "./clock";
import { InjectedFault } from "./faults";
import { type Finding, wrongUnless } from "./findings";
import { recover } from "./recovery";
import { neighboursIn } from "./remoteObjects";
import { differences, setUp } from "./runScenario";
import type { Baseline } from "./scenarios";

/** A deployment of twenty resources at once. */
export interface Batch {
  readonly name: string;
  readonly before: Program;
  readonly program: Program;
}

/** Faults in a batch. */
export interface FaultPattern {
  /** The name of the fault; undefined for none. */
  readonly fault: string | undefined;
  /** The number of calls before each of the three faults. */
  readonly between: number;
  readonly retries: "0" | "2";
}

const { users, genea: atGenea } = campusSeed.acme;
const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const FAULT_COUNT = 3;

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

const [created, changed] = [twenty(false), twenty(true)];
const some = Object.fromEntries(Object.entries(changed).filter((_, index) => index % 3 !== 0));

export const batches: readonly Batch[] = [
  { name: "all are created", before: {}, program: created },
  { name: "all are changed", before: created, program: changed },
  { name: "some are changed, the others removed", before: created, program: some },
  { name: "all are removed", before: created, program: {} },
];

/**
 * Deploys a batch, all resources at once, and again until it succeeds.
 * @returns The differences from the deployment one by one without a fault.
 */
export async function runBatch(
  batch: Batch,
  baseline: Baseline,
  { fault, between, retries }: FaultPattern,
  clock: HurriedClock,
): Promise<Finding[]> {
  const faults: InjectedFault[] = [];
  const onRequest = () => {
    for (const each of faults) each.onRequest();
  };
  const setup = await setUp(batch, { onRequest, retries });
  const { emulator, console, stack } = setup;
  const neighbours = neighboursIn(console);
  for (let index = 0; index < FAULT_COUNT && fault !== undefined; index++) {
    faults.push(new InjectedFault(emulator, clock, { fault, operation: "*", skip: between }));
  }
  const faultCount = () => faults.reduce((sum, { count }) => sum + count, 0);
  try {
    const { program = batch.program, findings } = await recover({
      program: batch.program,
      run: (program) => stack.up(program, { parallel: true }),
      beforeRetry: async () => emulator.clearFaults(),
      faultCount,
      mayAdopt: fault !== undefined,
    });
    emulator.clearFaults();
    return [
      ...findings,
      ...(await differences(setup, program, baseline)),
      ...wrongUnless(faultCount() > 0 || fault === undefined, "no fault was applied"),
      ...wrongUnless(isDeepStrictEqual(neighboursIn(console), neighbours), "the neighbours were changed"),
    ];
  } finally {
    await endAll();
  }
}
