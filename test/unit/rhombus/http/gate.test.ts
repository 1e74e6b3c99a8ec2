import assert from "node:assert/strict";
import sinon from "sinon";
import { Gate, type Verdict } from "../../../../provider/rhombus/http/gate";
import { simulate, simulateTogether } from "./tokenBucket";

const lost = (): Verdict => ({ kind: "lost" });

/** Something to wait for that the test ends. */
function latch(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe("gate", () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ now: 1_000_000, loopLimit: 1_000_000 });
  });
  afterEach(() => clock.restore());

  function gateWith(maxConcurrency = 10) {
    const logged: string[] = [];
    return { gate: new Gate({ maxConcurrency, log: (message) => logged.push(message) }), logged };
  }

  it("keeps no more tries in flight than it has places", async () => {
    const { gate } = gateWith(2);
    const latches = [latch(), latch(), latch()];
    const started: number[] = [];
    const tries = latches.map(({ opened }, index) => {
      const attempt = () => {
        started.push(index);
        return opened;
      };
      return gate.pass(gate.takeTicket(), attempt, lost);
    });
    await clock.tickAsync(0);
    assert.deepEqual(started, [0, 1]);
    latches[1]?.open();
    await clock.tickAsync(0);
    assert.deepEqual(started, [0, 1, 2]);
    for (const { open } of latches) open();
    await Promise.all(tries);
  });

  it("gives the place of a failed try to the next one and passes the error on", async () => {
    const { gate } = gateWith(1);
    await assert.rejects(
      gate.pass(gate.takeTicket(), () => Promise.reject(new Error("broken")), lost),
      /broken/,
    );
    assert.equal(await gate.pass(gate.takeTicket(), () => Promise.resolve("next"), lost), "next");
  });

  it("lets a call that is tried again pass before calls that came later", async () => {
    const { gate } = gateWith(1);
    const [first, blocker, second] = [gate.takeTicket(), gate.takeTicket(), gate.takeTicket()];
    const { opened, open } = latch();
    const order: string[] = [];
    const tries = [
      gate.pass(blocker, () => opened, lost),
      gate.pass(second, async () => order.push("second"), lost),
      gate.pass(first, async () => order.push("first again"), lost),
    ];
    open();
    await Promise.all(tries);
    assert.deepEqual(order, ["first again", "second"]);
  });

  it("pauses everything after a 429 and says so once", async () => {
    const { gate, logged } = gateWith();
    const refused = () =>
      gate.pass(
        1,
        () => Promise.reject(new Error("429")),
        () => ({ kind: "limited", pauseMs: 2_500 }),
      );
    await gate.pass(1, () => Promise.resolve(), lost);
    await Promise.all([assert.rejects(refused()), assert.rejects(refused())]);
    const passed = sinon.spy();
    const waiting = gate.pass(2, async () => passed(), lost);
    await clock.tickAsync(2_499);
    assert.equal(passed.callCount, 0);
    await clock.tickAsync(1);
    await waiting;
    assert.deepEqual(logged, ["rhombus: rate limited, resuming in 3 s (1 call done)"]);
  });

  for (const latencyMs of [0, 50]) {
    for (const calls of [150, 400, 1_000]) {
      it(`drives ${calls} calls of ${latencyMs} ms close to what a bucket of 10/s allows, with few 429`, async () => {
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
    it(`finds the pace of a bucket of ${ratePerSecond}/s that holds ${burst}`, async () => {
      const run = await simulate(clock, { calls: 500, ratePerSecond, burst, latencyMs: 20 });
      assert.ok(run.seconds <= 1.1 * ((500 - burst) / ratePerSecond), `${run.seconds} s`);
    });
  }

  for (const latencyMs of [0, 50, 120]) {
    it(`shares a bucket with another process, calls taking ${latencyMs} ms, so that neither starves`, async () => {
      const bucket = { ratePerSecond: 10, burst: 100, latencyMs };
      const runs = await simulateTogether(clock, [{ calls: 500 }, { calls: 500 }], bucket);
      for (const { seconds } of runs) assert.ok(seconds <= 1.2 * 90, `${seconds} s, where both need 90 s`);
    });

    it(`leaves half the bucket to another process that begins later, calls taking ${latencyMs} ms`, async () => {
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

  it("serves calls in the order in which they came, whatever is tried again", async () => {
    const run = await simulate(clock, { calls: 200, ratePerSecond: 10, burst: 100, latencyMs: 20, maxConcurrency: 1 });
    assert.deepEqual(
      run.order,
      [...run.order].sort((a, b) => a - b),
    );
  });
});
