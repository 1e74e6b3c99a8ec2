import { type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { explicitProvider, type StackConfig, stackConfig } from "../pulumi/stack";
import { foreignAmong, foreignText, type StackResource, stackResources } from "../pulumi/stackResources";
import type { OpenedOrganization } from "./access";
import { type Check, failed, fine, unknown } from "./check";

/** What the stack turned out to be. */
export interface StackFound {
  /** What is right or wrong about it. */
  readonly checks: readonly Check[];
  /** Its config, or that of the explicit provider; empty where it could not be read. */
  readonly config: StackConfig;
  /** The resources of this package that it manages. */
  readonly resources: readonly StackResource[];
}

/** Whose settings count. */
export interface StackChoice {
  /** The stack's name. Default: the selected one. */
  readonly stack?: string;
  /** The name of an explicit provider of it. Default: the stack config counts. */
  readonly provider?: string;
}

/**
 * Looks at the stack: its config, and what it manages.
 * @param cli The CLI; `undefined` where there is none, or no project.
 * @param choice Whose settings count.
 */
export async function findStack(cli: PulumiCli | undefined, { stack, provider }: StackChoice): Promise<StackFound> {
  if (cli === undefined) {
    const check = unknown("stack", "not looked at, so neither are settings in a stack config");
    return { checks: [check], config: {}, resources: [] };
  }
  try {
    const [name, config, resources] = await Promise.all([
      stack ?? cli.run("stack", "--show-name"),
      stackConfig(cli, stack),
      stackResources(cli, stack),
    ]);
    const said = `${name.trim()}, with ${resources.length} ${resources.length === 1 ? "resource" : "resources"} of this package`;
    const own = provider === undefined ? config : (await explicitProvider(cli, provider, stack)).config;
    return { checks: [fine("stack", said)], config: own, resources };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const remedy = error instanceof PulumiCliError ? remedyFor(error.message) : undefined;
    const said = error.message.split("\n")[0] ?? "";
    return { checks: [failed("stack", said, remedy)], config: {}, resources: [] };
  }
}

/** What to do about what the CLI says. */
function remedyFor(message: string): string | undefined {
  if (/no stack/i.test(message)) return "Select one with `pulumi stack select`, or name it with --stack.";
  if (/passphrase/i.test(message))
    return "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to that of the stack.";
  if (/PULUMI_ACCESS_TOKEN|log ?in/i.test(message)) return "Run `pulumi login`, or set what the message names.";
  return undefined;
}

/**
 * Whether what the stack manages by these settings belongs to the organization that they open.
 * @param resources What the stack manages.
 * @param organization What the key opens; `undefined` where that is not known.
 * @param provider The name of the explicit provider whose settings they are; `undefined` for those of the stack config.
 */
export function ownershipCheck(
  resources: readonly StackResource[],
  organization: OpenedOrganization | undefined,
  provider: string | undefined,
): Check[] {
  const said = foreignText(foreignAmong(resources, organization?.uuid, provider));
  if (said === undefined) return [];
  return [
    failed("organization", said, "Use the key of that organization: with this one, nothing of it is read or changed."),
  ];
}
