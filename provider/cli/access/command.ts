import { Command } from "commander";
import { Directory } from "../../lookups/lists/directory";
import { terminal } from "../output/terminal";
import { pulumiIn } from "../pulumi/pulumiCli";
import { connectFrom } from "../pulumi/stack";
import { accessReport } from "./report";
import { reportText } from "./reportText";
import type { WantedSubject } from "./subject";

interface AccessFlags {
  readonly user?: string;
  readonly door?: string;
  readonly group?: string;
  readonly stack?: string;
  readonly provider?: string;
  readonly json?: boolean;
}

/** The command `pulumi-rhombus access`: shows who may open which doors of Rhombus Access Control. */
export function accessCommand(): Command {
  return new Command("access")
    .summary("show who may open which doors of Rhombus Access Control, and when")
    .description(
      "Shows what a user or a group may open, or who may open a door: when, and by which grant, group and label, with the " +
        "revocations that take it away. It covers the doors of Rhombus Access Control, not those of OnGuard, Genea and Kisi; " +
        "the output ends with its limits. It only reads.",
    )
    .option("--user <email>", "the e-mail address, name or id of a user")
    .option("--door <name>", "the name or id of a door of Rhombus Access Control")
    .option("--group <name>", "the name or id of a group")
    .option("--stack <name>", "the stack whose config is used (default: the selected one)")
    .option("--provider <name>", "use the settings of an explicit Provider of the stack")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nExit codes: 0 the answer is complete within its limits; 1 a list could not be read, or an error.",
    )
    .action(run);
}

async function run({ json = false, stack, provider, ...subjects }: AccessFlags, command: Command): Promise<void> {
  const wanted = wantedIn(subjects);
  if (wanted === undefined) command.error("error: Name exactly one of --user, --door and --group.");
  const [folder, env] = [process.cwd(), process.env];
  const { log, redactor } = terminal;
  const api = await connectFrom({ folder, env, cli: pulumiIn(folder, env), stack, provider, log }, redactor);
  const report = await accessReport(new Directory(api, redactor), wanted);
  if (json) terminal.printJson(report);
  else terminal.print(`${reportText(report)}\n`);
  process.exitCode = report.unread.length === 0 ? 0 : 1;
}

function wantedIn({ user, door, group }: Pick<AccessFlags, WantedSubject["kind"]>): WantedSubject | undefined {
  const given = [
    { kind: "user", name: user },
    { kind: "door", name: door },
    { kind: "group", name: group },
  ] as const;
  const [wanted, ...others] = given.flatMap(({ kind, name }) => (name === undefined ? [] : [{ kind, name }]));
  return others.length === 0 ? wanted : undefined;
}
