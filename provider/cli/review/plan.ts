import { stripVTControlCharacters } from "node:util";
import { definitionOf, type ResourceType } from "../../resources/registry";
import { secretSettings } from "../../rhombus/settings/settingNames";
import { byText, plainText } from "../output/plainText";
import { typeOf } from "../pulumi/stackResources";
import { explicitProviderIn, itemsOf, memberOf, PROVIDER_TYPE, SECRET, SECRET_SIGNATURE, urnOf } from "../pulumi/state";

/** Values of a plan, with `[secret]` in place of secrets. */
export type Values = Readonly<Record<string, unknown>>;

/** A step of a plan that concerns a resource of this package. */
export interface PlanStep {
  /** The engine's name for the operation: `create`, `update`, `replace`, `delete`, `import`; `same` if only options change. */
  readonly op: string;
  /** The resource's type. */
  readonly type: ResourceType;
  /** The resource's name in the program. */
  readonly name: string;
  /** The resource's URN. */
  readonly urn: string;
  /** The URN of its explicit provider; `undefined` for the default provider. */
  readonly provider: string | undefined;
  /** The URN of its explicit provider before the deployment. */
  readonly previousProvider: string | undefined;
  /** The RUUID of its organization; `undefined` for a new resource. */
  readonly orgUuid: string | undefined;
  /** The inputs before the deployment, as far as Rhombus has shown them; `undefined` for a new resource. */
  readonly before: Values | undefined;
  /** The inputs after the deployment; `undefined` for a resource that is deleted. */
  readonly after: Values | undefined;
  /** The names of inputs that change. For secrets, nothing else shows the change. */
  readonly changedInputs: readonly string[];
  /** The names of inputs that someone changed outside Pulumi, as the refresh of the preview has shown. */
  readonly driftedInputs: readonly string[];
  /** The names of inputs whose changes the engine ignores (`ignoreChanges`). */
  readonly ignoredInputs: readonly string[];
  /** The names of inputs that force a replacement. */
  readonly replaceReasons: readonly string[];
  /** True if the object stays in Rhombus when its resource is deleted (`retainOnDelete`). */
  readonly isRetained: boolean;
  /** True if the resource loses its protection from deletion (`protect`). */
  readonly isUnprotected: boolean;
  /** True if the refresh of the preview has shown that the object does not exist any more. */
  readonly isRecreated: boolean;
}

/** A change of an explicit provider. */
export interface ProviderStep {
  /** The engine's name for the operation. */
  readonly op: string;
  /** The provider's name in the program. */
  readonly name: string;
  /** The provider's URN. */
  readonly urn: string;
  /** The settings that change, with `[secret]` in place of secrets. */
  readonly settings: readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[];
}

/** A step of a plan that concerns a resource of another package. */
export interface OtherStep {
  /** The engine's name for the operation. */
  readonly op: string;
  /** The resource's URN. */
  readonly urn: string;
  /** The engine's name for its type. */
  readonly type: string;
  /** Everything that the plan says about its values, with `[secret]` in place of secrets. */
  readonly values: unknown;
}

/** The part of the output of `pulumi preview --json` that concerns this package. */
export interface Plan {
  /** The stack; absent if the plan has no step. */
  readonly stack?: { readonly name: string; readonly project: string };
  /** The steps that concern resources of this package. */
  readonly steps: readonly PlanStep[];
  /** The changes of explicit providers of this package. */
  readonly providers: readonly ProviderStep[];
  /** The changes that concern other packages, and types of this package that this version does not know. */
  readonly others: readonly OtherStep[];
  /** True if the preview refreshed the state, or if there was no resource to refresh. */
  readonly isRefreshed: boolean;
  /** The warnings of this package. */
  readonly warnings: readonly string[];
  /** The errors of a failed preview; empty if it succeeded. */
  readonly errors: readonly string[];
}

/** Operations that change nothing, and parts of a replacement, which has a step of its own. */
const UNCHANGING = ["same", "read", "refresh", "create-replacement", "read-replacement", "discard"];

/** The second half of a replacement, or the deletion of what an interrupted one has left. */
const DELETE_REPLACED = "delete-replaced";

const NO_PLAN = "This is not a plan. Give the complete output of `pulumi preview --json`.";
const WARNING = "warning: rhombus: ";

/**
 * Parses a plan.
 * @param text The output of `pulumi preview --json`.
 * @throws Error if the text is not a plan.
 */
export function planIn(text: string): Plan {
  const content = withSecretsHidden(parsed(text));
  const [steps, diagnostics] = [memberOf(content, "steps"), memberOf(content, "diagnostics")];
  if (!Array.isArray(steps) && !Array.isArray(diagnostics)) throw new Error(NO_PLAN);
  const changing = changingIn(itemsOf(steps));
  const refreshed = refreshedIn(itemsOf(steps));
  return {
    ...stackOf(itemsOf(steps)),
    steps: changing.flatMap((step) => stepOf(step, refreshed)).sort(byText(orderOf)),
    providers: changing.flatMap(providerStepOf).sort(byText(({ name }) => name)),
    others: changing.flatMap(otherStepOf).sort(byText(({ urn, op }) => `${urn} ${op}`)),
    isRefreshed: refreshed.size > 0 || !itemsOf(steps).some((step) => memberOf(step, "oldState")),
    warnings: messages(diagnostics, (severity, message) => message.startsWith(WARNING) && severity !== "error"),
    errors: messages(diagnostics, (severity) => severity === "error"),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(NO_PLAN);
  }
}

/** Replaces secrets by `[secret]`, also if Pulumi was run with `--show-secrets`. */
function withSecretsHidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSecretsHidden);
  if (typeof value !== "object" || value === null) return value;
  if (Object.hasOwn(value, SECRET_SIGNATURE)) return SECRET;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withSecretsHidden(each)]));
}

function changingIn(steps: readonly unknown[]): unknown[] {
  const replaced = new Set(steps.flatMap((step) => (opOf(step) === "replace" ? [memberOf(step, "urn")] : [])));
  return steps.filter((step) => {
    if (opOf(step) === DELETE_REPLACED) return !replaced.has(memberOf(step, "urn"));
    return !UNCHANGING.includes(opOf(step)) || (opOf(step) === "same" && isUnprotected(step));
  });
}

function isUnprotected(step: unknown): boolean {
  const [before, after] = ["oldState", "newState"].map((state) => memberOf(step, state));
  return memberOf(before, "protect") === true && after !== undefined && memberOf(after, "protect") !== true;
}

function opOf(step: unknown): string {
  return String(memberOf(step, "op"));
}

/** The states before the refresh, by URN. */
function refreshedIn(steps: readonly unknown[]): ReadonlyMap<string, unknown> {
  const own = steps.filter((step) => opOf(step) === "refresh");
  return new Map(own.map((step) => [String(memberOf(step, "urn")), memberOf(step, "oldState")]));
}

function stepOf(step: unknown, refreshed: ReadonlyMap<string, unknown>): PlanStep[] {
  const urn = String(memberOf(step, "urn"));
  const op = opOf(step) === DELETE_REPLACED ? "delete" : opOf(step);
  const [old, next] = [memberOf(step, "oldState"), memberOf(step, "newState")];
  const type = typeOf(typeIn(step));
  if (type === undefined) return [];
  const orgUuid = memberOf(memberOf(old, "outputs"), "orgUuid");
  const before = storedInputs(type, old);
  const provider = explicitProviderIn(memberOf(step, "provider"));
  return [
    {
      op,
      type,
      urn,
      name: urnOf(urn).name,
      provider,
      previousProvider: old === undefined ? provider : explicitProviderIn(memberOf(old, "provider")),
      orgUuid: typeof orgUuid === "string" ? orgUuid : undefined,
      before,
      after: inputsOf(next),
      changedInputs: [
        ...new Set([...texts(memberOf(step, "diffReasons")), ...texts(memberOf(step, "replaceReasons"))]),
      ],
      driftedInputs: differentNames(storedInputs(type, refreshed.get(urn) ?? old), before),
      ignoredInputs: texts(memberOf(next, "ignoreChanges")),
      replaceReasons: texts(memberOf(step, "replaceReasons")),
      isRetained: memberOf(old, "retainOnDelete") === true,
      isUnprotected: isUnprotected(step),
      isRecreated: op === "create" && refreshed.has(urn),
    },
  ];
}

function differentNames(one: Values = {}, other: Values = {}): string[] {
  return Object.keys(other).filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

function typeIn(step: unknown): unknown {
  return memberOf(memberOf(step, "newState"), "type") ?? memberOf(memberOf(step, "oldState"), "type");
}

function providerStepOf(step: unknown): ProviderStep[] {
  if (!isOurProvider(step)) return [];
  const [before = {}, after = {}] = [inputsOf(memberOf(step, "oldState")), inputsOf(memberOf(step, "newState"))];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => /^rhombus:/.test(name));
  const changedInputs = texts(memberOf(step, "diffReasons"));
  const differing = names.sort().filter((name) => before[name] !== after[name] || changedInputs.includes(name));
  const settings = differing.map((name) => {
    return { name, before: withoutSecret(name, before[name]), after: withoutSecret(name, after[name]) };
  });
  const urn = String(memberOf(step, "urn"));
  return [{ op: opOf(step), urn, name: urnOf(urn).name, settings }];
}

function withoutSecret(name: string, value: unknown): unknown {
  const isSecret = secretSettings.some((setting) => name === `rhombus:${setting}`);
  return isSecret && value !== undefined ? SECRET : value;
}

function isOurProvider(step: unknown): boolean {
  return [memberOf(step, "oldState"), memberOf(step, "newState")].some((state) => {
    const isProvider = memberOf(state, "type") === PROVIDER_TYPE;
    return isProvider && Object.keys(inputsOf(state) ?? {}).some((name) => name.startsWith("rhombus:"));
  });
}

function otherStepOf(step: unknown): OtherStep[] {
  const type = String(typeIn(step));
  if (typeOf(type) !== undefined || type === "pulumi:pulumi:Stack" || isOurProvider(step)) return [];
  const [before, after] = ["oldState", "newState"].map((state) => memberOf(memberOf(step, state), "inputs"));
  const [diffReasons, replaceReasons] = ["diffReasons", "replaceReasons"].map((name) => texts(memberOf(step, name)));
  const [op, urn] = [opOf(step), String(memberOf(step, "urn"))];
  return [{ op, urn, type, values: { before, after, diffReasons, replaceReasons } }];
}

function inputsOf(state: unknown): Values | undefined {
  if (state === undefined || state === null) return undefined;
  return Object.fromEntries(Object.entries(Object(memberOf(state, "inputs"))).filter(([name]) => !/^__/.test(name)));
}

/**
 * After a creation that Rhombus carried out in part, the inputs in the state are those of the program, and the outputs contain the
 * part that Rhombus has shown. The provider compares with the outputs, too.
 */
function storedInputs(type: ResourceType, state: unknown): Values | undefined {
  const outputs = memberOf(state, "outputs");
  if (outputs === undefined) return inputsOf(state);
  const names = Object.keys(definitionOf(type).fields);
  return Object.fromEntries(names.map((name) => [name, memberOf(outputs, name)]));
}

function stackOf([first]: readonly unknown[]): Pick<Plan, "stack"> {
  const { stack, project } = urnOf(String(memberOf(first, "urn")));
  return project === "" ? {} : { stack: { name: stack, project } };
}

function messages(diagnostics: unknown, counts: (severity: string, message: string) => boolean): string[] {
  const found = itemsOf(diagnostics).flatMap((each) => {
    const message = plainText(stripVTControlCharacters(String(memberOf(each, "message") ?? "")));
    if (!counts(String(memberOf(each, "severity")), message)) return [];
    return [message.replace(WARNING, "").replace(/^error: /, "")];
  });
  return [...new Set(found)].sort();
}

function texts(value: unknown): string[] {
  return itemsOf(value).map(String).sort();
}

function orderOf({ type, name, urn }: PlanStep): string {
  return [type, name, urn].join("\u0000");
}
