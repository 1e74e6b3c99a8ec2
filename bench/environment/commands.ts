import {
  type ConsoleGroup,
  campusSeed,
  type Emulator,
  type EmulatorOptions,
  type RateLimit,
} from "../../provider/emulator";

/** The calls that an emulator has got since its log was cleared. */
export interface Calls {
  /** How many there were, those that were answered 429 included. */
  readonly total: number;
  /** How many of them were answered 429. */
  readonly rateLimited: number;
  /** How many of them were answered with another error, or not at all. */
  readonly failed: number;
  /** How often each operation was called and not answered 429. */
  readonly byOperation: Readonly<Record<string, number>>;
  /** The seconds from the first call to the last answer. */
  readonly spanSeconds: number;
}

/** How an emulator in a process of its own may start: what can be sent there. */
export type RhombusOptions = Pick<EmulatorOptions, "seed" | "behaviours" | "rateLimit" | "latencyMs">;

/** What can be asked of an emulator in a process of its own. */
export const tasks = {
  /** The calls since the log was cleared. */
  calls: (emulator: Emulator): Calls => {
    const requests = emulator.requests();
    const limited = requests.filter(({ status }) => status === 429);
    const answered = requests.filter(({ status }) => status !== 429);
    const begin = Math.min(...requests.map(({ atMillis }) => atMillis));
    const end = Math.max(...requests.map(({ atMillis, durationMs }) => atMillis + durationMs));
    const byOperation: Record<string, number> = {};
    for (const { operation = "unknown path" } of answered) byOperation[operation] = (byOperation[operation] ?? 0) + 1;
    return {
      total: requests.length,
      rateLimited: limited.length,
      failed: answered.filter(({ status }) => status < 200 || status > 299).length,
      byOperation,
      spanSeconds: requests.length === 0 ? 0 : (end - begin) / 1000,
    };
  },
  /** How many groups were made whose names begin with each of these words, and how many tries to make one were answered 429. */
  creations: (emulator: Emulator, words: readonly string[]): Record<string, { made: number; rateLimited: number }> => {
    const tries = emulator.requests().filter(({ operation }) => operation === "createAccessControlGroup");
    const countOf = (word: string, isCounted: (status: number) => boolean) => {
      return tries.filter(({ body, status }) => String(Object(body).name).startsWith(word) && isCounted(status)).length;
    };
    const counts = words.map((word) => {
      const made = countOf(word, (status) => status === 200);
      return [word, { made, rateLimited: countOf(word, (status) => status === 429) }] as const;
    });
    return Object.fromEntries(counts);
  },
  /** Forgets the calls so far. */
  clear: (emulator: Emulator) => emulator.clearRequests(),
  /** Sets another rate limit, or none, and fills every bucket. */
  limitRate: (emulator: Emulator, limit: RateLimit | null) => emulator.limitRate(limit ?? undefined),
  /** Sets how long each call takes, in milliseconds. */
  delayCalls: (emulator: Emulator, latencyMs: number) => emulator.delayCalls(latencyMs),
  /** The groups of Acme Robotics. */
  groups: (emulator: Emulator): ConsoleGroup[] => emulator.console(campusSeed.acme.orgUuid).groups(),
  /** What every organization still has of integrations and groups, one line each. */
  remains: (emulator: Emulator): string[] => emulator.remains(),
} as const;

/** The names of what can be asked. */
export type TaskName = keyof typeof tasks;

/** What a task is given, besides the emulator. */
export type TaskInput<Name extends TaskName> =
  Parameters<(typeof tasks)[Name]> extends [Emulator, ...infer Given] ? Given : [];

/** A question to the process of an emulator. */
export interface Question {
  /** Its number, which the reply has too. */
  readonly id: number;
  /** What is asked: that it starts, or a task. */
  readonly name: TaskName | "start";
  /** What the task is given. */
  readonly input: readonly unknown[];
}

/** The reply of the process of an emulator. */
export interface Reply {
  /** The number of the question. */
  readonly id: number;
  /** The answer, when there is one. */
  readonly answer?: unknown;
  /** Why there is none. */
  readonly error?: string;
}
