import { stripVTControlCharacters } from "node:util";
import { definitionOf, type ResourceType } from "../../resources/registry";
import { byText, plainText } from "../output/plainText";
import { typeOf } from "../pulumi/stackResources";
import {
  type DeployedProviders,
  deployedProviders,
  explicitProviderIn,
  itemsOf,
  memberOf,
  SECRET,
  SECRET_SIGNATURE,
  urnOf,
} from "../pulumi/state";
import {
  DELETE_REPLACED,
  deletedBefore,
  deletedIn,
  isLeftover,
  isRetained,
  leftoversIn,
  newlyRetainedBy,
} from "./deletions";
import { driftOf, type StayingChange, withObserved } from "./drift";
import { type ForeignCode, foreignCodeIn } from "./foreignCode";
import { type OtherStep, otherStepOf, type ProviderStep, providerStepOf } from "./otherSteps";
import { staleIn, unseenIn, usersOf } from "./planCoverage";
import { inputsOf, opOf, sourcesOf, textsIn, typeIn, urnIn, type Values } from "./stepParts";

export type { StayingChange } from "./drift";
export type { Values } from "./stepParts";

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
  /** The id of the object before the deployment; `undefined` for a new resource. */
  readonly id: string | undefined;
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
  /** The URNs of the resources that the program computes an input from, by the name of an input that is unknown until the deployment. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
  /** The names of inputs that change. For secrets, nothing else shows the change. */
  readonly changedInputs: readonly string[];
  /** The names of inputs that someone changed outside Pulumi, as the refresh has shown, and that the deployment changes again. */
  readonly undoneInputs: readonly string[];
  /** The values that someone changed outside Pulumi, and that the deployment does not undo. */
  readonly staying: readonly StayingChange[];
  /** The names of inputs whose changes the engine ignores (`ignoreChanges`). */
  readonly ignoredInputs: readonly string[];
  /** The names of inputs that force a replacement. */
  readonly replaceReasons: readonly string[];
  /** The code that manages the resource before and after the deployment, where it is not the line of this package. */
  readonly foreignCode: ForeignCode;
  /** True if the engine marks the old object of a replacement: it is deleted before the new one is created (`deleteBeforeReplace`). */
  readonly isDeletedFirst: boolean;
  /** True if the object stays in Rhombus when its resource is deleted: `retainOnDelete`, or `deletedWith` of what is deleted. */
  readonly isRetained: boolean;
  /** The options because of which a later deletion leaves the object in Rhombus, as far as the deployment sets them. */
  readonly newlyRetainedBy: readonly string[];
  /** True if an interrupted replacement has left the object, so that the next deployment deletes it (`delete` in the state). */
  readonly isLeftover: boolean;
  /** True if the resource loses its protection from deletion (`protect`). */
  readonly isUnprotected: boolean;
  /** True if the object does not exist any more, as the refresh of the preview has shown, or an interrupted replacement. */
  readonly isRecreated: boolean;
}

/** The part of the output of `pulumi preview --json` that concerns a review. */
export interface Plan {
  /** The stack; absent in the plan of a failed preview. */
  readonly stack?: { readonly name: string; readonly project: string };
  /** The steps that concern resources of this package. */
  readonly steps: readonly PlanStep[];
  /** The changes of explicit providers of this package. */
  readonly providers: readonly ProviderStep[];
  /** The changes that concern other packages, and types of this package that this version does not know. */
  readonly others: readonly OtherStep[];
  /** True if the preview refreshed the state or a part of it; `undefined` if the state was empty. */
  readonly isRefreshed: boolean | undefined;
  /** The names of resources of this package in the state that the preview did not refresh. */
  readonly stale: readonly string[];
  /** The names of resources of this package that the preview refreshed, and of which the plan does not show what follows. */
  readonly unseen: readonly string[];
  /** The warnings of this package. */
  readonly warnings: readonly string[];
  /** The errors of a failed preview; empty if it succeeded. */
  readonly errors: readonly string[];
}

/** Operations that change nothing, and parts of a replacement, which has a step of its own. */
const UNCHANGING = ["same", "read", "refresh", "create-replacement", "read-replacement", "discard", DELETE_REPLACED];

const NO_PLAN = "This is not a plan. Give the complete output of `pulumi preview --json`.";
const WARNING = "warning: rhombus: ";

/**
 * Parses a plan.
 * @param text The output of `pulumi preview --json`.
 * @throws Error if the text is not a plan.
 */
export function planIn(text: string): Plan {
  const content = withSecretsHidden(parsed(text));
  const steps = stepsIn(content);
  const context = contextOf(steps);
  const changing = [...steps.filter((step) => !UNCHANGING.includes(opOf(step))), ...leftoversIn(steps)];
  const errors = messages(memberOf(content, "diagnostics"), (severity) => severity === "error");
  if (steps.length === 0 && errors.length === 0) throw new Error(NO_PLAN);
  return {
    ...stackOf(steps),
    steps: [...changing, ...steps.filter((step) => opOf(step) === "same")]
      .flatMap((step) => stepOf(step, context))
      .filter((step) => step.op !== "same" || isNotable(step))
      .sort(byText(orderOf)),
    providers: changing
      .flatMap((step) => providerStepOf(step, (urn) => usersOf(urn, steps)))
      .sort(byText(({ name }) => name)),
    others: changing
      .flatMap(otherStepOf)
      .sort(byText(({ urn, op, values }) => `${urn} ${op} ${JSON.stringify(values)}`)),
    isRefreshed: steps.some((step) => memberOf(step, "oldState")) ? context.refreshed.size > 0 : undefined,
    stale: staleIn(steps, context.refreshed),
    unseen: unseenIn(steps, context.refreshed),
    warnings: messages(
      memberOf(content, "diagnostics"),
      (severity, message) => message.startsWith(WARNING) && severity !== "error",
    ),
    errors,
  };
}

/** The steps. What is not shaped like a step cannot be read, and so might be anything. */
function stepsIn(content: unknown): readonly unknown[] {
  const steps = itemsOf(memberOf(content, "steps"));
  const isStep = (step: unknown) => typeof memberOf(step, "op") === "string" && urnOf(urnIn(step)).project !== "";
  if (!steps.every(isStep)) throw new Error(NO_PLAN);
  return steps;
}

/** The parts of a plan that its steps are read with. */
interface PlanContext {
  /** The states before the refresh, by URN. */
  readonly refreshed: ReadonlyMap<string, unknown>;
  /** The explicit providers. */
  readonly providers: DeployedProviders;
  /** The URNs of the resources that the deployment deletes or replaces. */
  readonly deleted: ReadonlySet<string>;
  /** The URNs of the resources whose object an interrupted replacement has deleted already. */
  readonly deletedBefore: ReadonlySet<string>;
}

function contextOf(steps: readonly unknown[]): PlanContext {
  const refreshes = steps.filter((step) => opOf(step) === "refresh" && !isLeftover(step));
  const states = steps.flatMap((step) => [memberOf(step, "oldState"), memberOf(step, "newState")]);
  return {
    refreshed: new Map(refreshes.map((step) => [urnIn(step), memberOf(step, "oldState")])),
    providers: deployedProviders(states),
    deleted: deletedIn(steps),
    deletedBefore: deletedBefore(steps),
  };
}

/** A step that changes nothing, but of which a review must tell something. */
function isNotable(step: PlanStep): boolean {
  const { isUnprotected, provider, previousProvider, ignoredInputs, staying, foreignCode, newlyRetainedBy } = step;
  const isHidden = step.before === undefined || step.after === undefined;
  const isMoved = provider !== previousProvider;
  const others = [ignoredInputs, staying, newlyRetainedBy, Object.keys(foreignCode)];
  return isUnprotected || isHidden || isMoved || others.some(({ length }) => length > 0);
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

function isUnprotected(step: unknown): boolean {
  const [before, after] = ["oldState", "newState"].map((state) => memberOf(step, state));
  return memberOf(before, "protect") === true && after !== undefined && memberOf(after, "protect") !== true;
}

function stepOf(step: unknown, { refreshed, providers, deleted, deletedBefore }: PlanContext): PlanStep[] {
  const urn = urnIn(step);
  const [old, next] = [memberOf(step, "oldState"), memberOf(step, "newState")];
  const type = typeOf(typeIn(step));
  if (type === undefined) return [];
  const isDeleted = opOf(step) === "replace" && deletedBefore.has(urn);
  const op = isDeleted ? "create" : opOf(step);
  const orgUuid = memberOf(memberOf(old, "outputs"), "orgUuid");
  const states = isLeftover(step) ? [old, old] : [refreshed.get(urn) ?? old, old];
  const [deployed, before] = states.map((state) => storedInputs(type, state));
  const provider = explicitProviderIn(memberOf(step, "provider") ?? memberOf(next, "provider"), providers);
  const id = isDeleted ? undefined : memberOf(old, "id");
  const own = {
    op,
    type,
    urn,
    name: urnOf(urn).name,
    id: typeof id === "string" ? id : undefined,
    provider,
    previousProvider: old === undefined ? provider : explicitProviderIn(memberOf(old, "provider"), providers),
    orgUuid: typeof orgUuid === "string" ? orgUuid : undefined,
    before: isDeleted ? undefined : before,
    after: inputsOf(next),
    sources: sourcesOf(next),
    changedInputs: [
      ...new Set([...textsIn(memberOf(step, "diffReasons")), ...textsIn(memberOf(step, "replaceReasons"))]),
    ],
    ignoredInputs: textsIn(memberOf(next, "ignoreChanges")),
    replaceReasons: textsIn(memberOf(step, "replaceReasons")),
    foreignCode: foreignCodeIn(type, old, next),
    isDeletedFirst: memberOf(old, "pendingReplacement") === true,
    isRetained: isRetained(old, deleted),
    newlyRetainedBy: newlyRetainedBy(old, next),
    isLeftover: isLeftover(step),
    isUnprotected: isUnprotected(step),
    isRecreated: op === "create" && (isDeleted || refreshed.has(urn)),
  };
  const [was, seen] = [withObserved(deployed, states[0], old), withObserved(before, old, states[0])];
  const { undone, staying } = driftOf({ ...own, before: seen }, was);
  return [{ ...own, undoneInputs: undone, staying }];
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
  const { stack, project } = urnOf(urnIn(first));
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

function orderOf({ type, name, urn, op, before }: PlanStep): string {
  return [type, name, urn, op, JSON.stringify(before)].join("\u0000");
}
