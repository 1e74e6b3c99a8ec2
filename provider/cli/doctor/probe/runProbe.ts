import { createInterface } from "node:readline";
import type { Redactor } from "../../../rhombus/redaction/redactor";
import { quoted } from "../../output/plainText";
import { type CommandContext, connectFrom } from "../../pulumi/stack";
import { type ProbeReport, probe } from "./probe";

/**
 * Probes the organization that the settings open, after a person has typed its name. Ctrl-C ends the probe early; its objects
 * are deleted in any case.
 * @param context The context of the command.
 * @param redactor Learns the secrets of the settings.
 * @throws Error if the organization has integrations, or is not confirmed. Then nothing was created.
 */
export async function runProbe(context: CommandContext, redactor: Redactor): Promise<ProbeReport> {
  const api = await connectFrom(context, redactor);
  let isAborted = false;
  const abort = () => {
    isAborted = true;
    context.log("stopping after the created objects are deleted");
  };
  process.on("SIGINT", abort);
  process.on("SIGTERM", abort);
  try {
    return await probe({
      api,
      confirm: (name) => readName(context, name),
      timing: {
        leastMs: 1_500,
        mostReads: 100,
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        isAborted: () => isAborted,
        log: context.log,
      },
    });
  } finally {
    process.off("SIGINT", abort);
    process.off("SIGTERM", abort);
  }
}

async function readName({ log }: CommandContext, name: string): Promise<string> {
  log(
    `This creates groups and OnGuard deployments in ${quoted(name)}, and deletes them again. It takes about a minute.\n` +
      "To continue, type the name of the organization:",
  );
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
  }
}
