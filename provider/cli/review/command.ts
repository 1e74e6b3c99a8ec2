import { readFileSync } from "node:fs";
import { Command } from "commander";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { code } from "../output/plainText";
import { terminal } from "../output/terminal";
import { PulumiCliError, pulumiIn } from "../pulumi/pulumiCli";
import type { CommandContext } from "../pulumi/stack";
import { hideSecrets, type StackConfig, stackConfig } from "../pulumi/stack";
import { stackOption } from "../pulumi/state";
import { documentOf } from "./document";
import { lookUpNames } from "./names";
import { type Plan, planIn } from "./plan";
import { ValueFormatter } from "./valueFormatter";

interface ReviewFlags {
  readonly plan?: string;
  readonly stack?: string;
  readonly offline?: boolean;
}

/** The command `pulumi-rhombus review`: writes the changes of a deployment as Markdown for a security officer. */
export function reviewCommand(): Command {
  return new Command("review")
    .summary("write the changes of a deployment as Markdown for a security officer")
    .description(
      "Runs `pulumi preview` and writes the changes in Rhombus as Markdown, for a pull request: first what is deleted, " +
        "replaced or switched off, and doors that gain or lose remote unlock or have no camera; then every change, with the " +
        "names of doors, cameras, users and locations. It shows no secret and changes nothing.",
    )
    .option("--plan <file>", "the output of `pulumi preview --json`, instead of running it; - reads standard input")
    .option("--stack <name>", "the stack (default: the selected one)")
    .option("--offline", "show ids, and do not look up names in Rhombus")
    .argument("[preview-options...]", "after --, further options for pulumi preview, such as --refresh")
    .addHelpText(
      "after",
      `
Exit codes: 0 no dangerous change; 2 dangerous changes; 1 no review, because the preview failed.

Example:
  $ npx pulumi-rhombus review --stack prod -- --refresh > review.md`,
    )
    .action(run);
}

async function run(options: readonly string[], { plan: file, stack, offline = false }: ReviewFlags): Promise<void> {
  const [folder, env, redactor] = [process.cwd(), process.env, terminal.redactor];
  const cli = pulumiIn(folder, env);
  const context = { folder, env, cli, stack, log: terminal.log };
  const text =
    file === undefined ? await preview(context, options, redactor) : readFileSync(file === "-" ? 0 : file, "utf8");
  const plan = planIn(text);
  if (plan.errors.length > 0) throw await planFailure(plan, context, redactor);
  const providers = offline ? [] : plan.steps.map(({ provider }) => provider);
  const { namesByProvider, notes } = await lookUpNames(context, providers, redactor);
  const formatterOf = (provider: string | undefined) => new ValueFormatter(namesByProvider.get(provider) ?? {});
  const { text: written, findings } = documentOf({ plan, formatterOf, notes: notes.map(code) });
  terminal.print(written);
  process.exitCode = findings > 0 ? 2 : 0;
}

async function preview(context: CommandContext, options: readonly string[], redactor: Redactor): Promise<string> {
  try {
    return await context.cli.run("preview", "--json", ...stackOption(context.stack), ...options);
  } catch (error) {
    if (!(error instanceof PulumiCliError)) throw error;
    // A failed preview prints a plan with its errors, unless it failed before the program ran.
    if (hasErrors(error.stdout)) return error.stdout;
    await learnSecrets(context, redactor);
    throw new PulumiCliError(redactor.redact(error.message), error.isMissing, error.stdout);
  }
}

function hasErrors(printed: string): boolean {
  try {
    return planIn(printed).errors.length > 0;
  } catch {
    return false;
  }
}

async function planFailure({ errors }: Plan, context: CommandContext, redactor: Redactor): Promise<Error> {
  await learnSecrets(context, redactor);
  return new Error(`The preview failed:\n${errors.map((each) => `  ${redactor.redact(each)}`).join("\n")}`);
}

/** The messages of Pulumi may quote the stack config. */
async function learnSecrets({ cli, stack }: CommandContext, redactor: Redactor): Promise<void> {
  // If the config cannot be read either, Pulumi cannot quote it.
  const config = await stackConfig(cli, stack).catch((): StackConfig => ({}));
  hideSecrets(config, redactor);
}
