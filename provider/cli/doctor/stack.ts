import { counted } from "../output/plainText";
import { type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { explicitProvider, stackConfig } from "../pulumi/stack";
import { stackResources } from "../pulumi/stackResources";
import { failed, passed, unknown } from "./check";
import { deployedSettings } from "./deployedSettings";

/** The choice of settings. */
export interface StackChoice {
  /** The stack's name. Default: the selected stack. */
  readonly stack?: string;
  /** The name of an explicit provider of the stack. Default: the stack config is used. */
  readonly provider?: string;
}

/**
 * Reads the config of the stack and the resources that it manages.
 * @param cli The CLI; `undefined` if there is none, or no project.
 * @param choice The choice of settings.
 * @returns The checks made on it, its config or that of the explicit provider, its resources, and the settings in its state; empty if
 * it cannot be read.
 */
export async function findStack(cli: PulumiCli | undefined, { stack, provider }: StackChoice) {
  if (cli === undefined) {
    const check = unknown("stack", "not read, so settings in the stack config are ignored");
    return { checks: [check], config: {}, resources: [], deployed: [] };
  }
  try {
    const [name, config, resources, deployed] = await Promise.all([
      stack ?? cli.run("stack", "--show-name"),
      stackConfig(cli, stack),
      stackResources(cli, stack),
      deployedSettings(cli, stack),
    ]);
    const text = `${name.trim()}, with ${counted(resources.length, "resource")} of this package`;
    const own = provider === undefined ? config : (await explicitProvider(cli, provider, stack)).config;
    return { checks: [passed("stack", text)], config: own, resources, deployed };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const remedy = error instanceof PulumiCliError ? remedyFor(error.message) : undefined;
    const [text = ""] = error.message.split("\n");
    return { checks: [failed("stack", text, remedy)], config: {}, resources: [], deployed: [] };
  }
}

function remedyFor(message: string): string | undefined {
  if (/no stack/i.test(message)) return "Select one with `pulumi stack select`, or name it with --stack.";
  if (/passphrase/i.test(message)) {
    return "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the passphrase of the stack.";
  }
  const isLogin = /PULUMI_ACCESS_TOKEN|log ?in/i.test(message);
  return isLogin ? "Run `pulumi login`, or set the variable that the message names." : undefined;
}
