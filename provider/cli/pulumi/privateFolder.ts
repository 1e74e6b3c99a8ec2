import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isatty } from "node:tty";
import { endingSignals } from "../interruption";
import type { PulumiCli } from "./pulumiCli";

/**
 * Runs a task with a temporary folder that only its owner may enter, and removes the folder in any case.
 * @param cli The CLI that the task runs; it is interrupted when this process receives a signal.
 * @param task The task.
 * @throws Error if this process has received a signal.
 */
export async function withPrivateFolder<T>(cli: PulumiCli, task: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-rhombus-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let stopped: NodeJS.Signals | undefined;
  const stop = (signal: NodeJS.Signals) => {
    stopped = signal;
    if (!isFromTerminal(signal)) cli.cancel?.();
  };
  process.once("exit", remove);
  for (const signal of endingSignals) process.on(signal, stop);
  try {
    const done = await task(folder);
    if (stopped === undefined) return done;
    throw new Error(`Stopped by ${stopped}, after Pulumi had finished its work.`);
  } finally {
    remove();
    process.off("exit", remove);
    for (const signal of endingSignals) process.off(signal, stop);
  }
}

/** A terminal sends Ctrl-C to the CLI as well. A second signal would stop the CLI before it has cleaned up. */
function isFromTerminal(signal: NodeJS.Signals): boolean {
  return signal === "SIGINT" && [0, 1, 2].some((descriptor) => isatty(descriptor));
}
