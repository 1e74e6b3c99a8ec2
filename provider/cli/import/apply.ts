import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isatty } from "node:tty";
import { type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { stackOption } from "../pulumi/stackResources";
import { type ImportFile, writeImportFile } from "./importFile";

/** The oldest CLI whose import files may bring the state along. */
const OLDEST = [3, 254, 0] as const;

/**
 * Refuses a CLI that cannot import what only its provider can read.
 * @param cli The CLI.
 * @throws Error when it is too old.
 */
export async function refuseOldCli(cli: PulumiCli): Promise<void> {
  const printed = (await cli.run("version")).trim();
  const version = /^v?(\d+)\.(\d+)\.(\d+)/.exec(printed)?.slice(1).map(Number);
  if (version === undefined || !isOlder(version)) return;
  throw new Error(
    `Pulumi ${printed} cannot import this: its import files take no outputs. Install Pulumi ${OLDEST.join(".")} or newer.`,
  );
}

function isOlder(version: readonly number[]): boolean {
  const at = OLDEST.findIndex((part, index) => version[index] !== part);
  return at >= 0 && (version[at] ?? 0) < (OLDEST[at] ?? 0);
}

/**
 * Imports into a stack. The file for it is gone afterwards, also when the import fails or is interrupted.
 * @param cli The CLI.
 * @param file What to import.
 * @param stack The stack's name. Default: the selected one.
 * @throws PulumiCliError when the import fails; its message has what the CLI says of each resource.
 */
export async function applyFile(cli: PulumiCli, file: ImportFile, stack?: string): Promise<void> {
  const options = ["--generate-code=false", "--protect=false", "--yes", "--skip-preview", ...stackOption(stack)];
  await withPrivateFolder(cli, async (folder) => {
    const written = path.join(folder, "import.json");
    writeImportFile(written, file);
    await cli.run("import", "--file", written, ...options).catch(tellAll);
  });
}

/** What became of each resource stands in the standard output. */
function tellAll(error: unknown): never {
  if (!(error instanceof PulumiCliError)) throw error;
  const said = [error.stdout.trim(), error.message].filter((part) => part !== "").join("\n");
  throw new PulumiCliError(said, error.isMissing, error.stdout);
}

/**
 * Does something with a folder that only its owner may enter, and removes it in any case.
 * @param cli What runs meanwhile, and is cancelled when this process is told to end.
 * @param work What to do.
 * @throws Error when this process was told to end.
 */
export async function withPrivateFolder<T>(cli: PulumiCli, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-rhombus-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let stopped: NodeJS.Signals | undefined;
  const stop = (signal: NodeJS.Signals) => {
    stopped = signal;
    if (!isFromTerminal(signal)) cli.cancel?.();
  };
  process.once("exit", remove);
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    const done = await work(folder);
    if (stopped === undefined) return done;
    throw new Error(`Stopped by ${stopped}. What Pulumi was doing, it had finished by then.`);
  } finally {
    remove();
    process.off("exit", remove);
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/** Ctrl-C reaches the CLI as well, and a second one would keep it from putting things in order. */
function isFromTerminal(signal: NodeJS.Signals): boolean {
  return signal === "SIGINT" && [0, 1, 2].some((descriptor) => isatty(descriptor));
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
