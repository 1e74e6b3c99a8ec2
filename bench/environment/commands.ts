import {
  type ConsoleGroup,
  campusSeed,
  type Emulator,
  type EmulatorOptions,
  type RateLimit,
} from "../../provider/emulator";

/** The API calls since the emulator's log was cleared. */
export interface Calls {
  /** The number of calls, including those with status 429. */
  readonly total: number;
  /** The number of calls with status 429. */
  readonly rateLimited: number;
  /** The number of calls with another error, or without a response. */
  readonly failed: number;
  /** The number of calls of each operation, without those with status 429. */
  readonly byOperation: Readonly<Record<string, number>>;
  /** The seconds from the first call to the last response. */
  readonly spanSeconds: number;
}

/** The emulator's options that can be sent to another process. */
export type RhombusOptions = Pick<EmulatorOptions, "seed" | "behaviours" | "rateLimit" | "latencyMs">;

/** The commands that another process can send to the emulator. */
export const commands = {
  /** Returns the calls since the log was cleared. */
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
  /** Counts the creates of groups, and those with status 429, for each prefix of the groups' names. */
  creates: (
    emulator: Emulator,
    prefixes: readonly string[],
  ): Record<string, { created: number; rateLimited: number }> => {
    const creates = emulator.requests().filter(({ operation }) => operation === "createAccessControlGroup");
    const countOf = (prefix: string, expected: number) => {
      return creates.filter(({ body, status }) => String(Object(body).name).startsWith(prefix) && status === expected)
        .length;
    };
    return Object.fromEntries(
      prefixes.map((prefix) => [prefix, { created: countOf(prefix, 200), rateLimited: countOf(prefix, 429) }]),
    );
  },
  /** Clears the log of calls. */
  clear: (emulator: Emulator) => emulator.clearRequests(),
  /** Sets or removes the rate limit, and refills every bucket. */
  limitRate: (emulator: Emulator, limit: RateLimit | null) => emulator.limitRate(limit ?? undefined),
  /** Sets the duration of each call, in milliseconds. */
  delayCalls: (emulator: Emulator, latencyMs: number) => emulator.delayCalls(latencyMs),
  /** Returns the groups of Acme Robotics. */
  groups: (emulator: Emulator): ConsoleGroup[] => emulator.console(campusSeed.acme.orgUuid).groups(),
  /** Returns the integrations and groups that exist in any organization, one line each. */
  remains: (emulator: Emulator): string[] => emulator.remains(),
} as const;

/** The name of a command. */
export type CommandName = keyof typeof commands;

/** The arguments of a command, without the emulator. */
export type CommandInput<Name extends CommandName> =
  Parameters<(typeof commands)[Name]> extends [Emulator, ...infer Given] ? Given : [];

/** A request to the emulator's process. */
export interface CommandRequest {
  /** The number of the request, repeated in the reply. */
  readonly id: number;
  /** The command, or `start`. */
  readonly name: CommandName | "start";
  /** The arguments of the command. */
  readonly input: readonly unknown[];
}

/** A reply of the emulator's process. */
export interface CommandReply {
  /** The number of the request. */
  readonly id: number;
  /** The result of the command, if it succeeded. */
  readonly result?: unknown;
  /** The message of the error, if the command failed. */
  readonly error?: string;
}
