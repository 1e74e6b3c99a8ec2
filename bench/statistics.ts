/** What repeated measurements come to. */
export interface Summary {
  /** The value in the middle; between the two middle ones, where their number is even. */
  readonly median: number;
  /** The smallest value. */
  readonly least: number;
  /** The largest value. */
  readonly most: number;
  /** How many were measured. */
  readonly count: number;
}

/**
 * Sums measurements up.
 * @param values The measurements.
 * @throws RangeError when there are none.
 */
export function summary(values: readonly number[]): Summary {
  const sorted = [...values].sort((one, other) => one - other);
  const [least] = sorted;
  const most = sorted.at(-1);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (least === undefined || most === undefined || lower === undefined || upper === undefined) {
    throw new RangeError("Nothing was measured.");
  }
  return { median: (lower + upper) / 2, least, most, count: sorted.length };
}

/**
 * How far the measurements are apart, in relation to the median.
 * @param measured Their summary.
 */
export function spread({ least, most, median }: Summary): number {
  return median === 0 ? 0 : (most - least) / median;
}
