import assert from "node:assert/strict";
import {
  FIRST_GUESS,
  initialPace,
  type Pace,
  type PaceEvent,
  pace,
  waitMs,
} from "../../../../provider/rhombus/http/pacing";

const limited = (at: number, pauseMs = 1_000, startedAt = at): PaceEvent => ({
  type: "limited",
  at,
  startedAt,
  pauseMs,
});
const paceAfter = (state: Pace, ...events: PaceEvent[]): Pace => events.reduce(pace, state);
const answers = (count: number, at: number): PaceEvent[] =>
  Array.from({ length: count }, () => ({ type: "answered", at }));

/** The number of calls that can start in an interval if each starts as early as possible. */
function startsBetween(state: Pace, from: number, until: number): number {
  let [now, starts, current] = [from, 0, state];
  for (;;) {
    const wait = waitMs(current, now);
    now += wait;
    if (now >= until) return starts;
    if (wait > 0) continue;
    current = pace(current, { type: "started", at: now });
    starts += 1;
  }
}

describe("pace", () => {
  it("does not delay calls before the first 429", () => {
    const state = paceAfter(initialPace(0), ...answers(50, 1), { type: "started", at: 1 });
    assert.equal(waitMs(state, 1), 0);
  });

  it("delays all calls until the pause after a 429 ends", () => {
    const state = paceAfter(initialPace(0), limited(5_000, 3_000));
    assert.equal(waitMs(state, 5_000), 3_000);
    assert.equal(waitMs(state, 7_900), 100);
    assert.equal(waitMs(state, 8_000), 0);
  });

  it("uses the refill during the pause, then about ten calls per second", () => {
    const state = paceAfter(initialPace(0), ...answers(100, 0), limited(0));
    assert.equal(startsBetween(state, 1_000, 1_001), 9);
    const nextTenSeconds = startsBetween(state, 0, 11_000);
    assert.ok(nextTenSeconds >= 103 && nextTenSeconds <= 110, `${nextTenSeconds} calls`);
  });

  it("assumes that a full bucket is ten seconds of refill", () => {
    const state = paceAfter(initialPace(0), ...answers(600, 10_000), limited(10_000));
    assert.equal(state.ratePerSecond, 30);
  });

  it("does not start below the first guess if others have emptied the bucket", () => {
    assert.equal(paceAfter(initialPace(0), ...answers(3, 100), limited(100)).ratePerSecond, FIRST_GUESS);
  });

  it("measures the rate between two 429, and leaves a fifth of it to others", () => {
    const state = paceAfter(initialPace(0), limited(0), ...answers(40, 10_000), limited(20_000));
    assert.equal(state.ratePerSecond, 1.6);
  });

  it("continues to measure over 429 that come close together", () => {
    const close = paceAfter(initialPace(0), limited(0), ...answers(5, 1_500), limited(2_000));
    const state = paceAfter(close, ...answers(15, 3_000), limited(4_000));
    assert.equal(state.ratePerSecond, 4);
  });

  it("halves the rate if no call succeeds between two 429", () => {
    assert.equal(paceAfter(initialPace(0), limited(0), limited(4_000)).ratePerSecond, FIRST_GUESS / 2);
  });

  it("gains about as much as a process with a larger share of the bucket", () => {
    const [small, large] = [10, 80].map((calls) => {
      return paceAfter(initialPace(0), limited(0), ...answers(calls, 5_000), limited(10_000));
    });
    assert.ok(small !== undefined && large !== undefined);
    const busy = (state: Pace, until: number) => startsBetween(state, 10_000, until);
    const gained = (state: Pace) =>
      busy(state, 40_000) - busy(state, 30_000) - (busy(state, 21_000) - busy(state, 11_000));
    assert.equal(large.ratePerSecond, 8 * small.ratePerSecond);
    assert.ok(gained(small) >= 0.9 * gained(large), `${gained(small)} and ${gained(large)}`);
  });

  it("counts 429 of calls that were sent before the pause as the same empty bucket", () => {
    const first = paceAfter(initialPace(0), ...answers(100, 0), limited(1_000));
    const state = paceAfter(first, limited(1_050, 4_000, 990));
    assert.equal(state.ratePerSecond, first.ratePerSecond);
    assert.equal(state.emptyAt, 1_000);
    assert.equal(state.pausedUntil, 5_050);
  });

  it("does not accumulate calls during a long pause", () => {
    const state = paceAfter(initialPace(0), limited(0, 60_000));
    assert.ok(startsBetween(state, 60_000, 60_001) <= 2 * FIRST_GUESS);
  });

  it("speeds up, slowly at first, without a 429", () => {
    const state = paceAfter(initialPace(0), limited(0));
    const busy = (until: number) => startsBetween(state, 0, until);
    const [first, last] = [busy(10_000), busy(120_000) - busy(110_000)];
    assert.ok(first <= 10 * FIRST_GUESS && last >= 30 * FIRST_GUESS, `${first}, then ${last} in ten seconds`);
  });

  it("admits at most a full bucket after idling", () => {
    const state = paceAfter(initialPace(0), limited(0));
    assert.equal(startsBetween(state, 100_000, 100_001), 10 * FIRST_GUESS);
  });

  it("resets the limit after five idle minutes", () => {
    const quiet = paceAfter(initialPace(0), limited(0), limited(4_000), { type: "started", at: 400_000 });
    assert.equal(quiet.emptyAt, undefined);
    assert.equal(quiet.ratePerSecond, FIRST_GUESS);
    assert.equal(waitMs(quiet, 400_000), 0);
  });
});
