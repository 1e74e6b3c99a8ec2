import { createInterface } from "node:readline";
import type { Redactor } from "../../../rhombus/redaction/redactor";
import { type Caller, connectFrom } from "../../pulumi/stack";
import { type ProbeReport, probe } from "./probe";

/**
 * Probes the organization that the settings open, once a person has typed its name. Ctrl-C ends it early, and what it has made is
 * removed all the same.
 * @param caller From where, and whose settings.
 * @param redactor What takes secrets out of texts.
 * @throws Error when the organization has integrations, or is not confirmed. Nothing was made then.
 */
export async function runProbe(caller: Caller, redactor: Redactor): Promise<ProbeReport> {
  const api = await connectFrom(caller, redactor);
  let isAborted = false;
  const abort = () => {
    isAborted = true;
    caller.tell("stopping; what was made is removed first");
  };
  process.on("SIGINT", abort);
  process.on("SIGTERM", abort);
  try {
    return await probe({
      api,
      confirm: (name) => typed(caller, name),
      pauses: {
        leastMs: 1_500,
        mostReads: 100,
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        isAborted: () => isAborted,
        tell: caller.tell,
      },
    });
  } finally {
    process.off("SIGINT", abort);
    process.off("SIGTERM", abort);
  }
}

async function typed({ tell }: Caller, name: string): Promise<string> {
  tell(
    `This makes groups and OnGuard deployments in ${JSON.stringify(name)}, and removes them again. It takes about a minute.\n` +
      "To go on, type the name of the organization:",
  );
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
  }
}
