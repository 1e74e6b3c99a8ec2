import { readFileSync } from "node:fs";
import { descendantsInProc } from "../../tools/processes.mjs";

/** The peak memory (resident set) of processes, in bytes; absent if the system does not report it. */
export interface Peaks {
  /** The Pulumi CLI, with the engine. */
  readonly cli?: number;
  /** Pulumi's dynamic-provider process; of several, the largest. */
  readonly provider?: number;
}

const INTERVAL_MS = 250;

/** Records the peak memory of the CLI and of its provider process. Long intervals suffice, because the system itself keeps peaks. */
export class MemoryWatch {
  readonly #cli: number;
  readonly #timer: NodeJS.Timeout;
  #providers: readonly number[] = [];
  #peaks: Peaks = {};

  constructor(cli: number) {
    this.#cli = cli;
    this.#timer = setInterval(() => this.#sample(), INTERVAL_MS);
  }

  /** Stops, and returns the peaks. */
  end(): Peaks {
    clearInterval(this.#timer);
    return this.#peaks;
  }

  #sample(): void {
    if (this.#providers.length === 0) this.#providers = descendantsInProc(this.#cli).filter(isProvider);
    this.#peaks = {
      cli: largest([this.#peaks.cli, peakOf(this.#cli)]),
      provider: largest([this.#peaks.provider, ...this.#providers.map(peakOf)]),
    };
  }
}

/** The memory that a process holds now, in bytes; undefined if the system does not report it. */
export function memoryOf(pid: number): number | undefined {
  return bytesIn(/^VmRSS:\s+(\d+) kB$/m, pid);
}

function peakOf(pid: number): number | undefined {
  return bytesIn(/^VmHWM:\s+(\d+) kB$/m, pid);
}

function bytesIn(line: RegExp, pid: number): number | undefined {
  const kilobytes = line.exec(fileOf(pid, "status"))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** Excludes the `node -e` process by which the launcher first locates the program. */
function isProvider(pid: number): boolean {
  const [, program = "", option = ""] = fileOf(pid, "cmdline").split("\0");
  return program !== "-e" && option !== "-e" && /[\\/]cmd[\\/]dynamic-provider/.test(program);
}

/** A file of /proc; empty if the process has ended, or on systems without /proc. */
function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}

/** The CPU seconds of all ended descendants of this process; undefined if the system does not report them. */
export function endedCpuSeconds(): number | undefined {
  // The fields follow the name of the process, which is in parentheses and may contain spaces.
  const fields = fileOf(process.pid, "stat").split(") ").at(-1)?.split(" ") ?? [];
  const ticks = Number(fields[13]) + Number(fields[14]);
  // Linux reports CPU time in hundredths of a second.
  return Number.isNaN(ticks) ? undefined : ticks / 100;
}

function largest(values: readonly (number | undefined)[]): number | undefined {
  const defined = values.filter((value) => value !== undefined);
  return defined.length === 0 ? undefined : Math.max(...defined);
}
