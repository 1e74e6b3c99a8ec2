import { Command, Option } from "commander";
import { columns, counted, plainText } from "../output/plainText";
import { terminal } from "../output/terminal";
import { projectAround } from "../pulumi/project";
import { pulumiIn } from "../pulumi/pulumiCli";
import { connectFrom } from "../pulumi/stack";
import type { Unread } from "../unread";
import { type AuditReport, audit } from "./audit";
import { type FindingKind, findingKinds } from "./findings";

interface AuditFlags {
  readonly stack?: readonly string[];
  readonly provider?: string;
  readonly ignore?: readonly FindingKind[];
  readonly json?: boolean;
}

/** The command `pulumi-rhombus audit`: lists problems of an organization. */
export function auditCommand(): Command {
  return new Command("audit")
    .summary("list problems of the organization as it is now")
    .description(
      "Lists doors without a camera or with a missing or offline camera, disabled integrations, refused vendor keys, " +
        "misconfigured doors, doors and places that the badge vendor does not list, access grants without doors, people or a " +
        "schedule that exists, or always for everyone, what grants and revocations name in vain, objects that share a name, and objects that " +
        "no stack manages. It only reads.",
    )
    .option(
      "--stack <name...>",
      "the stacks to compare with; the settings come from the first one (default: the selected one)",
    )
    .option("--provider <name>", "use the settings of an explicit Provider of the stack")
    .addOption(new Option("--ignore <kind...>", "kinds of findings not to report").choices(Object.keys(findingKinds)))
    .option("--json", "print the result as JSON")
    .addHelpText("after", "\nExit codes: 0 no findings; 2 findings; 1 no findings, but something could not be checked.")
    .action(run);
}

async function run({ stack: stacks, provider, ignore = [], json = false }: AuditFlags): Promise<void> {
  const [folder, env] = [process.cwd(), process.env];
  const cli = pulumiIn(folder, env);
  const unread: Unread[] = [];
  const { log } = terminal;
  const withoutConfig = (reason: string) => unread.push({ what: "the stack config", why: plainText(reason) });
  const context = { folder, env, cli, stack: stacks?.[0], provider, log, withoutConfig };
  const api = await connectFrom(context, terminal.redactor);
  const hasStacks = stacks !== undefined || projectAround(folder) !== undefined;
  const report = await audit({
    api,
    cli: hasStacks ? cli : undefined,
    stacks: stacks ?? [undefined],
    provider,
    ignored: ignore,
    unread,
  });
  if (json) terminal.printJson(report);
  else terminal.print(`${textOf(report)}\n`);
  process.exitCode = exitCodeOf(report);
}

function textOf({ organization, objects, findings, leftOut, unread, managementUnknown }: AuditReport): string {
  const rows = findings.map(({ kind, object, text }) => [findingKinds[kind], object, text]);
  const missing = unread.map(({ what, why }) => `  not checked: ${what}: ${why}`);
  const unknown =
    managementUnknown === undefined ? [] : [`  not checked: objects ${findingKinds.unmanaged}: ${managementUnknown}`];
  const name = organization === undefined ? "Unknown organization" : organization.name;
  const head = `${name}: ${counted(objects, "object")}, ${counted(findings.length, "finding")}`;
  const ignored = leftOut.map(({ kind, count }) => `${findingKinds[kind]} ${count ?? "(not checked)"}`);
  const omitted = ignored.length === 0 ? [] : [`  left out by --ignore: ${ignored.join(", ")}`];
  const parts = [[head], columns(rows), [...omitted, ...missing, ...unknown]].filter((part) => part.length > 0);
  return parts.map((part) => part.join("\n")).join("\n\n");
}

/**
 * The exit code for a report.
 * @param report The report.
 */
export function exitCodeOf({ findings, unread, managementUnknown }: AuditReport): number {
  if (findings.length > 0) return 2;
  return unread.length > 0 || managementUnknown !== undefined ? 1 : 0;
}
