// Usage: npm run demo [-- --keep]. Deploys examples/campus to an emulated Rhombus with the real Pulumi engine, changes
// things behind its back, repairs them, and destroys it all. --keep stops before the end and says how to go on by hand.

import { endDescendants } from "../processes.mjs";
import { prepare } from "../setup.mjs";
import { Screen } from "./screen.mjs";
import { Workplace } from "./workspace.mjs";

const SIGNAL_STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

const screen = new Screen(process.stdout, process.env);
const workplace = new Workplace();
let isKept = false;
let isStopping = false;

for (const [signal, status] of Object.entries(SIGNAL_STATUS)) {
  process.on(signal, () =>
    isKept
      ? stop("\nThe emulator has stopped, and the stack is gone with it.", 0)
      : stop(`Stopped by ${signal}.`, status),
  );
}
// Whoever reads the output, such as head, may be content before the end.
process.stdout.on("error", () => stop("Nobody reads the output any more.", 1));

const unknown = process.argv.slice(2).filter((arg) => arg !== "--keep");
if (unknown.length > 0) {
  process.stderr.write(`The demo does not know ${unknown.join(" ")}. Usage: npm run demo [-- --keep]\n`);
  process.exitCode = 2;
} else {
  await tell(process.argv.includes("--keep"));
}

/** @param {boolean} keep */
async function tell(keep) {
  try {
    const engineBin = await screen.step("Set up", async () => {
      const prepared = await prepare({ engine: true, log: (line) => screen.say(line) });
      return prepared.engineBin ?? "";
    });
    // Loaded late: it needs a Node that the set-up has judged.
    const { tellStory } = await import("./story.mjs");
    await tellStory({ screen, workplace, engineBin, keep });
    isKept = keep;
    if (!keep) await stop(screen.closing(), 0);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await stop(`The demo failed at step ${screen.current}: ${reason}`, 1);
  }
}

/**
 * Ends everything that the demo has started, whatever it is doing, and leaves no trace of it.
 *
 * @param {string} lastWords
 * @param {number} status
 */
async function stop(lastWords, status) {
  if (isStopping) return;
  isStopping = true;
  await endDescendants(process.pid);
  await workplace.remove();
  if (status === 0) screen.say(lastWords);
  else process.stderr.write(`\n${lastWords}\n`);
  process.exit(status);
}
