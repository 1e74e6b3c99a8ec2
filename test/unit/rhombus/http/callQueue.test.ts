import assert from "node:assert/strict";
import sinon from "sinon";
import { sleep } from "../../../../provider/clock";
import { CallQueue } from "../../../../provider/rhombus/http/callQueue";
import type { Reply } from "../../../../provider/rhombus/http/failures";

/** The documented rate limiter of Rhombus, for simulations on a fake clock. */
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
interface Run {
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

/**
 * Sends calls from processes, each with its own queue, to one bucket, with retries, and advances the fake clock until all are answered.
 * The seconds of a process count from its start.
 */
async function simulate(
  clock: sinon.SinonFakeTimers,
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

const answer = { kind: "answer", body: "" } as const;
const turn = (priority: number) => ({ priority, retries: 0 });

/** A promise that the test resolves. */
function latch(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe("call queue", () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ now: 1_000_000, loopLimit: 1_000_000 });
  });
  afterEach(() => clock.restore());

  function queueWith(maxConcurrency = 10) {
    const logged: string[] = [];
    return { queue: new CallQueue({ maxConcurrency, log: (message) => logged.push(message) }), logged };
  }

  it("admits no more attempts at once than maxConcurrency", async () => {
    const { queue } = queueWith(2);
    const latches = [latch(), latch(), latch()];
    const started: number[] = [];
    const attempts = latches.map(({ opened }, index) => {
      return queue.run(turn(index), async () => {
        started.push(index);
        await opened;
        return answer;
      });
    });
    await clock.tickAsync(0);
    assert.deepEqual(started, [0, 1]);
    latches[1]?.open();
    await clock.tickAsync(0);
    assert.deepEqual(started, [0, 1, 2]);
    for (const { open } of latches) open();
    await Promise.all(attempts);
  });

  it("admits the next attempt after one that threw, and rejects with its error", async () => {
    const { queue } = queueWith(1);
    await assert.rejects(
      queue.run(turn(1), () => Promise.reject(new Error("broken"))),
      /broken/,
    );
    assert.equal(await queue.run(turn(2), async () => answer), answer);
  });

  it("admits a retry before calls that came later", async () => {
    const { queue } = queueWith(1);
    const { opened, open } = latch();
    const order: string[] = [];
    const noting = (name: string) => async () => {
      order.push(name);
      return answer;
    };
    const attempts = [
      queue.run(turn(2), () => opened.then(() => answer)),
      queue.run(turn(3), noting("second")),
      queue.run(turn(1), noting("first again")),
    ];
    open();
    await Promise.all(attempts);
    assert.deepEqual(order, ["first again", "second"]);
  });

  it("pauses all calls after a 429 and logs it once", async () => {
    const { queue, logged } = queueWith();
    const limited = { kind: "status", status: 429, retryAfterMs: 2_500, body: "" } as const;
    await queue.run(turn(1), async () => answer);
    await Promise.all([queue.run(turn(1), async () => limited), queue.run(turn(1), async () => limited)]);
    const passed = sinon.spy(async () => answer);
    const waiting = queue.run(turn(2), passed);
    await clock.tickAsync(2_499);
    assert.equal(passed.callCount, 0);
    await clock.tickAsync(1);
    await waiting;
    assert.deepEqual(logged, ["rhombus: rate limited, resuming in 3 s (1 call done)"]);
  });

  for (const [calls, ratePerSecond, burst, latencyMs, excess] of [
    [150, 10, 100, 50, 1.15],
    [1_000, 10, 100, 0, 1.15],
    [500, 1, 10, 20, 1.1],
    [500, 20, 200, 20, 1.1],
    [500, 10, 20, 20, 1.1],
  ] as const) {
    it(`makes ${calls} calls at nearly the rate of a bucket of ${ratePerSecond}/s, with few 429`, async () => {
      const [run] = await simulate(clock, [{ calls }], { ratePerSecond, burst, latencyMs });
      assert.ok(run && run.seconds <= excess * ((calls - burst) / ratePerSecond), `${run?.seconds} s`);
      if (burst === 100) assert.ok(run.refusals <= 20, `${run.refusals} answers 429`);
      assert.equal(run.order.length, calls);
    });
  }

  for (const latencyMs of [0, 120]) {
    it(`shares a bucket with another process without starvation, with calls of ${latencyMs} ms`, async () => {
      const bucket = { ratePerSecond: 10, burst: 100, latencyMs };
      const runs = await simulate(clock, [{ calls: 500 }, { calls: 500 }], bucket);
      for (const { seconds } of runs) assert.ok(seconds <= 1.2 * 90, `${seconds} s, where both need 90 s`);
    });

    it(`leaves half the bucket to another process that starts later, with calls of ${latencyMs} ms`, async () => {
      const bucket = { ratePerSecond: 10, burst: 100, latencyMs };
      const [first, late] = await simulate(clock, [{ calls: 1_500 }, { calls: 300, beginsAtMs: 60_000 }], bucket);
      assert.ok(first && first.seconds <= 1.2 * 170, `${first?.seconds} s, where both need 170 s`);
      assert.ok(late && late.seconds <= 1.5 * 60, `${late?.seconds} s for 300 calls, where half the bucket is 5/s`);
    });
  }

  it("admits calls in their order of arrival, retries included", async () => {
    const bucket = { ratePerSecond: 10, burst: 100, latencyMs: 20, maxConcurrency: 1 };
    const [run] = await simulate(clock, [{ calls: 200 }], bucket);
    assert.deepEqual(
      run?.order,
      Array.from({ length: 200 }, (_, index) => index + 1),
    );
  });
});
