import { type ChildProcess, execFile, spawn } from "node:child_process";
import { isatty } from "node:tty";
import { stripVTControlCharacters } from "node:util";

/** The Pulumi CLI. */
export interface PulumiCli {
  /**
   * Runs the CLI once.
   * @param words The command and its options.
   * @returns Its standard output.
   * @throws PulumiCliError if it cannot be started, or ends with an error.
   */
  run(...words: readonly string[]): Promise<string>;
  /** Interrupts running commands, as Ctrl-C does. A second call makes Pulumi stop at once. Absent in fakes of tests. */
  cancel?(): void;
}

/** The Pulumi CLI as processes of this one. */
export interface PulumiProcess extends PulumiCli {
  /**
   * Runs the CLI once, with the standard streams of this process. The CLI does not stop if nobody reads them any more.
   * @param passOn Writes a part of its standard output or its standard error, where this process has no terminal.
   * @param words The command and its options.
   * @returns Its exit code; 1 if a signal ended it.
   * @throws PulumiCliError if it cannot be started.
   */
  attach(passOn: (text: string, isError: boolean) => void, ...words: readonly string[]): Promise<number>;
}

/** A failed run of the Pulumi CLI, with the CLI's own message, without colours. */
export class PulumiCliError extends Error {
  /** The name of this kind of error. */
  override readonly name = "PulumiCliError";

  /**
   * Creates the error.
   * @param message The CLI's standard error, or the reason why it did not start.
   * @param isMissing True if there is no `pulumi` on the PATH.
   * @param stdout The CLI's standard output, which reports each resource. Default: empty.
   */
  constructor(
    message: string,
    readonly isMissing: boolean,
    readonly stdout = "",
  ) {
    super(stripVTControlCharacters(message));
  }
}

// Keep the output free of notices, and previews in one JSON document.
const PLAIN = { PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "false" };

// A preview of a thousand resources takes some tens of megabytes.
const LARGEST_OUTPUT = 1024 * 1024 * 1024;

/**
 * The Pulumi CLI on the PATH.
 * @param folder The folder to run it in.
 * @param env Its environment variables.
 */
export function pulumiIn(folder: string, env: Readonly<Record<string, string | undefined>>): PulumiProcess {
  const running = new Set<ChildProcess>();
  return {
    attach: (passOn, ...words) =>
      new Promise((resolve, reject) => {
        const [output, errors] = [streamFor(1), streamFor(2)];
        const options = { cwd: folder, env: { ...env, ...PLAIN } };
        const child: ChildProcess = spawn("pulumi", words, { ...options, stdio: ["inherit", output, errors] });
        child.stdout?.setEncoding("utf8").on("data", (text: string) => passOn(text, false));
        child.stderr?.setEncoding("utf8").on("data", (text: string) => passOn(text, true));
        running.add(child);
        child.once("error", (error) => {
          reject(new PulumiCliError(reasonOf(error, ""), "code" in error && error.code === "ENOENT"));
        });
        child.once("close", (code) => {
          running.delete(child);
          resolve(code ?? 1);
        });
      }),
    cancel: () => {
      for (const child of running) child.kill("SIGINT");
    },
    run: (...words) =>
      new Promise((resolve, reject) => {
        const all = [...words, "--non-interactive", "--color", "never"];
        const options = { cwd: folder, env: { ...env, ...PLAIN }, maxBuffer: LARGEST_OUTPUT };
        const child = execFile("pulumi", all, options, (error, stdout, stderr) => {
          running.delete(child);
          if (error) reject(new PulumiCliError(reasonOf(error, stderr), error.code === "ENOENT", stdout));
          else resolve(stdout);
        });
        running.add(child);
      }),
  };
}

/** A program that writes to a pipe itself is ended as soon as nobody reads it, and leaves its work undone. */
function streamFor(descriptor: number): "inherit" | "pipe" {
  return isatty(descriptor) ? "inherit" : "pipe";
}

function reasonOf({ message, code }: { message: string; code?: unknown }, stderr: string): string {
  if (code === "ENOENT") return "There is no pulumi on the PATH.";
  const printed = stripVTControlCharacters(stderr)
    .replace(/^error: /gm, "")
    .trim();
  return printed === "" ? message : printed;
}

/**
 * True if a version is in a range.
 * @param version The version, with or without a leading `v`. Pre-release and build parts are ignored.
 * @param range Conditions with `>=` and `<`, such as `>=3.216.0 <4`, all of which must hold.
 */
export function isInRange(version: string, range: string): boolean {
  const [numbers = ""] = version.replace(/^v/, "").split(/[-+]/);
  return [...range.matchAll(/(>=|<)\s*([\d.]+)/g)].every(([, operator, limit = ""]) => {
    const isAtLeast = numbers.localeCompare(limit, "en", { numeric: true }) >= 0;
    return isAtLeast === (operator === ">=");
  });
}
