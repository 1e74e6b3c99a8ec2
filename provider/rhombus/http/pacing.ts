/**
 * An estimate of the organization's token bucket. The vendor publishes neither its size nor its refill rate. Before the first 429 nothing
 * is limited; after it, a local bucket imitates the vendor's, which is empty at each 429. Times are milliseconds of a monotonic clock.
 */
export interface Pace {
  /** Calls per second for this process. Others may share the bucket. */
  readonly ratePerSecond: number;
  /** The estimated refill rate of the bucket for all who share it, in calls per second. */
  readonly capacity: number;
  /** The end of the pause after a 429. */
  readonly pausedUntil: number;
  /** The time of the first 429 of the latest pause; absent before any 429. */
  readonly emptyAt?: number;
  /** The time since which the local bucket fills. */
  readonly fillingSince: number;
  /** The calls taken from the local bucket since then. */
  readonly taken: number;
  /** The start of the measurement of the rate. The vendor's bucket was empty then; before the first 429 it was full. */
  readonly measuredSince: number;
  /** The calls answered since then. */
  readonly answered: number;
}

/** An event that changes the estimate, with its time `at`. */
export type PaceEvent =
  /** An attempt is sent. */
  | { readonly type: "started"; readonly at: number }
  /** An attempt was answered, but not with 429, so it took a token. */
  | { readonly type: "answered"; readonly at: number }
  /** An attempt sent at `startedAt` was answered 429: nothing may be sent for `pauseMs`. */
  | { readonly type: "limited"; readonly at: number; readonly startedAt: number; readonly pauseMs: number };

/** The rate at the first 429, in calls per second: a number that the vendor once published. */
export const FIRST_GUESS = 10;

// The vendor documents that a full bucket holds about ten seconds of refill.
const BURST_SECONDS = 10;

// Slightly under the estimate, so that a small error does not cause a 429 at once.
const SAFETY_FACTOR = 0.95;

// Without a 429 the rate grows, slowly at first: by a tenth of the capacity after 10 s, by all of it after 30 s. Processes that share the
// bucket grow by the same amount, whatever their own rate.
const GROWTH_SECONDS = 30;

// Each 429 after the first leaves a part of the bucket to others. A process that takes more meets more of them, so the shares converge.
// A process alone loses nothing: the bucket accumulates what is not taken until the rate has grown.
const RATE_AFTER_LIMIT = 0.8;

// The measured rate is the bucket's only without other users, so the capacity follows it slowly.
const CAPACITY_AFTER_LIMIT = 0.95;

// The credit of a long pause is limited: a long pause more likely means a slow refill.
const LONGEST_CREDIT_MS = 2_000;

// Two 429 within this time say little about the rate, so the measurement continues.
const SHORTEST_MEASUREMENT_MS = 3_000;

const IDLE_RESET_MS = 300_000;
const SLOWEST_RATE = 1 / 60;

/** The estimate before any call. */
export function initialPace(at: number): Pace {
  return {
    ratePerSecond: FIRST_GUESS,
    capacity: FIRST_GUESS,
    pausedUntil: Number.NEGATIVE_INFINITY,
    fillingSince: at,
    taken: 0,
    measuredSince: at,
    answered: 0,
  };
}

/** The estimate after an event. */
export function pace(state: Pace, event: PaceEvent): Pace {
  switch (event.type) {
    case "started":
      return afterStart(state, event.at);
    case "answered":
      return { ...state, answered: state.answered + 1 };
    case "limited":
      return afterLimit(state, event);
  }
}

/** The wait before the next attempt, in milliseconds; 0 if it may start. It may be slightly short, so check again after it. */
export function waitMs(state: Pace, now: number): number {
  if (now < state.pausedUntil) return state.pausedUntil - now;
  const missing = 1 - available(state, now);
  return missing <= 0 ? 0 : Math.max(1, Math.ceil((missing / currentRate(state, now)) * 1_000));
}

function afterStart(state: Pace, at: number): Pace {
  if (state.emptyAt === undefined) return state;
  if (at - state.emptyAt > IDLE_RESET_MS) return initialPace(at);
  return { ...state, taken: earned(state, at) - available(state, at) + 1 };
}

function afterLimit(state: Pace, { at, startedAt, pauseMs }: Extract<PaceEvent, { type: "limited" }>): Pace {
  const pausedUntil = Math.max(state.pausedUntil, at + pauseMs);
  const fillingSince = Math.max(state.emptyAt ?? at, pausedUntil - LONGEST_CREDIT_MS);
  // Sent before the pause began: the bucket was empty for the same reason.
  if (state.emptyAt !== undefined && startedAt <= state.emptyAt)
    return { ...state, pausedUntil, fillingSince, taken: 0 };
  const ratePerSecond = estimate(state, at);
  const emptied = {
    ratePerSecond,
    capacity: Math.max(ratePerSecond, state.emptyAt === undefined ? 0 : CAPACITY_AFTER_LIMIT * state.capacity),
    pausedUntil,
    emptyAt: at,
    fillingSince: Math.max(at, pausedUntil - LONGEST_CREDIT_MS),
    taken: 0,
  };
  const conclusive = state.emptyAt === undefined || at - state.measuredSince >= SHORTEST_MEASUREMENT_MS;
  return conclusive
    ? { ...emptied, measuredSince: at, answered: 0 }
    : { ...emptied, measuredSince: state.measuredSince, answered: state.answered };
}

function estimate(state: Pace, at: number): number {
  const seconds = (at - state.measuredSince) / 1_000;
  // Before the first 429 a full bucket and its refill were used. Other users make this estimate too low, never too high.
  if (state.emptyAt === undefined) return Math.max(FIRST_GUESS, state.answered / (BURST_SECONDS + seconds));
  if (state.answered === 0 || seconds <= 0) return Math.max(SLOWEST_RATE, state.ratePerSecond / 2);
  return Math.max(SLOWEST_RATE, (RATE_AFTER_LIMIT * state.answered) / seconds);
}

/** The calls in the local bucket. */
function available(state: Pace, now: number): number {
  if (state.emptyAt === undefined || now - state.emptyAt > IDLE_RESET_MS) return Number.POSITIVE_INFINITY;
  return Math.min(earned(state, now) - state.taken, Math.max(1, state.ratePerSecond * BURST_SECONDS));
}

/** The calls that have filled the local bucket: the integral of the current rate. */
function earned(state: Pace, now: number): number {
  const seconds = Math.max(0, now - state.fillingSince) / 1_000;
  return state.ratePerSecond * SAFETY_FACTOR * seconds + (state.capacity * seconds ** 3) / (3 * GROWTH_SECONDS ** 2);
}

function currentRate(state: Pace, now: number): number {
  const seconds = Math.max(0, now - state.fillingSince) / 1_000;
  return state.ratePerSecond * SAFETY_FACTOR + state.capacity * (seconds / GROWTH_SECONDS) ** 2;
}
