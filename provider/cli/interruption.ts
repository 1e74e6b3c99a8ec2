import { constants } from "node:os";

/**
 * The signals that would end the process and that a program can handle: those of a person or a terminal, of limits and timers that
 * the process was started with, and of a power failure. Not in the list: SIGKILL and SIGSTOP, which no program can handle; faults of
 * the process itself, such as SIGSEGV; SIGPIPE and SIGXFSZ, which arrive as failed writes; SIGUSR1 and SIGPROF, which Node's
 * debugger and profiler use; and real-time signals, which Node cannot handle. Node ignores names that the system does not have.
 */
export const endingSignals = [
  "SIGINT",
  "SIGTERM",
  "SIGHUP",
  "SIGQUIT",
  "SIGUSR2",
  "SIGBREAK",
  "SIGALRM",
  "SIGVTALRM",
  "SIGXCPU",
  "SIGIO",
  "SIGSTKFLT",
  "SIGPWR",
] as const;

/** A terminal and npx may both pass on one Ctrl-C. */
const SAME_REQUEST_MS = 1_000;

/** The tasks that clean up before the process may end. */
const running = new Set<AbortController>();

/**
 * Asks the running tasks to end early.
 * @param exitCode The exit code of the process, which is the reason of their abort signals.
 * @returns False if there is none.
 */
export function interrupt(exitCode: number): boolean {
  for (const task of running) task.abort(exitCode);
  return running.size > 0;
}

/**
 * Runs a task that has to clean up before the process ends. The first signal of the system asks it to end early; a signal that
 * comes later than a second after that ends the process at once. After SIGHUP the process ends by that signal: without its terminal,
 * Node aborts in a normal end, and the system may store its memory with the secrets.
 * @param task The task. Its abort signal is aborted with the exit code of the process.
 */
export async function interruptible<T>(task: (interruption: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let askedAt: number | undefined;
  const ask = (signal: NodeJS.Signals) => {
    if (askedAt === undefined && signal === "SIGHUP") process.once("exit", () => process.kill(process.pid, signal));
    askedAt ??= Date.now();
    if (Date.now() - askedAt <= SAME_REQUEST_MS) return controller.abort(exitCodeAfter(signal));
    ignore();
    process.kill(process.pid, signal);
  };
  const ignore = () => {
    for (const signal of endingSignals) process.off(signal, ask);
  };
  running.add(controller);
  for (const signal of endingSignals) process.on(signal, ask);
  try {
    return await task(controller.signal);
  } finally {
    running.delete(controller);
    ignore();
  }
}

/** The exit code that shells report for a process that a signal has ended. */
function exitCodeAfter(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
