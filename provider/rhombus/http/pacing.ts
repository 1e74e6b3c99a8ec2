/** The rate at the first 429, in calls per second: a number that Rhombus once published. */
export const FIRST_GUESS = 10;

// Rhombus documents that a full bucket holds about ten seconds of refill.
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

/** A local bucket that imitates that of Rhombus, which is empty at each 429. */
interface LocalBucket {
  /** Calls per second for this process. Others may share the bucket of Rhombus. */
  readonly ratePerSecond: number;
  /** The estimated refill rate of the bucket of Rhombus for all who share it, in calls per second. */
  readonly capacity: number;
  /** The time of the first 429 of the latest pause. */
  readonly emptyAt: number;
  /** The end of the pause. */
  pausedUntil: number;
  /** The time since which the bucket fills. */
  fillingSince: number;
  /** The calls taken since then. */
  taken: number;
}

/**
 * The pace of the calls of a process: unlimited before the first 429, and after it as fast as the organization's token bucket refills.
 * Rhombus publishes neither its size nor its refill rate, so both are estimated. Times are milliseconds of the monotonic clock.
 */
export class Pacing {
  private bucket: LocalBucket | undefined;
  private answered = 0;

  /**
   * Starts without a limit.
   * @param measuredSince The time since which answers are counted. The bucket of Rhombus is assumed to be full then; later, after a 429,
   * it is known to be empty.
   */
  constructor(private measuredSince: number) {}

  /** The current rate in calls per second; `undefined` if nothing is limited. */
  get ratePerSecond(): number | undefined {
    return this.bucket?.ratePerSecond;
  }

  /** The end of the latest pause; minus infinity before any 429. */
  get pausedUntil(): number {
    return this.bucket?.pausedUntil ?? Number.NEGATIVE_INFINITY;
  }

  /** The wait before the next attempt, in milliseconds; 0 if it may start. It may be slightly short, so check again after it. */
  waitMs(now: number): number {
    if (now < this.pausedUntil) return this.pausedUntil - now;
    if (this.bucket === undefined || isOver(this.bucket, now)) return 0;
    const missing = 1 - available(this.bucket, now);
    return missing <= 0 ? 0 : Math.max(1, Math.ceil((missing / currentRate(this.bucket, now)) * 1_000));
  }

  /** Notes an attempt that is sent. */
  started(at: number): void {
    const { bucket } = this;
    if (bucket === undefined) return;
    if (isOver(bucket, at)) {
      this.bucket = undefined;
      this.measure(at);
    } else bucket.taken = earned(bucket, at) - available(bucket, at) + 1;
  }

  /** Notes an answer other than 429: its attempt took a token. */
  gotAnswer(): void {
    this.answered += 1;
  }

  /**
   * Notes a 429.
   * @param at The time of the answer.
   * @param startedAt The time when its attempt was sent.
   * @param pauseMs The time for which nothing may be sent.
   * @returns True if it begins a pause; false if its attempt was sent before the latest pause began.
   */
  gotLimit(at: number, startedAt: number, pauseMs: number): boolean {
    const before = this.bucket;
    const pausedUntil = Math.max(this.pausedUntil, at + pauseMs);
    if (before !== undefined && startedAt <= before.emptyAt) {
      // The bucket was empty for the same reason.
      Object.assign(before, { pausedUntil, ...refilling(before.emptyAt, pausedUntil) });
      return false;
    }
    const ratePerSecond = this.estimate(at);
    const capacity = Math.max(ratePerSecond, CAPACITY_AFTER_LIMIT * (before?.capacity ?? 0));
    this.bucket = { ratePerSecond, capacity, emptyAt: at, pausedUntil, ...refilling(at, pausedUntil) };
    if (before === undefined || at - this.measuredSince >= SHORTEST_MEASUREMENT_MS) this.measure(at);
    return true;
  }

  private measure(since: number): void {
    this.measuredSince = since;
    this.answered = 0;
  }

  private estimate(at: number): number {
    const seconds = (at - this.measuredSince) / 1_000;
    // A full bucket and its refill were used. Other users make this estimate too low, never too high.
    if (this.bucket === undefined) return Math.max(FIRST_GUESS, this.answered / (BURST_SECONDS + seconds));
    if (this.answered === 0 || seconds <= 0) return Math.max(SLOWEST_RATE, this.bucket.ratePerSecond / 2);
    return Math.max(SLOWEST_RATE, (RATE_AFTER_LIMIT * this.answered) / seconds);
  }
}

function isOver({ emptyAt }: LocalBucket, now: number): boolean {
  return now - emptyAt > IDLE_RESET_MS;
}

/** An empty bucket that refills during a pause, but not for all of a long one. */
function refilling(emptyAt: number, pausedUntil: number): Pick<LocalBucket, "fillingSince" | "taken"> {
  return { fillingSince: Math.max(emptyAt, pausedUntil - LONGEST_CREDIT_MS), taken: 0 };
}

/** The calls in the bucket. */
function available(bucket: LocalBucket, now: number): number {
  return Math.min(earned(bucket, now) - bucket.taken, Math.max(1, bucket.ratePerSecond * BURST_SECONDS));
}

/** The calls that have filled the bucket: the integral of the current rate. */
function earned({ ratePerSecond, capacity, fillingSince }: LocalBucket, now: number): number {
  const seconds = Math.max(0, now - fillingSince) / 1_000;
  return ratePerSecond * SAFETY_FACTOR * seconds + (capacity * seconds ** 3) / (3 * GROWTH_SECONDS ** 2);
}

function currentRate({ ratePerSecond, capacity, fillingSince }: LocalBucket, now: number): number {
  const seconds = Math.max(0, now - fillingSince) / 1_000;
  return ratePerSecond * SAFETY_FACTOR + capacity * (seconds / GROWTH_SECONDS) ** 2;
}
