/**
 * What is known about the organization's token bucket, of which the vendor publishes neither size nor refill rate. Nothing is assumed before the first 429;
 * from then on a bucket of our own imitates the vendor's, which is empty whenever it answers 429. Times are milliseconds of any clock that only goes forward.
 */
export interface Pace {
  /** How many calls a second there are for us, as others may share the bucket. */
  readonly ratePerSecond: number;
  /** How many calls a second the bucket is believed to refill for all who share it. */
  readonly capacity: number;
  /** When the pause that a 429 opened ends. */
  readonly pausedUntil: number;
  /** When the first 429 of the latest pause came, absent while no 429 has come. */
  readonly emptyAt?: number;
  /** Since when our bucket fills. */
  readonly fillingSince: number;
  /** How many calls have been taken from our bucket since then. */
  readonly taken: number;
  /** When the measurement of the rate began; the vendor's bucket was empty then, or full before the first 429. */
  readonly measuredSince: number;
  /** How many calls have been answered since then. */
  readonly answered: number;
}

/** What happens to a pace. `at` is when. */
export type PaceEvent =
  /** A call is sent. */
  | { readonly type: "started"; readonly at: number }
  /** A call has been answered with anything but 429, so it took a token. */
  | { readonly type: "answered"; readonly at: number }
  /** A call sent at `startedAt` has been answered 429; nothing may be sent for `pauseMs`. */
  | { readonly type: "limited"; readonly at: number; readonly startedAt: number; readonly pauseMs: number };

/** The rate assumed at the first 429, in calls a second: the number that the vendor once published. */
export const FIRST_GUESS = 10;

// The vendor says that a full bucket holds about ten seconds of refill.
const BURST_SECONDS = 10;

// A little under the estimate, so that an estimate slightly too high does not meet 429 at once.
const CAUTION = 0.95;

// Without a 429 the pace grows, slowly at first: by a tenth of what there is for all after 10 s, by all of that after 30 s. However little one has, it gains as
// much as the others do.
const CREEP_SECONDS = 30;

// Each 429 after the first leaves some of the bucket to others. Who takes more of it meets more of them, so that shares become alike. Alone, nothing is lost
// by it: the bucket keeps what is not taken, until the pace has grown.
const KEPT_SHARE = 0.8;

// The measured rate is that of the bucket only where nobody else uses it, so what is believed of the bucket follows slowly.
const KEPT_CAPACITY = 0.95;

// What an unusually long pause may save up; such a pause rather says that the bucket refills slowly.
const LONGEST_CREDIT_MS = 2_000;

// Two 429 closer together than this say little about the rate, so the measurement goes on.
const SHORTEST_MEASUREMENT_MS = 3_000;

const QUIET_MS = 300_000;
const SLOWEST_RATE = 1 / 60;

/** The pace before anything is known. */
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

/** The pace after an event. */
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

/** How long the next call has to wait, in milliseconds; 0 when it may start. Ask again after that time: the answer may be a little short. */
export function waitMs(state: Pace, now: number): number {
  if (now < state.pausedUntil) return state.pausedUntil - now;
  const missing = 1 - available(state, now);
  return missing <= 0 ? 0 : Math.max(1, Math.ceil((missing / currentRate(state, now)) * 1_000));
}

function afterStart(state: Pace, at: number): Pace {
  if (state.emptyAt === undefined) return state;
  if (at - state.emptyAt > QUIET_MS) return initialPace(at);
  return { ...state, taken: earned(state, at) - available(state, at) + 1 };
}

function afterLimit(state: Pace, { at, startedAt, pauseMs }: Extract<PaceEvent, { type: "limited" }>): Pace {
  const pausedUntil = Math.max(state.pausedUntil, at + pauseMs);
  const fillingSince = Math.max(state.emptyAt ?? at, pausedUntil - LONGEST_CREDIT_MS);
  // Sent before the pause began: the same emptiness, seen once more.
  if (state.emptyAt !== undefined && startedAt <= state.emptyAt)
    return { ...state, pausedUntil, fillingSince, taken: 0 };
  const ratePerSecond = estimate(state, at);
  const emptied = {
    ratePerSecond,
    capacity: Math.max(ratePerSecond, state.emptyAt === undefined ? 0 : KEPT_CAPACITY * state.capacity),
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
  // A full bucket and its refill went before the first 429; other users of the organization's bucket make this too low, never too high.
  if (state.emptyAt === undefined) return Math.max(FIRST_GUESS, state.answered / (BURST_SECONDS + seconds));
  if (state.answered === 0 || seconds <= 0) return Math.max(SLOWEST_RATE, state.ratePerSecond / 2);
  return Math.max(SLOWEST_RATE, (KEPT_SHARE * state.answered) / seconds);
}

/** How many calls our bucket holds. */
function available(state: Pace, now: number): number {
  if (state.emptyAt === undefined || now - state.emptyAt > QUIET_MS) return Number.POSITIVE_INFINITY;
  return Math.min(earned(state, now) - state.taken, Math.max(1, state.ratePerSecond * BURST_SECONDS));
}

/** How many calls our bucket has been filled with: the integral of the current rate. */
function earned(state: Pace, now: number): number {
  const seconds = Math.max(0, now - state.fillingSince) / 1_000;
  return state.ratePerSecond * CAUTION * seconds + (state.capacity * seconds ** 3) / (3 * CREEP_SECONDS ** 2);
}

function currentRate(state: Pace, now: number): number {
  const seconds = Math.max(0, now - state.fillingSince) / 1_000;
  return state.ratePerSecond * CAUTION + state.capacity * (seconds / CREEP_SECONDS) ** 2;
}
