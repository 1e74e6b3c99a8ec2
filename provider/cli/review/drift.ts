import { OBSERVED_KEY } from "../../core/state/metadata";
import { memberOf } from "../pulumi/state";
import type { Values } from "./stepParts";

/** A value that someone changed outside Pulumi, and that a deployment leaves as it is. */
export interface StayingChange {
  /** The name of the input. */
  readonly name: string;
  /** The value at the last deployment. */
  readonly before: unknown;
  /** The value after the deployment, as far as it was changed outside Pulumi. */
  readonly after: unknown;
}

/** The changes outside Pulumi that the refresh of a preview has shown. */
export interface Drift {
  /** The names of the inputs of which the deployment undoes a change, or changes it further. */
  readonly undone: readonly string[];
  /** The changes that the deployment leaves: the program declares the same, declares nothing, or ignores the input. */
  readonly staying: readonly StayingChange[];
}

/** The parts of a step that tell what becomes of changes outside Pulumi. */
interface DriftingStep {
  readonly op: string;
  readonly before: Values | undefined;
  readonly after: Values | undefined;
  readonly changedInputs: readonly string[];
  readonly ignoredInputs: readonly string[];
}

/** The operations that leave something of what the object has. A replacement leaves what the program declares as well. */
const LEAVING = ["same", "update", "replace"];

/**
 * Finds what someone changed outside Pulumi, and what of it stays.
 * @param step The step. Its inputs before the deployment are those after the refresh.
 * @param deployed The inputs before the refresh; `undefined` for a new resource.
 */
export function driftOf(step: DriftingStep, deployed: Values = {}): Drift {
  const { op, before = {} } = step;
  const drifted = Object.keys(before).filter((name) => !isSame(deployed[name], before[name]));
  if (!LEAVING.includes(op)) return { undone: drifted, staying: [] };
  const changes = drifted.map((name) => ({ name, before: deployed[name], after: leftOf(name, step, deployed) }));
  return {
    undone: changes.filter(({ name, after }) => !isSame(after, before[name])).map(({ name }) => name),
    staying: changes.filter(({ before: was, after }) => !isSame(was, after)),
  };
}

/** The value before the refresh, with the changes from outside that stay. */
function leftOf(name: string, step: DriftingStep, deployed: Values): unknown {
  const { op, before = {}, after = {}, changedInputs, ignoredInputs } = step;
  const ignored = ignoredInputs.map((path) => path.replace(/^\[?"?([^."[\]]*).*$/s, "$1"));
  if (op === "same") return before[name];
  if (ignored.includes("*") || ignored.includes(name)) return after[name];
  if ((after[name] ?? undefined) !== undefined) return withAgreed(deployed[name], before[name], after[name]);
  return op === "replace" || changedInputs.includes(name) ? deployed[name] : before[name];
}

/** The deployed value, with those changes that the program now declares the same way, also if they are parts of a list or a map. */
function withAgreed(deployed: unknown, before: unknown, after: unknown): unknown {
  if (isSame(before, after)) return before;
  if (Array.isArray(before) && Array.isArray(after)) return itemsWithAgreed(listOf(deployed), before, after);
  if (!isMap(before) || !isMap(after) || (deployed !== undefined && !isMap(deployed))) return deployed;
  const names = [...new Set([deployed ?? {}, before, after].flatMap((map) => Object.keys(map)))].sort();
  const entries = names.map((name) => {
    const [one, other, next] = [deployed, before, after].map((map) => memberOf(map, name));
    return [name, withAgreed(one, other, next)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The order of a list is not significant. */
function itemsWithAgreed(
  deployed: readonly unknown[],
  before: readonly unknown[],
  after: readonly unknown[],
): unknown[] {
  const [old, now, next] = [deployed, before, after].map((list) => new Set(list.map((item) => JSON.stringify(item))));
  const stays = (item: unknown) => {
    const text = JSON.stringify(item);
    return now?.has(text) === next?.has(text) ? now?.has(text) : old?.has(text);
  };
  const added = before.filter((item) => !old?.has(JSON.stringify(item)));
  return [...deployed, ...added].filter(stays);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An output that no input of OnGuard sets: the integration can only be switched off in the console. */
const ENABLED = "enabled";

/**
 * The values of a state, with those that Rhombus has shown of what the program does not declare.
 * @param values The inputs of the state.
 * @param state The state.
 * @param other The state that it is compared with. What only one of them contains was not changed.
 */
export function withObserved(values: Values | undefined, state: unknown, other: unknown): Values | undefined {
  if (values === undefined) return undefined;
  const [observed, others] = [state, other].map(observedIn);
  const common = Object.entries(observed ?? {}).filter(([name]) => others !== undefined && Object.hasOwn(others, name));
  const declared = Object.entries(values).filter(([, value]) => value !== undefined);
  return { ...values, ...Object.fromEntries(common), ...Object.fromEntries(declared) };
}

function observedIn(state: unknown): Values {
  const outputs = memberOf(state, "outputs");
  const observed = Object.entries(Object(memberOf(outputs, OBSERVED_KEY)));
  const enabled = memberOf(outputs, ENABLED);
  return {
    ...Object.fromEntries(observed.map(([name, value]) => [name, value ?? undefined])),
    ...(typeof enabled === "boolean" && { enabled }),
  };
}

/** The order of a list, and that of the keys of a map, are not significant. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(sorted(item))).sort();
  if (!isMap(value)) return value;
  return Object.entries(value)
    .map(([key, item]) => [key, sorted(item)] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}
