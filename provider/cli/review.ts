import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { Redactor } from "../rhombus/redactor";
import { code } from "./markdown";
import { type PulumiCli, PulumiCliError, pulumiIn } from "./pulumiCli";
import { documentOf } from "./review/document";
import { lookUpNames } from "./review/names";
import { type Plan, planIn } from "./review/plan";
import { Wording } from "./review/wording";
import { stackOption } from "./stackResources";

interface ReviewFlags {
  readonly plan?: string;
  readonly stack?: string;
  readonly offline?: boolean;
}

/** The command `pulumi-rhombus review`: what a deployment would change, as Markdown for those who answer for the doors. */
export function reviewCommand(): Command {
  return new Command("review")
    .summary("write what a deployment would change as Markdown for a security officer")
    .description(
      "Runs `pulumi preview` and writes what it would change at Rhombus as Markdown, for a pull request: first what is deleted, " +
        "replaced, switched off, gains or loses remote unlock, or has no camera; then every change, with the names of doors, " +
        "cameras, users and locations. It shows no secret and changes nothing.",
    )
    .addOption(
      new Option(
        "--plan <file>",
        "what `pulumi preview --json` printed, instead of running it; - reads standard input",
      ),
    )
    .addOption(new Option("--stack <name>", "the stack (default: the selected one)"))
    .addOption(new Option("--offline", "show ids, and look no names up at Rhombus"))
    .argument("[preview-options...]", "after --, further options for pulumi preview, such as --refresh")
    .addHelpText(
      "after",
      `
Exit codes: 0 nothing dangerous in it; 2 something is; 1 there is no review, because the preview failed.

Example:
  $ npx pulumi-rhombus review --stack prod -- --refresh > review.md`,
    )
    .action(run);
}

async function run(options: readonly string[], { plan: file, stack, offline = false }: ReviewFlags): Promise<void> {
  const [folder, env, redactor] = [process.cwd(), process.env, new Redactor()];
  const cli = pulumiIn(folder, env);
  const text = file === undefined ? await preview(cli, stack, options) : readFileSync(file === "-" ? 0 : file, "utf8");
  const plan = succeeded(planIn(text), redactor);
  const caller = { folder, env, cli, stack, tell: (line: string) => console.error(line) };
  const providers = offline ? [] : plan.steps.map(({ provider }) => provider);
  const { books, notes } = await lookUpNames(caller, providers, redactor);
  const wordingOf = (provider: string | undefined) => new Wording(books.get(provider) ?? {});
  const { text: written, dangerous } = documentOf({ plan, wordingOf, notes: notes.map(code) });
  process.stdout.write(redactor.redact(written));
  process.exitCode = dangerous > 0 ? 2 : 0;
}

async function preview(cli: PulumiCli, stack: string | undefined, options: readonly string[]): Promise<string> {
  try {
    return await cli.run("preview", "--json", ...stackOption(stack), ...options);
  } catch (error) {
    // What is wrong stands in the plan that a failed preview prints too.
    if (error instanceof PulumiCliError && error.stdout.trimStart().startsWith("{")) return error.stdout;
    throw error;
  }
}

function succeeded(plan: Plan, redactor: Redactor): Plan {
  if (plan.errors.length === 0) return plan;
  throw new Error(`The preview failed:\n${plan.errors.map((each) => `  ${redactor.redact(each)}`).join("\n")}`);
}
