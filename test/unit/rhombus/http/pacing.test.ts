import assert from "node:assert/strict";
import { FIRST_GUESS, Pacing } from "../../../../provider/rhombus/http/pacing";

type Event = (pacing: Pacing) => void;

const limited =
  (at: number, pauseMs = 1_000, startedAt = at): Event =>
  (pacing) =>
    pacing.gotLimit(at, startedAt, pauseMs);
const answers =
  (count: number): Event =>
  (pacing) => {
    for (let answer = 0; answer < count; answer += 1) pacing.gotAnswer();
  };

function pacingAfter(...events: Event[]): Pacing {
  const pacing = new Pacing(0);
  for (const event of events) event(pacing);
  return pacing;
}

/** The number of calls that can start in an interval if each starts as early as possible. */
function startsBetween(pacing: Pacing, from: number, until: number): number {
  let [now, starts] = [from, 0];
  for (;;) {
    const wait = pacing.waitMs(now);
    now += wait;
    if (now >= until) return starts;
    if (wait > 0) continue;
    pacing.started(now);
    starts += 1;
  }
}

describe("pacing", () => {
  it("does not delay calls before the first 429", () => {
    const pacing = pacingAfter(answers(50));
    pacing.started(1);
    assert.equal(pacing.waitMs(1), 0);
  });

  it("delays all calls until the pause after a 429 ends", () => {
    const pacing = pacingAfter(limited(5_000, 3_000));
    assert.equal(pacing.waitMs(5_000), 3_000);
    assert.equal(pacing.waitMs(7_900), 100);
    assert.equal(pacing.waitMs(8_000), 0);
  });

  it("uses the refill during the pause, then about ten calls per second", () => {
    const pacing = () => pacingAfter(answers(100), limited(0));
    assert.equal(startsBetween(pacing(), 1_000, 1_001), 9);
    const nextTenSeconds = startsBetween(pacing(), 0, 11_000);
    assert.ok(nextTenSeconds >= 103 && nextTenSeconds <= 110, `${nextTenSeconds} calls`);
  });

  it("assumes that a full bucket is ten seconds of refill", () => {
    const pacing = pacingAfter(answers(600), limited(10_000));
    assert.equal(pacing.ratePerSecond, 30);
  });

  it("does not start below the first guess if others have emptied the bucket", () => {
    assert.equal(pacingAfter(answers(3), limited(100)).ratePerSecond, FIRST_GUESS);
  });

  it("measures the rate between two 429, and leaves a fifth of it to others", () => {
    const pacing = pacingAfter(limited(0), answers(40), limited(20_000));
    assert.equal(pacing.ratePerSecond, 1.6);
  });

  it("continues to measure over 429 that come close together", () => {
    const pacing = pacingAfter(limited(0), answers(5), limited(2_000), answers(15), limited(4_000));
    assert.equal(pacing.ratePerSecond, 4);
  });

  it("halves the rate if no call succeeds between two 429", () => {
    assert.equal(pacingAfter(limited(0), limited(4_000)).ratePerSecond, FIRST_GUESS / 2);
  });

  it("gains about as much as a process with a larger share of the bucket", () => {
    const measured = (calls: number) => pacingAfter(limited(0), answers(calls), limited(10_000));
    const busy = (calls: number, until: number) => startsBetween(measured(calls), 10_000, until);
    const gained = (calls: number) =>
      busy(calls, 40_000) - busy(calls, 30_000) - (busy(calls, 21_000) - busy(calls, 11_000));
    assert.deepEqual([measured(10).ratePerSecond, measured(80).ratePerSecond], [0.8, 6.4]);
    assert.ok(gained(10) >= 0.9 * gained(80), `${gained(10)} and ${gained(80)}`);
  });

  it("counts 429 of calls that were sent before the pause as the same empty bucket", () => {
    const pacing = pacingAfter(answers(100), limited(1_000));
    const { ratePerSecond } = pacing;
    assert.equal(pacing.gotLimit(1_050, 990, 4_000), false);
    assert.deepEqual([pacing.ratePerSecond, pacing.pausedUntil], [ratePerSecond, 5_050]);
  });

  it("does not accumulate calls during a long pause", () => {
    const pacing = pacingAfter(limited(0, 60_000));
    assert.ok(startsBetween(pacing, 60_000, 60_001) <= 2 * FIRST_GUESS);
  });

  it("speeds up, slowly at first, without a 429", () => {
    const busy = (until: number) => startsBetween(pacingAfter(limited(0)), 0, until);
    const [first, last] = [busy(10_000), busy(120_000) - busy(110_000)];
    assert.ok(first <= 10 * FIRST_GUESS && last >= 30 * FIRST_GUESS, `${first}, then ${last} in ten seconds`);
  });

  it("admits at most a full bucket after idling", () => {
    const pacing = pacingAfter(limited(0));
    assert.equal(startsBetween(pacing, 100_000, 100_001), 10 * FIRST_GUESS);
  });

  it("resets the limit after five idle minutes", () => {
    const pacing = pacingAfter(limited(0), limited(4_000));
    pacing.started(400_000);
    assert.equal(pacing.ratePerSecond, undefined);
    assert.equal(pacing.waitMs(400_000), 0);
  });
});
