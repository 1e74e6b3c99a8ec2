/** The token bucket of Rhombus, one per organization. */
export interface RateLimit {
  /** Calls that are refilled per second. */
  readonly ratePerSecond: number;
  /** Calls that a full bucket holds. */
  readonly burst: number;
}

interface Bucket {
  readonly tokens: number;
  readonly atMillis: number;
}

/** Counts calls against a rate limit. Without a limit, every call is allowed. */
export class RateLimiter {
  #limit: RateLimit | undefined;
  readonly #buckets = new Map<string, Bucket>();

  /** `limit` is the initial limit; undefined for none. */
  constructor(limit: RateLimit | undefined) {
    this.change(limit);
  }

  /** Sets another limit, or none, and fills every bucket. Throws a RangeError if a number is not positive. */
  change(limit: RateLimit | undefined): void {
    if (limit && !(limit.ratePerSecond > 0 && limit.burst >= 1)) {
      throw new RangeError("A rate limit needs ratePerSecond above 0 and a burst of at least 1.");
    }
    this.#limit = limit;
    this.#buckets.clear();
  }

  /**
   * Takes one call from an organization's bucket. Returns undefined if the call is allowed, otherwise the whole seconds
   * to wait, at least 1.
   */
  take(owner: string): number | undefined {
    const limit = this.#limit;
    if (!limit) return undefined;
    const now = Date.now();
    const bucket = this.#buckets.get(owner) ?? { tokens: limit.burst, atMillis: now };
    const refilled = (Math.max(now - bucket.atMillis, 0) / 1000) * limit.ratePerSecond;
    const tokens = Math.min(limit.burst, bucket.tokens + refilled);
    const isFree = tokens >= 1;
    this.#buckets.set(owner, { tokens: isFree ? tokens - 1 : tokens, atMillis: now });
    return isFree ? undefined : Math.max(1, Math.ceil((1 - tokens) / limit.ratePerSecond));
  }
}
