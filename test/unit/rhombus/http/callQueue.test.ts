import assert from "node:assert/strict";
import sinon from "sinon";
import { CallQueue } from "../../../../provider/rhombus/http/callQueue";
import { simulate, simulateTogether } from "./tokenBucket";

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

  for (const latencyMs of [0, 50]) {
    for (const calls of [150, 400, 1_000]) {
      it(`makes ${calls} calls of ${latencyMs} ms at nearly the rate of a bucket of 10/s, with few 429`, async () => {
        const run = await simulate(clock, { calls, ratePerSecond: 10, burst: 100, latencyMs });
        assert.ok(run.seconds <= 1.15 * ((calls - 100) / 10), `${run.seconds} s`);
        assert.ok(run.refusals <= 20, `${run.refusals} answers 429`);
        assert.equal(run.order.length, calls);
      });
    }
  }

  for (const [ratePerSecond, burst] of [
    [1, 10],
    [3, 30],
    [20, 200],
    [10, 20],
  ] as const) {
    it(`adapts to a bucket of ${ratePerSecond}/s with a burst of ${burst}`, async () => {
      const run = await simulate(clock, { calls: 500, ratePerSecond, burst, latencyMs: 20 });
      assert.ok(run.seconds <= 1.1 * ((500 - burst) / ratePerSecond), `${run.seconds} s`);
    });
  }

  for (const latencyMs of [0, 50, 120]) {
    it(`shares a bucket with another process without starvation, with calls of ${latencyMs} ms`, async () => {
      const bucket = { ratePerSecond: 10, burst: 100, latencyMs };
      const runs = await simulateTogether(clock, [{ calls: 500 }, { calls: 500 }], bucket);
      for (const { seconds } of runs) assert.ok(seconds <= 1.2 * 90, `${seconds} s, where both need 90 s`);
    });

    it(`leaves half the bucket to another process that starts later, with calls of ${latencyMs} ms`, async () => {
      const bucket = { ratePerSecond: 10, burst: 100, latencyMs };
      const [first, late] = await simulateTogether(
        clock,
        [{ calls: 1_500 }, { calls: 300, beginsAtMs: 60_000 }],
        bucket,
      );
      assert.ok(first && first.seconds <= 1.2 * 170, `${first?.seconds} s, where both need 170 s`);
      assert.ok(late && late.seconds <= 1.5 * 60, `${late?.seconds} s for 300 calls, where half the bucket is 5/s`);
    });
  }

  it("admits calls in their order of arrival, retries included", async () => {
    const run = await simulate(clock, { calls: 200, ratePerSecond: 10, burst: 100, latencyMs: 20, maxConcurrency: 1 });
    assert.deepEqual(
      run.order,
      [...run.order].sort((a, b) => a - b),
    );
  });
});
