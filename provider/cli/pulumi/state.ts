import type { PulumiCli } from "./pulumiCli";

/** The type of an explicit provider of dynamic resources. */
export const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

/** The text that the CLI prints in place of a secret. */
export const SECRET = "[secret]";

/** The key that marks an object as the envelope of a secret. */
export const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The text that the engine prints in place of a value that is unknown until the deployment. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * The resources in the state of a stack, as the CLI exports them.
 * @param cli The CLI.
 * @param stack The stack's name. Default: the selected stack.
 * @param options Further options for `pulumi stack export`.
 * @throws PulumiCliError if there is no such stack.
 */
export async function exportedResources(
  cli: PulumiCli,
  stack: string | undefined,
  ...options: readonly string[]
): Promise<readonly unknown[]> {
  const exported: unknown = JSON.parse(await cli.run("stack", "export", ...options, ...stackOption(stack)));
  return itemsOf(memberOf(memberOf(exported, "deployment"), "resources"));
}

/**
 * The CLI option that selects a stack.
 * @param stack The stack's name; `undefined` for the selected stack.
 */
export function stackOption(stack: string | undefined): string[] {
  return stack === undefined ? [] : ["--stack", stack];
}

/** The parts of a URN. A part that is missing is empty. */
export interface Urn {
  /** The stack's name. */
  readonly stack: string;
  /** The project's name. */
  readonly project: string;
  /** The types of the resource's parents and its own, joined by `$`. */
  readonly types: string;
  /** The resource's name in the program. It may contain `::`. */
  readonly name: string;
}

/**
 * Parses a URN.
 * @param urn The URN.
 */
export function urnOf(urn: string): Urn {
  const [start = "", project = "", types = "", ...name] = urn.split("::");
  return { stack: start.replace(/^urn:pulumi:/, ""), project, types, name: name.join("::") };
}

/** Explicit providers in a state, by URN. */
export type DeployedProviders = ReadonlyMap<string, unknown>;

/**
 * The explicit providers in a state. A program gives each of them a parent. A default provider, which Pulumi creates from the
 * stack config, has none.
 * @param resources The resources in the state.
 */
export function deployedProviders(resources: readonly unknown[]): DeployedProviders {
  const providers = resources.flatMap((resource): [string, unknown][] => {
    const [type, urn] = [memberOf(resource, "type"), memberOf(resource, "urn")];
    if (type !== PROVIDER_TYPE || typeof urn !== "string" || memberOf(resource, "delete") === true) return [];
    return typeof memberOf(resource, "parent") === "string" || !hasDefaultName(urn) ? [[urn, resource]] : [];
  });
  return new Map(providers);
}

/**
 * The URN of the explicit provider that a state or a plan refers to.
 * @param reference The provider's URN, followed by `::` and its id.
 * @param deployed The explicit providers in the state. They may have the name of a default provider. Default: none.
 * @returns The URN; `undefined` for a default provider.
 */
export function explicitProviderIn(reference: unknown, deployed: DeployedProviders = new Map()): string | undefined {
  const urn = typeof reference === "string" ? reference.replace(/::[^:]*$/, "") : "";
  return urn === "" || (hasDefaultName(urn) && !deployed.has(urn)) ? undefined : urn;
}

function hasDefaultName(urn: string): boolean {
  return /^default(?:_\d+)*$/.test(urnOf(urn).name);
}

/**
 * A member of a value parsed from JSON.
 * @param value The value.
 * @param name The member's name.
 * @returns The member; `undefined` if the value is not an object or has no member of that name.
 */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

/**
 * The items of a list parsed from JSON.
 * @param value The value; anything but a list has no items.
 */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * The members of an object parsed from JSON whose values can be converted.
 * @param value The object; `undefined` and `null` have no members.
 * @param convert Converts a value, or returns `undefined` to leave the member out.
 */
export function membersWith<T>(value: unknown, convert: (member: unknown) => T | undefined): Record<string, T> {
  const entries = Object.entries(Object(value)).flatMap(([name, member]): [string, T][] => {
    const converted = convert(member);
    return converted === undefined ? [] : [[name, converted]];
  });
  return Object.fromEntries(entries);
}
