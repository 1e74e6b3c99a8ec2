import { Command, Option } from "commander";
import { plainText } from "../output/plainText";
import { terminal } from "../output/terminal";
import { projectAround } from "../pulumi/project";
import { pulumiIn } from "../pulumi/pulumiCli";
import { connectFrom } from "../pulumi/stack";
import { type AuditReport, examine } from "./examination";
import { type Fact, facts } from "./findings";
import type { Unread } from "./inventory";
import { tableOf } from "./table";

interface AuditFlags {
  readonly stack?: readonly string[];
  readonly provider?: string;
  readonly ignore?: readonly Fact[];
  readonly json?: boolean;
}

/** The command `pulumi-rhombus audit`: lists what should worry someone about an organization as it is now. */
export function auditCommand(): Command {
  return new Command("audit")
    .summary("list what should worry someone about the organization as it is now")
    .description(
      "Lists doors without a camera or with one that is missing or offline, integrations that are off, vendor keys that are " +
        "refused, misconfigured doors, doors and places that their vendor does not list, several objects of one name, and " +
        "objects that no stack manages. It only reads.",
    )
    .addOption(
      new Option(
        "--stack <name...>",
        "the stacks that may manage what there is; the settings come from the first (default: the selected one)",
      ),
    )
    .addOption(new Option("--provider <name>", "an explicit Provider of the stack, whose settings count instead"))
    .addOption(new Option("--ignore <fact...>", "what not to report").choices(Object.keys(facts)))
    .addOption(new Option("--json", "print the result as JSON"))
    .addHelpText(
      "after",
      "\nExit codes: 0 nothing found; 2 something found; 1 nothing found, but not everything could be looked at, or nothing at all.",
    )
    .action(run);
}

async function run({ stack: stacks, provider, ignore = [], json = false }: AuditFlags): Promise<void> {
  const [folder, env] = [process.cwd(), process.env];
  const cli = pulumiIn(folder, env);
  const unread: Unread[] = [];
  const { tell } = terminal;
  const withoutConfig = (why: string) => unread.push({ what: "the stack config", why: plainText(why) });
  const caller = { folder, env, cli, stack: stacks?.[0], provider, tell, withoutConfig };
  const api = await connectFrom(caller, terminal.redactor);
  const isAsked = stacks !== undefined || projectAround(folder) !== undefined;
  const looked = { cli: isAsked ? cli : undefined, stacks: stacks ?? [undefined], provider };
  const report = await examine({ api, ...looked, ignored: ignore, unread });
  if (json) terminal.printJson(report);
  else terminal.print(`${tableOf(report)}\n`);
  process.exitCode = exitCodeOf(report);
}

/**
 * The exit code that goes with a report.
 * @param report The report.
 */
export function exitCodeOf({ findings, unread, managementUnknown }: AuditReport): number {
  if (findings.length > 0) return 2;
  return unread.length > 0 || managementUnknown !== undefined ? 1 : 0;
}
