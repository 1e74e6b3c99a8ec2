import { sleep } from "../../../../provider/clock";
import { CallQueue } from "../../../../provider/rhombus/http/callQueue";
import type { Reply } from "../../../../provider/rhombus/http/failures";

/** The documented rate limiter of the vendor, for simulations on a fake clock. */
class TokenBucket {
  private tokens: number;
  private filledAt = Date.now();

  constructor(
    private readonly ratePerSecond: number,
    private readonly burst: number,
  ) {
    this.tokens = burst;
  }

  /** Takes a token, or returns the seconds until there is one. */
  take(): number | undefined {
    const now = Date.now();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) / 1_000) * this.ratePerSecond);
    this.filledAt = now;
    if (this.tokens >= 1) {
      this.tokens -= 1;
      return undefined;
    }
    return Math.max(1, Math.ceil((1 - this.tokens) / this.ratePerSecond));
  }
}

/** The result of a simulated run. */
export interface Run {
  seconds: number;
  refusals: number;
  logged: string[];
  order: number[];
}

/** The bucket of the organization, and the latency of calls. */
interface Surroundings {
  ratePerSecond: number;
  burst: number;
  latencyMs: number;
  maxConcurrency?: number;
}

/** A fake clock. */
interface Clock {
  runAllAsync(): Promise<number>;
}

/** Sends calls through a queue to a bucket, with retries, and advances the fake clock until all are answered. */
export async function simulate(
  clock: Clock,
  { calls, ...surroundings }: Surroundings & { calls: number },
): Promise<Run> {
  const [run] = await simulateTogether(clock, [{ calls }], surroundings);
  if (run === undefined) throw new Error("One queue has one run.");
  return run;
}

/**
 * Sends calls from several processes, each with its own queue, to one bucket. The seconds of a process count from its start.
 */
export async function simulateTogether(
  clock: Clock,
  processes: readonly { calls: number; beginsAtMs?: number }[],
  { ratePerSecond, burst, latencyMs, maxConcurrency = 10 }: Surroundings,
): Promise<Run[]> {
  const bucket = new TokenBucket(ratePerSecond, burst);
  const all = Promise.all(
    processes.map(async ({ calls, beginsAtMs = 0 }) => {
      await sleep(beginsAtMs);
      return runOf(calls, bucket, { latencyMs, maxConcurrency });
    }),
  );
  await clock.runAllAsync();
  return all;
}

async function runOf(
  calls: number,
  bucket: TokenBucket,
  { latencyMs, maxConcurrency }: { latencyMs: number; maxConcurrency: number },
): Promise<Run> {
  const run: Run = { seconds: 0, refusals: 0, logged: [], order: [] };
  const queue = new CallQueue({ maxConcurrency, log: (message) => run.logged.push(message) });
  const startedAt = Date.now();
  const attempt = async (): Promise<Reply> => {
    await sleep(latencyMs / 2);
    const wait = bucket.take();
    await sleep(latencyMs / 2);
    if (wait === undefined) return { kind: "answer", body: "" };
    run.refusals += 1;
    return { kind: "status", status: 429, retryAfterMs: wait * 1_000, body: "" };
  };
  const call = async () => {
    const priority = queue.takePriority();
    while ((await queue.run({ priority, retries: 0 }, attempt)).kind !== "answer");
    run.order.push(priority);
    run.seconds = (Date.now() - startedAt) / 1_000;
  };
  await Promise.all(Array.from({ length: calls }, call));
  return run;
}
