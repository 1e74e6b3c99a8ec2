import { stripVTControlCharacters } from "node:util";
import type { ResourceType } from "../../resources/registry";
import { plainText } from "../../rhombus/redaction/plainText";
import { secretSettings } from "../../rhombus/settings/settingNames";
import { explicitProviderIn, memberOf, typeOf } from "../pulumi/stackResources";

/** Values as a plan has them, secrets as `[secret]`. */
export type Values = Readonly<Record<string, unknown>>;

/** One step of a plan that concerns a resource of this package. */
export interface PlanStep {
  /** What happens, in the engine's word: `create`, `update`, `replace`, `delete`, `import`. */
  readonly op: string;
  /** The type of the resource. */
  readonly type: ResourceType;
  /** Its name in the program. */
  readonly name: string;
  /** Its URN. */
  readonly urn: string;
  /** The URN of its explicit provider; absent where it has the one that the stack config makes. */
  readonly provider?: string;
  /** The organization that the state says it belongs to; absent for a new one. */
  readonly orgUuid?: string;
  /** Its inputs before; absent for a new one. */
  readonly before?: Values;
  /** Its inputs afterwards; absent for one that goes. */
  readonly after?: Values;
  /** The inputs that change, as the engine sees it; for secrets nothing else says so. */
  readonly changed: readonly string[];
  /** The inputs because of which it is replaced. */
  readonly replacing: readonly string[];
  /** Whether it stays at Rhombus although the program gives it up. */
  readonly isRetained: boolean;
}

/** A change of an explicit provider. */
export interface ProviderStep {
  /** What happens, in the engine's word. */
  readonly op: string;
  /** Its name in the program. */
  readonly name: string;
  /** Its settings that change, with `[secret]` for those that are secrets. */
  readonly settings: readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[];
}

/** What `pulumi preview --json` says. */
export interface Plan {
  /** The stack that it is of; absent where it has no step. */
  readonly stack?: { readonly name: string; readonly project: string };
  /** The steps that concern resources of this package. */
  readonly steps: readonly PlanStep[];
  /** The changes of explicit providers of this package. */
  readonly providers: readonly ProviderStep[];
  /** How many changes concern other packages. */
  readonly foreign: number;
  /** What this package warns of. */
  readonly warnings: readonly string[];
  /** Why the preview failed; empty when it did not. */
  readonly errors: readonly string[];
}

/** What stands in a plan for a secret. */
export const SECRET = "[secret]";

/** Under which key the engine keeps that an object stands for a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Steps that change nothing, and those that are parts of a replacement, which has a step of its own. */
const IDLE = ["same", "read", "refresh", "create-replacement", "delete-replaced", "read-replacement", "discard"];

/**
 * Reads a plan.
 * @param text What `pulumi preview --json` printed.
 * @throws Error when it is something else.
 */
export function planIn(text: string): Plan {
  const content = sealed(parsed(text));
  const steps = memberOf(content, "steps");
  const diagnostics = memberOf(content, "diagnostics");
  if (!Array.isArray(steps) && !Array.isArray(diagnostics)) throw new Error(NO_PLAN);
  const changing = list(steps).filter((step) => !IDLE.includes(String(memberOf(step, "op"))));
  const own = changing.flatMap(stepOf);
  const providers = changing.flatMap(providerStepOf);
  return {
    ...stackOf(list(steps)),
    steps: own.sort((one, other) => (rankOf(one) < rankOf(other) ? -1 : 1)),
    providers: providers.sort((one, other) => (one.name < other.name ? -1 : 1)),
    foreign: changing.filter(isForeign).length,
    warnings: messages(diagnostics, (severity, said) => said.startsWith(WARNING) && severity !== "error"),
    errors: messages(diagnostics, (severity) => severity === "error"),
  };
}

const NO_PLAN = "This is no plan. Give what `pulumi preview --json` prints, all of it and nothing else.";
const WARNING = "warning: rhombus: ";
const PROVIDER = "pulumi:providers:pulumi-nodejs";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(NO_PLAN);
  }
}

/** A value with `[secret]` in place of secrets, also of those that somebody has asked Pulumi to show. */
function sealed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sealed);
  if (typeof value !== "object" || value === null) return value;
  if (Object.hasOwn(value, SIGNATURE)) return SECRET;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sealed(each)]));
}

function stepOf(step: unknown): PlanStep[] {
  const urn = String(memberOf(step, "urn"));
  const [old, next] = [memberOf(step, "oldState"), memberOf(step, "newState")];
  const type = typeOf(memberOf(next, "type") ?? memberOf(old, "type"));
  if (type === undefined) return [];
  const orgUuid = memberOf(memberOf(old, "outputs"), "orgUuid");
  const [before, after] = [inputsOf(old), inputsOf(next)];
  const provider = explicitProviderIn(memberOf(step, "provider"));
  return [
    {
      op: String(memberOf(step, "op")),
      type,
      urn,
      name: nameIn(urn),
      ...(provider === undefined ? {} : { provider }),
      ...(typeof orgUuid === "string" ? { orgUuid } : {}),
      ...(before && { before }),
      ...(after && { after }),
      changed: texts(memberOf(step, "diffReasons")),
      replacing: texts(memberOf(step, "replaceReasons")),
      isRetained: memberOf(old, "retainOnDelete") === true,
    },
  ];
}

function providerStepOf(step: unknown): ProviderStep[] {
  if (!isOurProvider(step)) return [];
  const [before = {}, after = {}] = [inputsOf(memberOf(step, "oldState")), inputsOf(memberOf(step, "newState"))];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => /^rhombus:/.test(name));
  const differing = names.sort().filter((name) => before[name] !== after[name]);
  const settings = differing.map((name) => {
    return { name, before: shown(name, before[name]), after: shown(name, after[name]) };
  });
  return [{ op: String(memberOf(step, "op")), name: nameIn(String(memberOf(step, "urn"))), settings }];
}

function shown(name: string, value: unknown): unknown {
  const isSecret = secretSettings.some((setting) => name === `rhombus:${setting}`);
  return isSecret && value !== undefined ? SECRET : value;
}

function isOurProvider(step: unknown): boolean {
  const states = [memberOf(step, "oldState"), memberOf(step, "newState")];
  return states.some((state) => {
    const isProvider = memberOf(state, "type") === PROVIDER;
    return isProvider && Object.keys(inputsOf(state) ?? {}).some((name) => name.startsWith("rhombus:"));
  });
}

function isForeign(step: unknown): boolean {
  const type = memberOf(memberOf(step, "newState"), "type") ?? memberOf(memberOf(step, "oldState"), "type");
  return typeOf(type) === undefined && type !== "pulumi:pulumi:Stack" && !isOurProvider(step);
}

function inputsOf(state: unknown): Values | undefined {
  if (state === undefined || state === null) return undefined;
  return Object.fromEntries(Object.entries(Object(memberOf(state, "inputs"))).filter(([name]) => !/^__/.test(name)));
}

function stackOf(steps: readonly unknown[]): Pick<Plan, "stack"> {
  const [, , name, project] = String(memberOf(steps[0], "urn"))
    .split(":")
    .filter((part) => part !== "");
  return name === undefined || project === undefined ? {} : { stack: { name, project } };
}

/** What the name is that the engine puts into messages. */
function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function messages(diagnostics: unknown, counts: (severity: string, said: string) => boolean): string[] {
  const said = list(diagnostics).flatMap((each) => {
    const text = plainText(stripVTControlCharacters(String(memberOf(each, "message") ?? "")));
    return counts(String(memberOf(each, "severity")), text) ? [text.replace(WARNING, "").replace(/^error: /, "")] : [];
  });
  return [...new Set(said)].sort();
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): string[] {
  return list(value).map(String).sort();
}

function rankOf({ type, name, urn }: PlanStep): string {
  return [type, name, urn].join("\u0000");
}
