/** The summary of repeated measurements. */
export interface Summary {
  /** The median; of an even number of values, the mean of the two in the middle. */
  readonly median: number;
  /** The smallest value. */
  readonly min: number;
  /** The largest value. */
  readonly max: number;
  /** The number of values. */
  readonly count: number;
}

/**
 * Summarizes measurements.
 * @throws RangeError if there are none.
 */
export function summary(values: readonly number[]): Summary {
  const sorted = [...values].sort((one, other) => one - other);
  const [min] = sorted;
  const max = sorted.at(-1);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (min === undefined || max === undefined || lower === undefined || upper === undefined) {
    throw new RangeError("Nothing was measured.");
  }
  return { median: (lower + upper) / 2, min, max, count: sorted.length };
}

/** The difference of the largest and the smallest value, divided by the median. */
export function spread({ min, max, median }: Summary): number {
  return median === 0 ? 0 : (max - min) / median;
}
