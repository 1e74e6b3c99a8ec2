import { itemsOf, memberOf, UNKNOWN, urnOf } from "../pulumi/state";

/** Values of a plan, with `[secret]` in place of secrets. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * The engine's name for the operation of a step.
 * @param step The step.
 */
export function opOf(step: unknown): string {
  return String(memberOf(step, "op"));
}

/**
 * The URN of the resource that a step concerns.
 * @param step The step.
 */
export function urnIn(step: unknown): string {
  return String(memberOf(step, "urn"));
}

/**
 * The engine's name for the type of the resource that a step concerns.
 * @param step The step. Without a state, the URN tells the type.
 */
export function typeIn(step: unknown): string {
  const [old, next] = [memberOf(step, "oldState"), memberOf(step, "newState")];
  const written = memberOf(next, "type") ?? memberOf(old, "type");
  return String(written ?? urnOf(urnIn(step)).types.split("$").at(-1));
}

/**
 * The inputs of a state, without those of the SDK.
 * @param state The state; absent for a resource that does not exist.
 * @returns The inputs; `undefined` without a state.
 */
export function inputsOf(state: unknown): Values | undefined {
  if (state === undefined || state === null) return undefined;
  return Object.fromEntries(Object.entries(Object(memberOf(state, "inputs"))).filter(([name]) => !/^__/.test(name)));
}

/**
 * The URNs of the resources that the program computes inputs from.
 * @param state The state after the deployment.
 * @returns The URNs by the name of an input that is unknown until the deployment.
 */
export function sourcesOf(state: unknown): Readonly<Record<string, readonly string[]>> {
  const unknown = Object.entries(inputsOf(state) ?? {}).filter(([, value]) => JSON.stringify(value)?.includes(UNKNOWN));
  const dependencies = memberOf(state, "propertyDependencies");
  return Object.fromEntries(unknown.map(([name]) => [name, textsIn(memberOf(dependencies, name))]));
}

/**
 * A sorted list of texts.
 * @param value The list; anything else has no texts.
 */
export function textsIn(value: unknown): string[] {
  return itemsOf(value).map(String).sort();
}
