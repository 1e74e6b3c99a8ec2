import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { build, MAIN } from "./commandSetup";

/** The signals that need no handler, or cannot have one. */
const others: Readonly<Record<string, readonly string[]>> = {
  "no program can handle it": ["SIGKILL", "SIGSTOP"],
  "it stops a process that a later signal continues": ["SIGTSTP", "SIGTTIN", "SIGTTOU"],
  "it does not end a process": ["SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH", "SIGINFO"],
  "it reports a fault of the process, which cannot continue": [
    ...["SIGILL", "SIGTRAP", "SIGABRT", "SIGIOT", "SIGBUS", "SIGFPE", "SIGSEGV", "SIGSYS"],
  ],
  "Node ignores it, and the write fails": ["SIGPIPE", "SIGXFSZ"],
  "Node's debugger and profiler use it": ["SIGUSR1", "SIGPROF"],
};

const handled = Object.keys(constants.signals).filter((name) => !Object.values(others).flat().includes(name));

/** A process that cleans up when it is interrupted. */
const task = `
const { interruptible } = require("./interruption.js");
interruptible(async (interruption) => {
  const waiting = setInterval(() => {}, 1_000);
  console.log("started");
  await new Promise((resolve) => interruption.addEventListener("abort", resolve));
  clearInterval(waiting);
  console.log("cleaned up");
  process.exitCode = interruption.reason;
});`;

describe("a task that has to clean up", function () {
  this.timeout(60_000);
  before(build);

  for (const name of handled) {
    it(`does so after ${name}`, async () => {
      const child = spawn(process.execPath, ["-e", task], {
        cwd: path.dirname(MAIN),
        stdio: ["ignore", "pipe", "inherit"],
      });
      const printed = text(child.stdout);
      const closed = once(child, "close");
      await once(child.stdout, "data");
      const number = Object.entries(constants.signals).find(([each]) => each === name)?.[1] ?? 0;
      child.kill(number);
      const [code, signal] = await closed;
      const ended = name === "SIGHUP" ? [null, name] : [128 + number, null];
      assert.deepEqual([await printed, code, signal], ["started\ncleaned up\n", ...ended]);
    });
  }
});
