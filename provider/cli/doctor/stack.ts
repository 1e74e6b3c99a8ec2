import { type PulumiCli, PulumiCliError } from "../pulumiCli";
import { memberOf, type StackResource, stackOption, stackResources } from "../stackResources";
import type { OpenedOrganization } from "./access";
import { type Check, failed, fine, unknown } from "./check";
import type { StackConfig } from "./settings";

/** What the stack turned out to be. */
export interface StackFound {
  /** What is right or wrong about it. */
  readonly checks: readonly Check[];
  /** Its config; empty where it could not be read. */
  readonly config: StackConfig;
  /** The resources of this package that it manages. */
  readonly resources: readonly StackResource[];
}

/**
 * Looks at the stack: its config, and what it manages.
 * @param cli The CLI; `undefined` where there is none, or no project.
 * @param stack The stack's name. Default: the selected one.
 */
export async function findStack(cli: PulumiCli | undefined, stack: string | undefined): Promise<StackFound> {
  if (cli === undefined) {
    const check = unknown("stack", "not looked at, so neither are settings in a stack config");
    return { checks: [check], config: {}, resources: [] };
  }
  try {
    const option = stackOption(stack);
    const [name, written, resources] = await Promise.all([
      stack ?? cli.run("stack", "--show-name"),
      cli.run("config", "--json", "--show-secrets", ...option),
      stackResources(cli, stack),
    ]);
    const said = `${name.trim()}, with ${resources.length} ${resources.length === 1 ? "resource" : "resources"} of this package`;
    return { checks: [fine("stack", said)], config: configIn(written), resources };
  } catch (error) {
    if (!(error instanceof PulumiCliError)) throw error;
    const remedy = "Select one with `pulumi stack select`, or name it with --stack.";
    const said = error.message.split("\n")[0] ?? "";
    return { checks: [failed("stack", said, remedy)], config: {}, resources: [] };
  }
}

/**
 * Whether what the stack manages belongs to the organization that the key opens. Resources of explicit providers may be
 * another organization's.
 * @param resources What the stack manages.
 * @param organization What the key opens.
 */
export function ownershipCheck(
  resources: readonly StackResource[],
  organization: OpenedOrganization | undefined,
): Check[] {
  if (organization === undefined) return [];
  const others = resources.filter(({ orgUuid }) => orgUuid !== undefined && orgUuid !== organization.uuid);
  if (others.length === 0) return [];
  const [first] = others;
  const said = `${others.length} of the stack's resources, such as ${first?.name}, belong to another organization, ${first?.orgUuid}`;
  return [{ ...failed("organization", said), verdict: "warning", remedy: OTHER_ORGANIZATION }];
}

const OTHER_ORGANIZATION =
  "With an explicit Provider for it, that is as it should be. Without one, this is the wrong key: nothing would be read or changed.";

function configIn(written: string): StackConfig {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(JSON.parse(written));
  return Object.fromEntries(
    entries.flatMap(([key, entry]) => {
      const value = memberOf(entry, "value");
      return typeof value === "string" ? [[key, { value, secret: memberOf(entry, "secret") === true }]] : [];
    }),
  );
}
