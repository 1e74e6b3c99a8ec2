import { campusSeed } from "../../provider/emulator";
import type { Calls } from "../environment/commands";
import type { Operation, Project } from "../environment/project";
import type { Rhombus } from "../environment/rhombus";
import { declaring, openProject } from "../implementations";

const { ada, ben, chloe } = campusSeed.acme.users;

/** The bucket of the organization: so many calls flow back in a second, and so many it holds. */
export const bucket = { ratePerSecond: 10, burst: 100 } as const;

const LATENCY_MS = 50;
const operations = ["up", "refresh", "destroy"] as const;

/** What one operation took under the rate limit. */
export interface LimitedSample {
  /** Which operation. */
  readonly operation: Operation;
  /** How many groups the stack has. */
  readonly groups: number;
  /** The seconds of the whole command. */
  readonly seconds: number;
  /** The calls. */
  readonly calls: Calls;
  /** Why the operation failed, where it did. */
  readonly failure?: string;
}

/**
 * Deploys, reads and removes groups with three members each, with a full bucket at the start of each operation.
 * @param rhombus The Rhombus that is called. Its limit and its latency are taken away in the end.
 * @param groups How many groups.
 * @param tell Told of each sample.
 */
export async function measureRateLimited(
  rhombus: Rhombus,
  groups: number,
  tell: (sample: LimitedSample) => void,
): Promise<LimitedSample[]> {
  const project = await openProject("ours", rhombus.url);
  const samples: LimitedSample[] = [];
  await rhombus.ask("delayCalls", LATENCY_MS);
  try {
    for (const operation of operations) {
      await rhombus.ask("limitRate", bucket);
      await rhombus.ask("clear");
      const ended = await attempt(project, operation, groups);
      const sample = { operation, groups, calls: await rhombus.ask("calls"), ...ended };
      samples.push(sample);
      tell(sample);
    }
  } finally {
    project.close();
    await rhombus.ask("limitRate", null);
    await rhombus.ask("delayCalls", 0);
  }
  return samples;
}

/**
 * An operation against the seconds that no client can be quicker than: what the bucket does not hold has to flow back first.
 * @param sample The operation.
 * @returns How many calls were answered, that bound, and how many times as long it took from the first call to the last answer.
 */
export function againstBound({ calls: { total, rateLimited, spanSeconds } }: LimitedSample) {
  const answered = total - rateLimited;
  const boundSeconds = Math.max(0, answered - bucket.burst) / bucket.ratePerSecond;
  return { answered, boundSeconds, timesBound: spanSeconds / boundSeconds };
}

/** A failed operation is a result here, and misses its target. */
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
    const { seconds } = await project.run(operation, { env: declaring({ groups, members }), expected });
    return { seconds };
  } catch (error) {
    return { seconds: (performance.now() - startedAt) / 1000, failure: String(error) };
  }
}
