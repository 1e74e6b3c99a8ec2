/** Milliseconds of the monotonic clock, for durations: a change of the system time does not affect them. */
export function monotonicMs(): number {
  return performance.now();
}

/** Milliseconds since 1970, for dates. */
export function epochMs(): number {
  return Date.now();
}

/**
 * Waits.
 * @param ms The time in milliseconds.
 */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
