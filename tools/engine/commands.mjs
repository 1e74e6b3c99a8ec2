import { execFile, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** The number of characters that an error quotes from the end of a command's output. */
const QUOTED_CHARACTERS = 2000;

/** The run was stopped by a signal (Ctrl-C, `kill`), so no other source is tried. */
export class Interrupted extends Error {}

/**
 * The first executable file with a name in the folders of PATH.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findOnPath(name, env) {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const folder of (env.PATH ?? "").split(path.delimiter)) {
    for (const ending of endings) {
      const candidate = path.join(folder, name + ending);
      if (path.isAbsolute(folder) && isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {boolean} Also true for a link to an executable file.
 */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Runs a command.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env: NodeJS.ProcessEnv, limitMs: number }} options
 * @returns {Promise<string>} What it prints to stdout. Rejects if it fails.
 */
export function readOutput(command, args, { cwd, env, limitMs }) {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, env, timeout: limitMs }, (error, stdout) => {
      if (error) {
        reject(new Error(`${command} ${args.join(" ")} failed: ${error.message.trim()}`));
      } else {
        resolve(stdout.trim());
      }
    });
  });
}

/**
 * Runs `pulumi version`.
 * @param {string} pulumi
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} The output. Rejects if the CLI cannot run.
 */
export function readVersion(pulumi, env) {
  return readOutput(pulumi, ["version"], { env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" }, limitMs: 30_000 });
}

/**
 * Runs a command that may take minutes. Its output is not shown; a line reports the elapsed time at the end. The command
 * runs in a process group of its own, so that a time limit or a signal ends all its children, and none of them
 * writes to a folder that is being removed.
 * @param {string} command
 * @param {string[]} args
 * @param {{ title: string, cwd?: string, env: NodeJS.ProcessEnv, log: (line: string) => void, limitMs: number }} options
 * @returns {Promise<void>} Rejects with the end of the command's output.
 */
export function runLong(command, args, { title, cwd, env, log, limitMs }) {
  const startedAt = Date.now();
  return new Promise((resolve, reject) => {
    /** @type {Error | undefined} */
    let stopped;
    let tail = "";
    /** @param {Error} reason */
    const stop = (reason) => {
      stopped ??= reason;
      killGroup(child.pid);
    };
    /** @param {NodeJS.Signals} signal */
    const onSignal = (signal) => stop(new Interrupted(`${title}: stopped by ${signal}`));
    // Before the command starts: a signal without a handler would end this process before the draft is removed.
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    /** @param {string} chunk */
    const append = (chunk) => {
      tail = (tail + chunk).slice(-QUOTED_CHARACTERS);
    };
    const limit = setTimeout(() => stop(new Error(`${title}: not done in ${seconds(limitMs)}`)), limitMs);
    /** @param {Error | undefined} failure */
    const end = (failure) => {
      clearTimeout(limit);
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
      if (failure) return reject(failure);
      log(`  ${title}: done in ${seconds(Date.now() - startedAt)}`);
      resolve();
    };
    child.stdout.setEncoding("utf8").on("data", append);
    child.stderr.setEncoding("utf8").on("data", append);
    child.on("error", (error) => end(stopped ?? error));
    child.on("close", (code) => {
      end(stopped ?? (code === 0 ? undefined : new Error(`${title}: failed (exit ${code})\n${tail.trim()}`)));
    });
  });
}

/**
 * Kills a process group.
 * @param {number | undefined} pid The leader of the group; undefined if it did not start.
 */
export function killGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // The process has already ended.
  }
}

/** @param {number} durationMs */
function seconds(durationMs) {
  const total = Math.round(durationMs / 1000);
  return total < 60 ? `${total} s` : `${Math.floor(total / 60)} min ${total % 60} s`;
}
