import { Command } from "commander";
import { terminal } from "../output/terminal";
import { pulumiIn } from "../pulumi/pulumiCli";

/** The command `pulumi-rhombus apply`: deploys the changes of a review that was approved, if they are still planned. */
export function applyCommand(): Command {
  return new Command("apply")
    .summary("deploy the changes that were reviewed, if they are still the same")
    .description(
      "Previews again, and compares the changes with those that `pulumi-rhombus review --save FILE` wrote. Runs `pulumi up` if they " +
        "are the same, for the same stack and organization. Otherwise it prints what differs, and deploys nothing.",
    )
    .option("--stack <name>", "the stack (default: the selected one)")
    .argument("<file>", "the file of the review")
    .argument("[up-options...]", "after --, further options for pulumi up, such as --target")
    .addHelpText(
      "after",
      `
Secrets, and values that are unknown until the deployment, are not compared; they are listed. \`pulumi up\` refreshes the state as the
review did, and is bound to the new preview by an update plan of Pulumi (\`--plan\`). What the program does by itself, outside the
resources of the plan, is not held. --stack stands before the --.

Exit codes: that of pulumi up; 2 the changes differ, and nothing was deployed; 1 nothing was deployed, because the comparison failed.

Example:
  $ npx pulumi-rhombus review --stack prod --save approved.json
  $ npx pulumi-rhombus apply approved.json --stack prod -- --message "ticket 4711"`,
    )
    .action(run);
}

async function run(file: string, options: readonly string[], { stack }: { readonly stack?: string }): Promise<void> {
  const [folder, env] = [process.cwd(), process.env];
  // Loaded late: it loads the SDK, as the import does.
  const { runApply } = await import("./run.js");
  const context = { folder, env, cli: pulumiIn(folder, env), stack, log: terminal.log, terminal };
  process.exitCode = await runApply(file, options, context);
}
