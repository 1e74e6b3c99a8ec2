import { isResourceType, type ResourceType } from "../../resources/registry";
import type { PulumiCli } from "./pulumiCli";

/** A resource of this package in the state of a stack. */
export interface StackResource {
  /** Its type. */
  readonly type: ResourceType;
  /** Its id. */
  readonly id: string;
  /** Its name in the program. */
  readonly name: string;
  /** The organization it belongs to; `undefined` where the state does not say. */
  readonly orgUuid: string | undefined;
  /** The URN of its explicit provider; `undefined` where it has the one that the stack config makes. */
  readonly provider: string | undefined;
  /** The outputs that it was imported without, and still lacks. */
  readonly unread: readonly string[];
}

/** How the engine writes the types of this package. */
const TYPE = /^pulumi-nodejs:dynamic\/rhombus:(\w+)$/;

/**
 * The resources of this package that a stack manages: not those that it only reads, and not those that are about to go.
 * @param cli The CLI.
 * @param stack The stack's name. Default: the selected one.
 * @throws PulumiCliError when there is no such stack.
 */
export async function stackResources(cli: PulumiCli, stack?: string): Promise<StackResource[]> {
  const exported: unknown = JSON.parse(await cli.run("stack", "export", ...stackOption(stack)));
  const resources = memberOf(memberOf(exported, "deployment"), "resources");
  return Array.isArray(resources) ? resources.flatMap(managed) : [];
}

/**
 * How the CLI is told which stack is meant.
 * @param stack The stack's name; `undefined` for the selected one.
 */
export function stackOption(stack: string | undefined): string[] {
  return stack === undefined ? [] : ["--stack", stack];
}

/**
 * What of a stack belongs to another organization than the one that some settings open.
 * @param resources What the stack manages.
 * @param orgUuid The organization that they open; `undefined` where that is not known.
 * @param provider The explicit provider whose settings they are, by name or URN; `undefined` for those of the stack config.
 */
export function foreignAmong(
  resources: readonly StackResource[],
  orgUuid: string | undefined,
  provider: string | undefined,
): StackResource[] {
  if (orgUuid === undefined) return [];
  const own = resources.filter((each) => nameIn(each.provider) === provider || each.provider === provider);
  return own.filter((each) => each.orgUuid !== undefined && each.orgUuid !== orgUuid);
}

/**
 * How many of a stack's resources belong to another organization, in words.
 * @param foreign Those resources.
 * @returns The words; `undefined` where there are none.
 */
export function foreignText(foreign: readonly StackResource[]): string | undefined {
  const [first] = foreign;
  if (first === undefined) return undefined;
  return `${foreign.length} of the stack's resources, such as ${first.name}, belong to another one, ${first.orgUuid}`;
}

function nameIn(urn: string | undefined): string | undefined {
  return urn?.split("::").slice(3).join("::");
}

function managed(resource: unknown): StackResource[] {
  const type = typeOf(memberOf(resource, "type"));
  const [id, urn] = [memberOf(resource, "id"), memberOf(resource, "urn")];
  const isOwn = memberOf(resource, "external") !== true && memberOf(resource, "delete") !== true;
  if (type === undefined || typeof id !== "string" || typeof urn !== "string" || !isOwn) return [];
  const outputs = memberOf(resource, "outputs");
  const orgUuid = memberOf(outputs, "orgUuid");
  const name = urn.split("::").slice(3).join("::");
  const provider = explicitProviderIn(memberOf(resource, "provider"));
  const unread = unreadIn(outputs);
  return [{ type, id, name, orgUuid: typeof orgUuid === "string" ? orgUuid : undefined, provider, unread }];
}

/** What the state of an imported resource says that no read showed, as far as no deployment has brought it since. */
function unreadIn(outputs: unknown): string[] {
  const names = memberOf(outputs, "__unasked");
  const texts = Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  return texts.filter((name) => memberOf(outputs, name) === undefined);
}

/**
 * The URN of the explicit provider that a state or a plan refers to.
 * @param reference The URN, and behind it the provider's id.
 * @returns The URN; `undefined` for a provider that Pulumi makes itself, from the stack config.
 */
export function explicitProviderIn(reference: unknown): string | undefined {
  const urn = typeof reference === "string" ? reference.replace(/::[^:]*$/, "") : "";
  return urn === "" || /::default(?:_\d+)*$/.test(urn) ? undefined : urn;
}

/**
 * The type of this package that the engine's name for it stands for.
 * @param written The engine's name.
 */
export function typeOf(written: unknown): ResourceType | undefined {
  const name = typeof written === "string" ? TYPE.exec(written)?.[1] : undefined;
  return name !== undefined && isResourceType(name) ? name : undefined;
}

/**
 * A member of a value that came as JSON.
 * @param value The value.
 * @param name The member's name.
 * @returns The member; `undefined` where the value is no object or has none of that name.
 */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
