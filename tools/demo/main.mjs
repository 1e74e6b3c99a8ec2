// Usage: npm run demo [-- --keep]. Deploys examples/campus to an emulated Rhombus with the real Pulumi engine, changes
// objects outside of Pulumi, repairs them, and destroys everything. With --keep, the stack stays, and the demo prints the
// commands to continue by hand.
import { messageOf } from "../messages.mjs";
import { endDescendants } from "../processes.mjs";
import { prepare } from "../setup.mjs";
import { Screen } from "./screen.mjs";
import { Workspace } from "./workspace.mjs";

const SIGNAL_STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

const screen = new Screen(process.stdout, process.env);
const workspace = new Workspace();
let isKept = false;
let isStopping = false;

for (const [signal, status] of Object.entries(SIGNAL_STATUS)) {
  process.on(signal, () =>
    isKept ? stop("\nThe emulator has stopped, and the stack is removed.", 0) : stop(`Stopped by ${signal}.`, status),
  );
}
// A reader such as head may close the output before the end.
process.stdout.on("error", () => stop("The output was closed.", 1));

const unknown = process.argv.slice(2).filter((arg) => arg !== "--keep");
if (unknown.length > 0) {
  process.stderr.write(`Unknown option: ${unknown.join(" ")}. Usage: npm run demo [-- --keep]\n`);
  process.exitCode = 2;
} else {
  await runDemo(process.argv.includes("--keep"));
}

/** @param {boolean} keep */
async function runDemo(keep) {
  try {
    const engineBin = await screen.step("Set up", async () => {
      const prepared = await prepare({ engine: true, log: (line) => screen.print(line) });
      return prepared.engineBin ?? "";
    });
    // Imported after prepare has checked the version of Node.
    const { runSteps } = await import("./steps.mjs");
    await runSteps({ screen, workspace, engineBin, keep });
    isKept = keep;
    if (!keep) await stop(screen.lastLine(), 0);
  } catch (error) {
    await stop(`The demo failed at step ${screen.current}: ${messageOf(error)}`, 1);
  }
}

/**
 * Ends all child processes, removes all files, and exits.
 * @param {string} message
 * @param {number} status
 */
async function stop(message, status) {
  if (isStopping) return;
  isStopping = true;
  await endDescendants(process.pid);
  await workspace.remove();
  if (status === 0) screen.print(message);
  else process.stderr.write(`\n${message}\n`);
  process.exit(status);
}
