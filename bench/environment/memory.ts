import { readdirSync, readFileSync } from "node:fs";

/** The most memory that processes held at once (resident set), in bytes; absent where the machine does not tell. */
export interface Peaks {
  /** Of the Pulumi CLI, with the engine. */
  readonly cli?: number;
  /** Of Pulumi's dynamic-provider process; of several, the largest. */
  readonly provider?: number;
}

const EVERY_MS = 250;

/** Watches the memory of the CLI and of the provider's process that it starts. The system keeps the peaks itself, so rare looks do. */
export class MemoryWatch {
  readonly #cli: number;
  readonly #timer: NodeJS.Timeout;
  #providers: readonly number[] = [];
  #peaks: Peaks = {};

  /**
   * Begins to watch.
   * @param cli The id of the CLI's process.
   */
  constructor(cli: number) {
    this.#cli = cli;
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  /** Ends the watch. */
  end(): Peaks {
    clearInterval(this.#timer);
    return this.#peaks;
  }

  #look(): void {
    if (this.#providers.length === 0) this.#providers = providersBelow(this.#cli);
    const cli = largest([this.#peaks.cli, peakOf(this.#cli)]);
    const provider = largest([this.#peaks.provider, ...this.#providers.map(peakOf)]);
    this.#peaks = { ...(cli === undefined ? {} : { cli }), ...(provider === undefined ? {} : { provider }) };
  }
}

/**
 * The most memory that a process has held so far, in bytes.
 * @param pid Its id.
 */
function peakOf(pid: number): number | undefined {
  return bytesIn(/^VmHWM:\s+(\d+) kB$/m, pid);
}

/**
 * The memory that a process holds now, in bytes.
 * @param pid Its id.
 */
export function memoryOf(pid: number): number | undefined {
  return bytesIn(/^VmRSS:\s+(\d+) kB$/m, pid);
}

function bytesIn(line: RegExp, pid: number): number | undefined {
  const kilobytes = line.exec(fileOf(pid, "status"))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function providersBelow(cli: number): number[] {
  return processesBelow(cli).filter(isProvider);
}

/**
 * The ids of all processes that one has started, and that these have. None where the machine does not tell.
 * @param ancestor Its id.
 */
export function processesBelow(ancestor: number): number[] {
  const parents = new Map(processes().map((pid) => [pid, parentOf(pid)]));
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === ancestor || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

/** The launcher first has Node say where the program is: that process is not it. */
function isProvider(pid: number): boolean {
  const [, program = "", option = ""] = fileOf(pid, "cmdline").split("\0");
  return program !== "-e" && option !== "-e" && /[\\/]cmd[\\/]dynamic-provider/.test(program);
}

function parentOf(pid: number): number | undefined {
  const parent = /^PPid:\s+(\d+)$/m.exec(fileOf(pid, "status"))?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function processes(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** A process may end at any time, and not every system has such files. */
function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}

function largest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
