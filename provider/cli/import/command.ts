import { Command, Option } from "commander";
import { resourceTypes } from "../../resources/registry";
import { terminal } from "../output/terminal";
import { refuseOtherRuntime } from "../pulumi/project";
import { pulumiIn } from "../pulumi/pulumiCli";
import { defaultOptions, type ImportOptions } from "./importOptions";

/** The command `pulumi-rhombus import`: imports existing objects into a program and a stack. */
export function importCommand(): Command {
  return new Command("import")
    .summary("list existing objects, and import them into the stack")
    .description(
      "Lists the integrations and access control groups of the organization that the stack's settings open, and marks those " +
        "that the stack manages. With the options below it writes a program that declares the others, and imports them into " +
        "the stack. It changes nothing in Rhombus, unless --recover-secrets is given.",
    )
    .option("--program <file>", "write a TypeScript program that declares what the stack does not manage; - prints it")
    .option("--all", "declare in that program also what the stack manages")
    .option("--out <file>", "write a file for `pulumi import --file`; it contains secrets")
    .addOption(new Option("--apply", "import into the stack now").conflicts("out"))
    .addOption(
      new Option("--match", "import what the program in this folder declares, found by name").conflicts("program"),
    )
    .option("--no-protect", "let Pulumi delete and replace what is imported, which it refuses otherwise")
    .addOption(new Option("--only <type...>", "only these types (default: all)").choices(resourceTypes))
    .option("--name <glob>", "only objects whose name matches; * and ? stand for any characters")
    .option("--provider <name>", "the organization of an explicit Provider that is in the stack's state")
    .option("--recover-secrets", "get webhook URLs by writing OnGuard deployments back unchanged")
    .option("--dry-run", "write nothing, and print what would be written")
    .option("--json", "print JSON")
    .option("-s, --stack <name>", "the stack (default: the selected one)")
    .addHelpText("after", HELP)
    .action(run);
}

async function run(flags: Partial<ImportOptions>, command: Command): Promise<void> {
  const options = { ...defaultOptions, ...flags };
  if (options.recoverSecrets && !options.apply && options.out === undefined) {
    command.error("error: --recover-secrets needs --apply or --out, which store what it gets.");
  }
  if (options.all && options.program === undefined) command.error("error: --all needs --program.");
  if (options.json && options.program === "-") command.error("error: give either --json or --program -.");
  const [folder, env] = [process.cwd(), process.env];
  refuseOtherRuntime(folder);
  // Loaded late: it loads the SDK, which no other command needs.
  const { runImport } = await import("./run.js");
  process.exitCode = await runImport(options, { cli: pulumiIn(folder, env), env, terminal });
}

const HELP = `
Exit codes:
  0  everything that was asked for is listed, written or in the stack
  1  it failed, or the stack has resources of another organization; nothing was imported, unless Pulumi reports otherwise
  2  something was left out: it has no match or several, or cannot be declared as it is

Examples:
  $ npx pulumi-rhombus import
  $ npx pulumi-rhombus import --program rhombus.ts && npx pulumi-rhombus import --apply
  $ npx pulumi-rhombus import --program rhombus.ts --all --dry-run
  $ npx pulumi-rhombus import --match --apply
  $ npx pulumi-rhombus import --only AccessControlGroup --name 'Night*' --dry-run --apply`;
