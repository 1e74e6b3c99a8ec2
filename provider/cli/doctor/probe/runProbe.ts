import { createInterface } from "node:readline";
import type { Redactor } from "../../../rhombus/redaction/redactor";
import { interruptible } from "../../interruption";
import { quoted } from "../../output/plainText";
import { type CommandContext, connectFrom } from "../../pulumi/stack";
import { type ProbePlan, type ProbeReport, probe } from "./probe";

/**
 * Probes the organization that the settings open, after a person has typed its name. An interruption ends the probe early; its
 * objects are deleted in any case.
 * @param context The context of the command.
 * @param redactor Learns the secrets of the settings.
 * @returns The report, and the exit code.
 * @throws Error if the organization has integrations, or is not confirmed. Then nothing was created.
 */
export async function runProbe(
  context: CommandContext,
  redactor: Redactor,
): Promise<{ readonly report: ProbeReport; readonly exitCode: number }> {
  const api = await connectFrom(context, redactor);
  return interruptible(async (interruption) => {
    const report = await probe({
      api,
      confirm: (plan) => readName(context, interruption, plan),
      timing: { leastMs: 1_500, mostReads: 100, interruption, log: context.log },
    });
    const exitCode = interruption.aborted ? Number(interruption.reason) : 0;
    return { report, exitCode: report.left.length > 0 ? 1 : exitCode };
  });
}

async function readName({ log }: CommandContext, interruption: AbortSignal, plan: ProbePlan): Promise<string> {
  log(questionOf(plan));
  const lines = createInterface({ input: process.stdin, signal: interruption });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
  }
}

function questionOf({ name, leftovers, creates }: ProbePlan): string {
  const left = [
    `Probes that did not finish, or that run now, have created these objects in ${quoted(name)}. They are deleted first:`,
    ...leftovers.map((each) => `  ${each}`),
    "",
  ];
  const created = `This creates groups and OnGuard deployments in ${quoted(name)}, and deletes them again. It takes about a minute.`;
  return [
    ...(leftovers.length > 0 ? left : []),
    ...(creates ? [created] : []),
    "To continue, type the name of the organization:",
  ].join("\n");
}
