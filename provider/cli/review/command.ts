import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { manifestIn } from "../doctor/software";
import type { NamesByUuid } from "../namesByUuid";
import { codeLine } from "../output/plainText";
import { terminal } from "../output/terminal";
import { pulumiIn } from "../pulumi/pulumiCli";
import { type CommandContext, fullStackName } from "../pulumi/stack";
import { type AccessEffects, accessEffects, providersOfUnknown, UNREADABLE } from "./accessEffects";
import { type Approval, approvalText, changesOf } from "./approval";
import { documentOf } from "./document";
import { SHORTEST, textOf } from "./layout";
import { lookUpNames } from "./names";
import { type Plan, planIn } from "./plan";
import { changedProvidersIn, deployedProvidersOf } from "./planProviders";
import { learnSecrets, preview, previewWords, successful } from "./preview";
import { limitingOptions, refuseOptions } from "./pulumiOptions";
import { ValueFormatter } from "./valueFormatter";

interface ReviewFlags {
  readonly plan?: string;
  readonly stack?: string;
  readonly offline?: boolean;
  readonly refresh: boolean;
  readonly maxLength: number;
  readonly output?: string;
  readonly save?: string;
}

/** The command `pulumi-rhombus review`: writes the changes of a deployment as Markdown for a security officer. */
export function reviewCommand(): Command {
  return new Command("review")
    .summary("write the changes of a deployment as Markdown for a security officer")
    .description(
      "Runs `pulumi preview --refresh` and writes the changes in Rhombus as Markdown, for a pull request: first who gains or " +
        "loses access, and what is deleted, replaced or switched off; then what nobody can clear, because the plan does not show " +
        "it; then every change, with the names of doors, cameras, users and locations. It shows no secret and changes nothing.",
    )
    .option(
      "--plan <file>",
      "the output of `pulumi preview --json --refresh --show-sames --show-replacement-steps`, instead of running it; - reads " +
        "standard input",
    )
    .option("--stack <name>", "the stack (default: the selected one)")
    .option("--no-refresh", "compare with the state as it is, and not with Rhombus as it is now")
    .option("--offline", "show ids, and do not look up names in Rhombus")
    .addOption(
      new Option(
        "--max-length <characters>",
        "cut the printed review to this length; a comment on GitHub may have 65536",
      )
        .default(60_000)
        .argParser(parseLength),
    )
    .option("--output <file>", "also write the whole review to a file")
    .addOption(
      new Option("--save <file>", "write what pulumi-rhombus apply may deploy once this review is approved").conflicts(
        "plan",
      ),
    )
    .argument("[preview-options...]", "after --, further options for pulumi preview, such as --target")
    .addHelpText(
      "after",
      `
Exit codes: 0 nothing to look at first; 2 changes to look at first, or that nobody can clear; 1 no review, because the preview failed.
With --no-refresh, or with a part of the stack (-- --target), there is something that nobody can clear. --stack stands before the --.

Example:
  $ npx pulumi-rhombus review --stack prod --output whole.md > comment.md`,
    )
    .action(run);
}

async function run(options: readonly string[], flags: ReviewFlags): Promise<void> {
  const { plan: file, stack, offline = false, refresh, maxLength, output, save } = flags;
  const [folder, env, redactor] = [process.cwd(), process.env, terminal.redactor];
  const cli = pulumiIn(folder, env);
  const context = { folder, env, cli, stack, log: terminal.log };
  refuseOptions(options);
  const words = previewWords({ refresh, stack, options });
  const text =
    file === undefined ? await preview(context, words, redactor) : readFileSync(file === "-" ? 0 : file, "utf8");
  const plan = await successful(planIn(text), context, redactor);
  const providers = offline ? [] : deployedProvidersOf(plan);
  const { namesByProvider, accessByProvider, notes } = await lookUpNames(context, providers, redactor, plan.steps);
  const formatterOf = (provider: string | undefined) => {
    const names = namesByProvider.get(provider) ?? {};
    // The names are those of the organization that the provider has opened until now.
    return new ValueFormatter(changedProvidersIn(plan).has(provider) ? { organization: names.organization } : names);
  };
  const limitedBy = limitingOptions(options);
  const containsSecret = (text: string) => redactor.withoutSecrets(text) !== text;
  const effects = accessEffects(plan, accessByProvider, offline ? "of `--offline`" : UNREADABLE);
  const sources = { plan, formatterOf, effects, containsSecret, limitedBy, notes: notes.map(codeLine) };
  const { sections, findings } = documentOf(sources);
  if (save !== undefined) await saveApproval(save, context, { plan, namesByProvider, effects, refresh });
  if (output !== undefined) writeFileSync(output, terminal.documentText(textOf(sections)));
  terminal.printDocument(textOf(sections, maxLength));
  process.exitCode = findings > 0 ? 2 : 0;
}

interface Saved {
  readonly plan: Plan;
  readonly namesByProvider: ReadonlyMap<string | undefined, NamesByUuid>;
  readonly effects: readonly AccessEffects[];
  readonly refresh: boolean;
}

async function saveApproval(file: string, context: CommandContext, { plan, namesByProvider, effects, refresh }: Saved) {
  const { redactor } = terminal;
  await learnSecrets(context, redactor);
  const organizations = plan.steps.flatMap(({ provider, previousProvider, orgUuid }): [string, string][] => {
    const stored = provider === previousProvider ? orgUuid : undefined;
    const uuid = namesByProvider.get(provider)?.organization?.uuid ?? stored;
    return uuid === undefined ? [] : [[provider ?? "", uuid]];
  });
  const approval: Approval = {
    format: 1,
    time: new Date().toISOString(),
    version: manifestIn(join(__dirname, "../../..")).version,
    stack: await fullStackName(context.cli, context.stack),
    organizations: Object.fromEntries(organizations),
    refresh,
    unknownAccess: providersOfUnknown(effects),
    changes: changesOf(plan, effects, (text) => redactor.withoutLearnedSecrets(text)),
  };
  writeFileSync(file, approvalText(approval));
}

function parseLength(written: string): number {
  const length = Number(written);
  if (Number.isInteger(length) && length >= SHORTEST) return length;
  throw new InvalidArgumentError(`Give a whole number of at least ${SHORTEST}.`);
}
