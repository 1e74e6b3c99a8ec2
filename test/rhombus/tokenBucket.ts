import { Gate, type Verdict } from "../../provider/rhombus/gate";

/** The vendor's rate limiter as its pages describe it, for simulations on a fake clock. */
class TokenBucket {
  /** How many tries were answered 429. */
  refusals = 0;
  private tokens: number;
  private filledAt = Date.now();

  constructor(
    private readonly ratePerSecond: number,
    private readonly burst: number,
  ) {
    this.tokens = burst;
  }

  /** Takes a token, or answers after how many seconds there is one. */
  take(): number | undefined {
    const now = Date.now();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) / 1_000) * this.ratePerSecond);
    this.filledAt = now;
    if (this.tokens >= 1) {
      this.tokens -= 1;
      return undefined;
    }
    this.refusals += 1;
    return Math.max(1, Math.ceil((1 - this.tokens) / this.ratePerSecond));
  }
}

/** What a simulated run did. */
export interface Run {
  seconds: number;
  refusals: number;
  logged: string[];
  order: number[];
}

class Refused extends Error {
  constructor(readonly seconds: number) {
    super("429");
  }
}

/** Sends calls through a gate to a bucket, each as often as it takes, and advances the fake clock until all are answered. */
export async function simulate(
  clock: { runAllAsync(): Promise<number> },
  options: { calls: number; ratePerSecond: number; burst: number; latencyMs: number; maxConcurrency?: number },
): Promise<Run> {
  const bucket = new TokenBucket(options.ratePerSecond, options.burst);
  const logged: string[] = [];
  const order: number[] = [];
  const gate = new Gate({ maxConcurrency: options.maxConcurrency ?? 10, log: (message) => logged.push(message) });
  const startedAt = Date.now();
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const attempt = async () => {
    await sleep(options.latencyMs / 2);
    const wait = bucket.take();
    await sleep(options.latencyMs / 2);
    if (wait !== undefined) throw new Refused(wait);
  };
  const verdictOf = (error: unknown): Verdict =>
    error instanceof Refused ? { kind: "limited", pauseMs: error.seconds * 1_000 } : { kind: "lost" };
  let finishedAt = startedAt;
  const call = async () => {
    const ticket = gate.takeTicket();
    for (;;) {
      const refused = await gate.pass(ticket, attempt, verdictOf).then(
        () => false,
        () => true,
      );
      if (!refused) break;
    }
    order.push(ticket);
    finishedAt = Date.now();
  };
  const all = Promise.all(Array.from({ length: options.calls }, call));
  await clock.runAllAsync();
  await all;
  return { seconds: (finishedAt - startedAt) / 1_000, refusals: bucket.refusals, logged, order };
}
