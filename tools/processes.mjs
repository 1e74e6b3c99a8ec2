import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Ends all descendants of a process, but not the process itself. Pulumi puts each of its plugins into a process group of
 * its own, so killing a group is not enough.
 * @param {number} pid
 */
export async function endDescendants(pid) {
  /** @type {Set<number>} */
  const found = new Set();
  // Stopped processes start no children, so none is missed between listing and killing.
  for (let added = await newDescendants(pid, found); added.length > 0; added = await newDescendants(pid, found)) {
    for (const each of added) {
      found.add(each);
      signal(each, process.platform === "win32" ? "SIGKILL" : "SIGSTOP");
    }
  }
  for (const each of found) signal(each, "SIGKILL");
  while ((await newDescendants(pid, new Set())).length > 0) await delay(20);
}

/**
 * @param {number} pid
 * @param {ReadonlySet<number>} found
 */
async function newDescendants(pid, found) {
  return (await descendantsOf(pid)).filter((each) => !found.has(each));
}

/**
 * The ids of all descendants of a process.
 * @param {number} pid
 */
export async function descendantsOf(pid) {
  return below(pid, await parentsOfAll());
}

/**
 * The ids of all descendants of a process, read from /proc; none on systems without it.
 * @param {number} pid
 */
export function descendantsInProc(pid) {
  return hasProc() ? below(pid, parentsFromProc()) : [];
}

/**
 * Reports if a process runs. A zombie (ended, not yet collected by its parent) does not run.
 * @param {number} pid
 */
export async function isRunning(pid) {
  return (await parentsOfAll()).has(pid);
}

/**
 * @param {number} pid
 * @param {ReadonlyMap<number, number>} parents
 * @returns {number[]}
 */
function below(pid, parents) {
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  return [...children, ...children.flatMap((child) => below(child, parents))];
}

/** The parent of each running process. */
async function parentsOfAll() {
  return hasProc() ? parentsFromProc() : parentsFromCommand();
}

function hasProc() {
  return existsSync("/proc/self/stat");
}

/** Slim Linux images have no `ps`. */
function parentsFromProc() {
  /** @type {Map<number, number>} */
  const parents = new Map();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      // State and parent follow the name, which is in parentheses and may contain any character.
      const [state, parent] = readFileSync(`/proc/${name}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      if (state !== "Z") parents.set(Number(name), Number(parent));
    } catch {
      // The process has ended since the folder was listed.
    }
  }
  return parents;
}

async function parentsFromCommand() {
  const isWindows = process.platform === "win32";
  const query = 'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) R" }';
  const running = isWindows
    ? run("powershell", ["-NoProfile", "-Command", query])
    : run("ps", ["-A", "-o", "pid=,ppid=,stat="]);
  const ownPid = running.child.pid;
  const { stdout } = await running;
  /** @type {Map<number, number>} */
  const parents = new Map();
  for (const line of stdout.trim().split("\n")) {
    const [pid, parent, state = ""] = line.trim().split(/\s+/);
    if (Number(pid) !== ownPid && !state.startsWith("Z")) parents.set(Number(pid), Number(parent));
  }
  return parents;
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // The process has already ended.
  }
}
