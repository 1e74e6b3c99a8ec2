import { campusSeed } from "../../../provider/emulator";
import type { Declared, Program } from "../../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../../resources/declared";
import type { FastClock } from "./clock";
import type { Deployment } from "./deployments";
import type { Finding } from "./findings";
import { runWithFaults } from "./runScenario";
import type { Baseline } from "./scenarios";

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

/** Nine OnGuard deployments, which share one integration, nine groups, Genea and Kisi, in one of two forms. */
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

/** Deployments of twenty resources. */
export const batches: readonly Deployment[] = [
  { name: "all are created", does: "up", program: created },
  { name: "all are changed", does: "up", before: created, program: changed },
  { name: "some are changed, the others removed", does: "up", before: created, program: some },
  { name: "all are removed", does: "up", before: created, program: {} },
];

/** Deploys a batch, all resources at once. Returns the differences from the deployment one by one without a fault. */
export function runBatch(
  baseline: Baseline,
  { fault, between, retries }: FaultPattern,
  clock: FastClock,
): Promise<Finding[]> {
  const planned = { fault: fault ?? "none", operation: "*", skip: between } as const;
  return runWithFaults(
    {
      baseline,
      retries,
      faults: fault === undefined ? [] : [planned, planned, planned],
      parallel: true,
      beforeRetry: async ({ emulator }) => emulator.clearFaults(),
      mayAdopt: fault !== undefined,
    },
    clock,
  );
}
