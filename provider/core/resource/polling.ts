/**
 * Reads may lag behind writes (docs/rhombus-api.md#transport). A surprising read is believed only when fresh reads
 * go on saying so for as long as this.
 */
export interface Polling {
  /** The pauses before each further read, in milliseconds; by default 3 s together. */
  readonly delaysMs: readonly number[];
  /** Waits, in milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** Three further reads within 3 s. */
export const threeSeconds: Polling = {
  delaysMs: [250, 750, 2000],
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * Patience that goes on for some time at least, with one more read when that is over.
 * @param polling How long to go on otherwise.
 * @param ms The least time, in milliseconds.
 */
export function lasting(polling: Polling, ms: number): Polling {
  const missing = ms - polling.delaysMs.reduce((sum, each) => sum + each, 0);
  return missing > 0 ? { ...polling, delaysMs: [...polling.delaysMs, missing] } : polling;
}

/**
 * Patience for what is nearly always true, such as a refusal: by default a second.
 * @param polling How long to go on otherwise.
 */
export function shorter(polling: Polling): Polling {
  return { ...polling, delaysMs: polling.delaysMs.slice(0, 2) };
}

/**
 * Reads again, after each pause, until the reading is no longer surprising.
 * @param polling How long to go on.
 * @param first What was read already.
 * @param surprising Whether a reading needs another look.
 * @param again Reads afresh.
 * @returns The first reading that does not surprise, or the last one.
 */
export async function readUntil<T>(
  polling: Polling,
  first: T,
  surprising: (reading: T) => boolean,
  again: () => Promise<T>,
): Promise<T> {
  let reading = first;
  for (const delay of polling.delaysMs) {
    if (!surprising(reading)) return reading;
    await polling.sleep(delay);
    reading = await again();
  }
  return reading;
}
