import type { Emulator } from "../../provider/emulator";

/** The API calls since the emulator's log was cleared. */
export interface Calls {
  /** The number of calls, including those with status 429. */
  readonly total: number;
  readonly rateLimited: number;
  /** The number of calls with another error, or without a response. */
  readonly failed: number;
  /** The number of calls of each operation, without those with status 429. */
  readonly byOperation: Readonly<Record<string, number>>;
  readonly spanSeconds: number;
}

/** Counts the calls in the emulator's log. */
export function callsOf(emulator: Emulator): Calls {
  const requests = emulator.requests();
  const answered = requests.filter(({ status }) => status !== 429);
  const begin = Math.min(...requests.map(({ atMillis }) => atMillis));
  const end = Math.max(...requests.map(({ atMillis, durationMs }) => atMillis + durationMs));
  const byOperation: Record<string, number> = {};
  for (const { operation = "unknown path" } of answered) byOperation[operation] = (byOperation[operation] ?? 0) + 1;
  return {
    total: requests.length,
    rateLimited: requests.length - answered.length,
    failed: answered.filter(({ status }) => status < 200 || status > 299).length,
    byOperation,
    spanSeconds: requests.length === 0 ? 0 : (end - begin) / 1000,
  };
}
