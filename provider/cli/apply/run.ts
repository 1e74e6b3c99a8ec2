import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { shellWord } from "../import/shellWord";
import { counted, plainText } from "../output/plainText";
import type { Terminal } from "../output/terminal";
import { withPrivateFolder } from "../pulumi/privateFolder";
import type { PulumiProcess } from "../pulumi/pulumiCli";
import { type CommandContext, connectFrom, fullStackName } from "../pulumi/stack";
import { stackOption, urnOf } from "../pulumi/state";
import { accessEffects, UNREADABLE } from "../review/accessEffects";
import { type Approval, approvalIn, changesOf, uncomparedIn } from "../review/approval";
import { lookUpNames } from "../review/names";
import { type Plan, planIn } from "../review/plan";
import { deployedProvidersOf } from "../review/planProviders";
import { learnSecrets, preview, previewWords, successful } from "../review/preview";
import { refuseOptions } from "../review/pulumiOptions";
import { differencesBetween, withNames } from "./differences";
import { withoutSecretValues } from "./updatePlan";

/** The context of the command. */
export interface ApplyContext extends CommandContext {
  /** The Pulumi CLI. */
  readonly cli: PulumiProcess;
  /** The output of the command. */
  readonly terminal: Terminal;
}

/** The exit code if the changes are not those that were approved. */
const DIFFERENT = 2;

/** Options of `pulumi up` that `pulumi preview` does not have. */
const UP_ONLY = ["--yes", "-y", "--skip-preview", "-f", "--continue-on-error"];

/**
 * Deploys what was approved, if a new preview shows the same changes.
 * @param file The file of the approval.
 * @param options Further options of `pulumi up`.
 * @param context The context of the command.
 * @returns The exit code: that of `pulumi up`, or 2 if nothing was deployed because the changes differ.
 * @throws Error if the comparison fails; nothing was deployed.
 */
export async function runApply(file: string, options: readonly string[], context: ApplyContext): Promise<number> {
  const { cli, stack, terminal } = context;
  refuseOptions(options);
  const approval = approvalIn(readFileSync(file, "utf8"));
  await refuseOtherStack(approval, context);
  await refuseOtherOrganizations(approval, context);
  return withPrivateFolder(cli, async (folder) => {
    const planFile = path.join(folder, "plan.json");
    const ofPreview = options.filter((word) => !UP_ONLY.includes(word));
    const words = previewWords({ refresh: approval.refresh, stack, options: ofPreview });
    const text = await preview(context, ["--save-plan", planFile, ...words], terminal.redactor);
    const plan = await successful(planIn(text), context, terminal.redactor);
    const { names, effects } = await readIn(plan, approval, context);
    const planned = changesOf(plan, effects, (each) => terminal.redactor.withoutLearnedSecrets(each));
    const differences = differencesBetween(approval.changes, planned);
    if (differences.length > 0) {
      const lines = ["Nothing was deployed, because the changes are not those of the review:", ...differences];
      terminal.print(`${withNames(lines.join("\n"), names)}\n\n${againText(file, approval, stack, ofPreview)}\n`);
      return DIFFERENT;
    }
    logAgreement(approval, plan, uncomparedIn(plan, effects), terminal);
    writeFileSync(planFile, withoutSecretValues(readFileSync(planFile, "utf8")));
    const shared = [...(approval.refresh ? ["--refresh"] : []), ...stackOption(stack), ...options];
    return cli.attach(terminal.passOn, "up", "--yes", "--skip-preview", "--plan", planFile, ...shared);
  });
}

function logAgreement({ time }: Approval, plan: Plan, uncompared: readonly string[], { log }: Terminal): void {
  const count = plan.steps.length + plan.providers.length + plan.others.length;
  const extent = uncompared.length > 0 ? ", as far as they can be compared" : "";
  log(`${counted(count, "change")}, the same as in the review of ${time}${extent}.`);
  for (const each of uncompared) log(`not compared: ${each}`);
}

/**
 * The names of the objects in all organizations of the plan, and its effects on access. Where names cannot be looked up, ids stay.
 * What the review did not know cannot be compared, even if the key of the deployment may read it.
 */
async function readIn(plan: Plan, { unknownAccess }: Approval, context: ApplyContext) {
  const providers = deployedProvidersOf(plan);
  const quiet = { ...context, log: () => {} };
  const { namesByProvider, accessByProvider } = await lookUpNames(
    quiet,
    providers,
    context.terminal.redactor,
    plan.steps,
  );
  for (const each of unknownAccess) accessByProvider.set(each || undefined, { why: "the review did not know them" });
  return { names: [...namesByProvider.values()], effects: accessEffects(plan, accessByProvider, UNREADABLE) };
}

function againText(file: string, { refresh }: Approval, stack: string | undefined, options: readonly string[]): string {
  const words = [
    ...(refresh ? [] : ["--no-refresh"]),

    ...stackOption(stack),
    "--save",
    file,
  ];
  const further = options.length > 0 ? ["--", ...options] : [];
  return `Review again: npx pulumi-rhombus review ${[...words, ...further].map(shellWord).join(" ")}`;
}

async function refuseOtherStack(approval: Approval, { cli, stack }: ApplyContext): Promise<void> {
  const name = await fullStackName(cli, stack);
  if (name === approval.stack) return;
  throw new Error(`Select the stack that was reviewed, ${approval.stack}, with --stack. ${name} was not reviewed.`);
}

/** The settings may open another organization than those of the review, for example because they have another key. */
async function refuseOtherOrganizations(approval: Approval, context: ApplyContext): Promise<void> {
  const { redactor } = context.terminal;
  await learnSecrets(context, redactor);
  for (const [provider, reviewed] of Object.entries(approval.organizations)) {
    const api = await connectFrom({ ...context, provider: provider === "" ? undefined : provider }, redactor);
    const organization = await api.organization();
    if (organization?.uuid === reviewed) continue;
    const settings = provider === "" ? "The settings" : `The settings of provider ${urnOf(provider).name}`;
    const opened =
      organization === undefined
        ? "an organization that the key may not read"
        : `${plainText(organization.name)} (${organization.uuid})`;
    throw new Error(`Use a key of the organization that was reviewed, ${reviewed}. ${settings} open ${opened}.`);
  }
}
