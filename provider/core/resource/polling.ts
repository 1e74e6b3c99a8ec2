import { sleep } from "../../clock";

/**
 * The time for which a read is repeated until it shows what is expected. Reads may lag behind writes: Rhombus documents
 * nothing about it.
 */
export interface Polling {
  /** The pauses before each further read, in milliseconds. */
  readonly delaysMs: readonly number[];
  /** The clock of all waits: resolves after a time in milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** The polling time if nothing else is given: three further reads within 3 s. */
export const defaultPolling: Polling = {
  delaysMs: [250, 750, 2000],
  sleep,
};

/**
 * A polling time of at least a given length, with one more read at its end.
 * @param polling The polling time.
 * @param ms The length in milliseconds.
 */
export function lasting(polling: Polling, ms: number): Polling {
  const missing = ms - polling.delaysMs.reduce((sum, each) => sum + each, 0);
  return missing > 0 ? { ...polling, delaysMs: [...polling.delaysMs, missing] } : polling;
}

/**
 * A shorter polling time, for what is nearly always true, such as a refusal: a second by default.
 * @param polling The polling time.
 */
export function shorter(polling: Polling): Polling {
  return { ...polling, delaysMs: polling.delaysMs.slice(0, 2) };
}

/**
 * Reads again, after each pause, while a reading is unexpected.
 * @param polling The polling time.
 * @param first The first reading.
 * @param isUnexpected True for a reading after which another one is needed.
 * @param read Reads again.
 * @returns The first reading that is as expected, or the last one.
 */
export async function poll<T>(
  polling: Polling,
  first: T,
  isUnexpected: (reading: T) => boolean,
  read: () => Promise<T>,
): Promise<T> {
  let reading = first;
  for (const delay of polling.delaysMs) {
    if (!isUnexpected(reading)) return reading;
    await polling.sleep(delay);
    reading = await read();
  }
  return reading;
}
