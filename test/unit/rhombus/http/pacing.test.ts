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

/** How many calls may start between two moments when each starts as soon as it may. */
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
  it("does not hold anything back before the first 429", () => {
    const state = paceAfter(initialPace(0), ...answers(50, 1), { type: "started", at: 1 });
    assert.equal(waitMs(state, 1), 0);
  });

  it("holds everything back until the pause that a 429 asks for is over", () => {
    const state = paceAfter(initialPace(0), limited(5_000, 3_000));
    assert.equal(waitMs(state, 5_000), 3_000);
    assert.equal(waitMs(state, 7_900), 100);
    assert.equal(waitMs(state, 8_000), 0);
  });

  it("uses what the bucket has refilled during the pause, then about ten calls a second", () => {
    const state = paceAfter(initialPace(0), ...answers(100, 0), limited(0));
    assert.equal(startsBetween(state, 1_000, 1_001), 9);
    const nextTenSeconds = startsBetween(state, 0, 11_000);
    assert.ok(nextTenSeconds >= 103 && nextTenSeconds <= 110, `${nextTenSeconds} calls`);
  });

  it("takes a full bucket for ten seconds of refill", () => {
    const state = paceAfter(initialPace(0), ...answers(600, 10_000), limited(10_000));
    assert.equal(state.ratePerSecond, 30);
  });

  it("does not begin below the first guess when others have emptied the bucket", () => {
    assert.equal(paceAfter(initialPace(0), ...answers(3, 100), limited(100)).ratePerSecond, FIRST_GUESS);
  });

  it("learns the rate from the calls between two 429, and leaves a fifth of it to others", () => {
    const state = paceAfter(initialPace(0), limited(0), ...answers(40, 10_000), limited(20_000));
    assert.equal(state.ratePerSecond, 1.6);
  });

  it("measures on over 429 that come close together", () => {
    const close = paceAfter(initialPace(0), limited(0), ...answers(5, 1_500), limited(2_000));
    const state = paceAfter(close, ...answers(15, 3_000), limited(4_000));
    assert.equal(state.ratePerSecond, 4);
  });

  it("halves the rate when nothing got through between two 429", () => {
    assert.equal(paceAfter(initialPace(0), limited(0), limited(4_000)).ratePerSecond, FIRST_GUESS / 2);
  });

  it("gains about as much in a time as one who has a larger share of the bucket", () => {
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

  it("takes 429 of calls that were sent before the pause for the same emptiness", () => {
    const first = paceAfter(initialPace(0), ...answers(100, 0), limited(1_000));
    const state = paceAfter(first, limited(1_050, 4_000, 990));
    assert.equal(state.ratePerSecond, first.ratePerSecond);
    assert.equal(state.emptyAt, 1_000);
    assert.equal(state.pausedUntil, 5_050);
  });

  it("does not save up calls over a long pause", () => {
    const state = paceAfter(initialPace(0), limited(0, 60_000));
    assert.ok(startsBetween(state, 60_000, 60_001) <= 2 * FIRST_GUESS);
  });

  it("goes faster, slowly at first, while no 429 comes", () => {
    const state = paceAfter(initialPace(0), limited(0));
    const busy = (until: number) => startsBetween(state, 0, until);
    const [first, last] = [busy(10_000), busy(120_000) - busy(110_000)];
    assert.ok(first <= 10 * FIRST_GUESS && last >= 30 * FIRST_GUESS, `${first}, then ${last} in ten seconds`);
  });

  it("lets no more through after idling than a full bucket holds", () => {
    const state = paceAfter(initialPace(0), limited(0));
    assert.equal(startsBetween(state, 100_000, 100_001), 10 * FIRST_GUESS);
  });

  it("forgets the limit after five quiet minutes", () => {
    const quiet = paceAfter(initialPace(0), limited(0), limited(4_000), { type: "started", at: 400_000 });
    assert.equal(quiet.emptyAt, undefined);
    assert.equal(quiet.ratePerSecond, FIRST_GUESS);
    assert.equal(waitMs(quiet, 400_000), 0);
  });
});
