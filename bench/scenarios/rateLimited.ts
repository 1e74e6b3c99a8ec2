import { campusSeed, type Emulator } from "../../provider/emulator";
import { type Calls, callsOf } from "../environment/calls";
import type { Operation, Project } from "../environment/project";
import { groupsEnv, openProject } from "../implementations";

const { ada, ben, chloe } = campusSeed.acme.users;

/** The rate limit of the organization: the calls per second, and the number of calls that the full bucket holds. */
export const bucket = { ratePerSecond: 10, burst: 100 } as const;

const LATENCY_MS = 50;
const operations = ["up", "refresh", "destroy"] as const;

/** The measurement of one operation under the rate limit. */
export interface LimitedSample {
  readonly operation: Operation;
  readonly groups: number;
  readonly seconds: number;
  readonly calls: Calls;
  /** The error, if the operation failed. */
  readonly failure?: string;
}

/** Deploys, reads and deletes groups with three members each, with a full bucket at the start of each operation. */
export async function measureRateLimited(
  emulator: Emulator,
  groups: number,
  onSample: (sample: LimitedSample) => void,
): Promise<LimitedSample[]> {
  const project = await openProject("ours", emulator.url);
  const samples: LimitedSample[] = [];
  emulator.delayCalls(LATENCY_MS);
  try {
    for (const operation of operations) {
      emulator.limitRate(bucket);
      emulator.clearRequests();
      const ended = await attempt(project, operation, groups);
      const sample = { operation, groups, calls: callsOf(emulator), ...ended };
      samples.push(sample);
      onSample(sample);
    }
  } finally {
    project.close();
    emulator.limitRate(undefined);
    emulator.delayCalls(0);
  }
  return samples;
}

/**
 * Compares an operation with its lower bound: the time that the bucket takes to refill for all calls that it does not hold.
 */
export function compareWithBound({ calls: { total, rateLimited, spanSeconds } }: LimitedSample) {
  const answered = total - rateLimited;
  const boundSeconds = Math.max(0, answered - bucket.burst) / bucket.ratePerSecond;
  return { answered, boundSeconds, timesBound: spanSeconds / boundSeconds };
}

/** Runs an operation. A failure is part of the result, and misses its target. */
async function attempt(
  project: Project,
  operation: (typeof operations)[number],
  groups: number,
): Promise<Pick<LimitedSample, "seconds" | "failure">> {
  const startedAt = performance.now();
  const members = [ada.uuid, ben.uuid, chloe.uuid];
  try {
    const all = groups + 1;
    const expected = { up: `+ ${all} created`, refresh: `${all} unchanged`, destroy: `- ${all} deleted` }[operation];
    const { seconds } = await project.run(operation, { env: groupsEnv({ groups, members }), expected });
    return { seconds };
  } catch (error) {
    return { seconds: (performance.now() - startedAt) / 1000, failure: String(error) };
  }
}
