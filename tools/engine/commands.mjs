import { execFile, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** How much of a command's output an error quotes: its end, where the cause stands. */
const QUOTED_CHARACTERS = 2000;

/** A run that was told to stop (Ctrl-C, `kill`): no other way is tried after it. */
export class Interrupted extends Error {}

/**
 * The first executable file of that name in the folders of PATH.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findOnPath(name, env) {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const folder of (env.PATH ?? "").split(path.delimiter)) {
    for (const ending of endings) {
      const candidate = path.join(folder, name + ending);
      if (path.isAbsolute(folder) && isExecutable(candidate)) {
        return candidate;
      }
    }
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {boolean} Also for a link, where it leads to an executable file.
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
 * The version that a Pulumi CLI reports about itself.
 *
 * @param {string} pulumi
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} Its words; an Error where it cannot run.
 */
export function askVersion(pulumi, env) {
  return new Promise((resolve, reject) => {
    const options = { env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" }, timeout: 30_000 };
    execFile(pulumi, ["version"], options, (error, stdout) => {
      if (error) {
        reject(new Error(`${pulumi} version failed: ${error.message.trim()}`));
      } else {
        resolve(stdout.trim());
      }
    });
  });
}

/**
 * Runs a command that may take minutes, quietly, with a line about the time gone by now and then. It runs in a process
 * group of its own, so that a limit or a signal ends all it started and leaves nobody writing to a folder that is
 * being removed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ title: string, cwd?: string, env: NodeJS.ProcessEnv, log: (line: string) => void, limitMs: number, progressEveryMs: number }} options
 * @returns {Promise<void>} Rejects with the end of what the command printed.
 */
export async function runLong(command, args, { title, cwd, env, log, limitMs, progressEveryMs }) {
  const startedAt = Date.now();
  const progress = setInterval(() => log(`  ${title}: ${elapsed(startedAt)} so far`), progressEveryMs);
  try {
    await runGroup(command, args, { title, cwd, env, limitMs });
  } finally {
    clearInterval(progress);
  }
  log(`  ${title}: done in ${elapsed(startedAt)}`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ title: string, cwd: string | undefined, env: NodeJS.ProcessEnv, limitMs: number }} options
 * @returns {Promise<void>}
 */
function runGroup(command, args, { title, cwd, env, limitMs }) {
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
    // Before the command starts, so that no signal finds this process unprepared and the draft stays behind.
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    /** @param {string} chunk */
    const keep = (chunk) => {
      tail = (tail + chunk).slice(-QUOTED_CHARACTERS);
    };
    const limit = setTimeout(() => stop(new Error(`${title}: not done in ${seconds(limitMs)}`)), limitMs);
    /** @param {Error | undefined} failure */
    const end = (failure) => {
      clearTimeout(limit);
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
      if (failure) {
        reject(failure);
      } else {
        resolve();
      }
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.on("error", (error) => end(stopped ?? error));
    child.on("close", (code) => {
      end(stopped ?? (code === 0 ? undefined : new Error(`${title}: failed (exit ${code})\n${tail.trim()}`)));
    });
  });
}

/**
 * Ends a process that leads a group, and all that it has started.
 *
 * @param {number | undefined} pid
 */
export function killGroup(pid) {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended by itself in the meantime.
  }
}

/** @param {number} startedAt */
function elapsed(startedAt) {
  return seconds(Date.now() - startedAt);
}

/** @param {number} durationMs */
function seconds(durationMs) {
  const total = Math.round(durationMs / 1000);
  return total < 60 ? `${total} s` : `${Math.floor(total / 60)} min ${total % 60} s`;
}
