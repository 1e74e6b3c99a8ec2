import type { Redactor } from "../../rhombus/redaction/redactor";
import { plainText } from "../output/plainText";
import { projectAround } from "../pulumi/project";
import { PulumiCliError } from "../pulumi/pulumiCli";
import { type CommandContext, hideSecrets, type StackConfig, stackConfig } from "../pulumi/stack";
import { stackOption } from "../pulumi/state";
import { type Plan, planIn } from "./plan";

/**
 * The options of the preview that a review shows. Without `--show-sames`, the plan has no step for what does not change, and so
 * nothing of what the program ignores; without `--show-replacement-steps`, none for what an interrupted replacement has left.
 * @param wanted Whether the state is refreshed; the stack, by default the selected one; and further options of Pulumi.
 */
export function previewWords(wanted: {
  readonly refresh: boolean;
  readonly stack: string | undefined;
  readonly options: readonly string[];
}): string[] {
  const shown = ["--show-sames", "--show-replacement-steps"];
  return [...shown, ...(wanted.refresh ? ["--refresh"] : []), ...stackOption(wanted.stack), ...wanted.options];
}

/**
 * Runs `pulumi preview`.
 * @param context The context of the command.
 * @param options The options of `pulumi preview`.
 * @param redactor Learns the secrets that a message may quote.
 * @returns Its output, which may be the plan of a failed preview.
 * @throws Error if there is no plan; its message contains no secret.
 */
export async function preview(
  context: CommandContext,
  options: readonly string[],
  redactor: Redactor,
): Promise<string> {
  try {
    return await context.cli.run("preview", "--json", ...options);
  } catch (error) {
    if (!(error instanceof PulumiCliError)) throw error;
    // A failed preview prints a plan with its errors, unless it failed before the program ran.
    if (hasErrors(error.stdout)) return error.stdout;
    // Pulumi's own message does not name the folder.
    if (!error.isMissing && /no project file found|no Pulumi\.yaml/.test(error.message)) refuseFolder(context.folder);
    await learnSecrets(context, redactor);
    throw new PulumiCliError(redactor.redact(error.message), error.isMissing, error.stdout);
  }
}

function refuseFolder(folder: string): void {
  if (projectAround(folder) !== undefined) return;
  throw new Error(
    `Run the command in the folder of a Pulumi program: neither ${plainText(folder)} nor a parent has a Pulumi.yaml.`,
  );
}

function hasErrors(printed: string): boolean {
  try {
    return planIn(printed).errors.length > 0;
  } catch {
    return false;
  }
}

/**
 * The plan, if its preview succeeded.
 * @param plan The plan.
 * @param context The context of the command.
 * @param redactor Learns the secrets that a message may quote.
 * @throws Error with the errors of the preview; its message contains no secret.
 */
export async function successful(plan: Plan, context: CommandContext, redactor: Redactor): Promise<Plan> {
  if (plan.errors.length === 0) return plan;
  await learnSecrets(context, redactor);
  throw new Error(`The preview failed:\n${plan.errors.map((each) => `  ${redactor.redact(each)}`).join("\n")}`);
}

/**
 * Teaches a redactor the secrets of the stack config, which the messages of Pulumi and the values of a plan may contain.
 * @param context The context of the command.
 * @param redactor The redactor.
 */
export async function learnSecrets({ cli, stack }: CommandContext, redactor: Redactor): Promise<void> {
  // If the config cannot be read either, Pulumi cannot quote it.
  const config = await stackConfig(cli, stack).catch((): StackConfig => ({}));
  hideSecrets(config, redactor);
}
