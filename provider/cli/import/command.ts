import { Command, Option } from "commander";
import { resourceTypes } from "../../resources/registry";
import { terminal } from "../output/terminal";
import { pulumiIn } from "../pulumi/pulumiCli";
import { refuseOtherRuntime } from "./runtime";
import type { ImportOptions } from "./session";

/** The command `pulumi-rhombus import`: takes over what an organization has already. */
export function importCommand(): Command {
  return new Command("import")
    .summary("list what the organization has, and take it into the stack")
    .description(
      "Lists the integrations and access control groups of the organization that the stack's settings open, and marks what " +
        "the stack manages. With the options below it writes a program that declares the rest, and takes it into the stack. " +
        "At Rhombus it only reads, unless --recover-secrets is given.",
    )
    .option("--program <file>", "write a TypeScript program that declares what the stack does not manage; - prints it")
    .option("--out <file>", "write a file for `pulumi import --file`; it holds secrets")
    .addOption(new Option("--apply", "take it into the stack now").conflicts("out"))
    .addOption(
      new Option("--match", "take what the program in this folder declares, by name, instead of everything").conflicts(
        "program",
      ),
    )
    .addOption(new Option("--only <type...>", "only these types").choices(resourceTypes).default([], "all"))
    .option("--name <glob>", "only what has such a name; * and ? stand for any characters")
    .option("--provider <name>", "the organization of an explicit provider that is in the stack's state")
    .option("--recover-secrets", "get webhook URLs by writing OnGuard deployments back as they are")
    .option("--dry-run", "write nothing, and say what would be written")
    .option("--json", "print for machines")
    .option("-s, --stack <name>", "the stack (default: the selected one)")
    .addHelpText("after", HELP)
    .action(run);
}

/** What counts where nothing is said. */
const unsaid = { apply: false, match: false, dryRun: false, json: false, recoverSecrets: false };

async function run(flags: Partial<typeof unsaid> & ImportOptions, command: Command): Promise<void> {
  const options: ImportOptions = { ...unsaid, ...flags };
  if (options.recoverSecrets && !options.apply && options.out === undefined) {
    command.error("error: --recover-secrets needs --apply or --out, which take what it gets.");
  }
  if (options.json && options.program === "-") command.error("error: give either --json or --program -.");
  refuseOtherRuntime(process.cwd());
  // It loads the SDK, which no other command needs.
  const { runImport } = await import("./run.js");
  process.exitCode = await runImport(options, {
    cli: pulumiIn(process.cwd(), process.env),
    env: process.env,
    out: terminal.printVerbatim,
    screen: terminal.screen,
  });
}

const HELP = `
Exit codes:
  0  everything that was asked for is listed, written or in the stack
  1  it failed; nothing was imported, unless Pulumi says so
  2  something was left out: it has no match, several, or cannot be declared as it is

Examples:
  $ npx pulumi-rhombus import
  $ npx pulumi-rhombus import --program rhombus.ts && npx pulumi-rhombus import --apply
  $ npx pulumi-rhombus import --match --apply
  $ npx pulumi-rhombus import --only AccessControlGroup --name 'Night*' --dry-run --apply`;
