import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Ends all processes that descend from one, and not that one itself. Killing a process group would not do: Pulumi puts
 * each of its plugins into a group of its own.
 *
 * @param {number} pid
 */
export async function endDescendants(pid) {
  /** @type {Set<number>} */
  const found = new Set();
  // Those that stand still start no further ones, so that none is missed between looking and killing.
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
 * @param {ReadonlySet<number>} known
 */
async function newDescendants(pid, known) {
  return (await descendantsOf(pid)).filter((each) => !known.has(each));
}

/**
 * The processes that descend from one, without that one itself.
 *
 * @type {typeof import("./processes.d.mts").descendantsOf}
 */
export async function descendantsOf(pid) {
  const parents = await parentsOfAll();
  /**
   * @param {number} of
   * @returns {number[]}
   */
  const below = (of) => {
    const children = [...parents].filter(([, parent]) => parent === of).map(([child]) => child);
    return [...children, ...children.flatMap(below)];
  };
  return below(pid);
}

/**
 * Whether a process runs. One that has ended, and that its parent has yet to notice, does not.
 *
 * @type {typeof import("./processes.d.mts").isRunning}
 */
export async function isRunning(pid) {
  return (await parentsOfAll()).has(pid);
}

/** The parent of each process that runs. */
async function parentsOfAll() {
  return existsSync("/proc/self/stat") ? parentsFromProc() : parentsFromCommand();
}

/** Slim Linux images have no ps. */
function parentsFromProc() {
  /** @type {Map<number, number>} */
  const parents = new Map();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      // The name in parentheses may hold anything; state and parent follow it.
      const [state, parent] = readFileSync(`/proc/${name}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      if (state !== "Z") parents.set(Number(name), Number(parent));
    } catch {
      // It has ended since the folder was listed.
    }
  }
  return parents;
}

async function parentsFromCommand() {
  const isWindows = process.platform === "win32";
  const query = 'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) R" }';
  const asking = isWindows
    ? run("powershell", ["-NoProfile", "-Command", query])
    : run("ps", ["-A", "-o", "pid=,ppid=,stat="]);
  const asker = asking.child.pid;
  const { stdout } = await asking;
  /** @type {Map<number, number>} */
  const parents = new Map();
  for (const line of stdout.trim().split("\n")) {
    const [pid, parent, state = ""] = line.trim().split(/\s+/);
    if (Number(pid) !== asker && !state.startsWith("Z")) parents.set(Number(pid), Number(parent));
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
    // It has ended by itself.
  }
}
