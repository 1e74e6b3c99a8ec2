import assert from "node:assert/strict";
import sinon from "sinon";
import { type AttemptResult, CallQueue } from "../../../../provider/rhombus/http/callQueue";
import { simulate, simulateTogether } from "./tokenBucket";

const lost = (): AttemptResult => ({ kind: "lost" });

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
      const attempt = () => {
        started.push(index);
        return opened;
      };
      return queue.run(queue.takePriority(), attempt, lost);
    });
    await clock.tickAsync(0);
    assert.deepEqual(started, [0, 1]);
    latches[1]?.open();
    await clock.tickAsync(0);
    assert.deepEqual(started, [0, 1, 2]);
    for (const { open } of latches) open();
    await Promise.all(attempts);
  });

  it("admits the next attempt after one that failed, and rejects with its error", async () => {
    const { queue } = queueWith(1);
    await assert.rejects(
      queue.run(queue.takePriority(), () => Promise.reject(new Error("broken")), lost),
      /broken/,
    );
    assert.equal(await queue.run(queue.takePriority(), () => Promise.resolve("next"), lost), "next");
  });

  it("admits a retry before calls that came later", async () => {
    const { queue } = queueWith(1);
    const [first, blocker, second] = [queue.takePriority(), queue.takePriority(), queue.takePriority()];
    const { opened, open } = latch();
    const order: string[] = [];
    const attempts = [
      queue.run(blocker, () => opened, lost),
      queue.run(second, async () => order.push("second"), lost),
      queue.run(first, async () => order.push("first again"), lost),
    ];
    open();
    await Promise.all(attempts);
    assert.deepEqual(order, ["first again", "second"]);
  });

  it("pauses all calls after a 429 and logs it once", async () => {
    const { queue, logged } = queueWith();
    const refused = () =>
      queue.run(
        1,
        () => Promise.reject(new Error("429")),
        () => ({ kind: "limited", pauseMs: 2_500 }),
      );
    await queue.run(1, () => Promise.resolve(), lost);
    await Promise.all([assert.rejects(refused()), assert.rejects(refused())]);
    const passed = sinon.spy();
    const waiting = queue.run(2, async () => passed(), lost);
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
