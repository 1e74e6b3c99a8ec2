import { secretSettings } from "../../rhombus/settings/settingNames";
import { typeOf } from "../pulumi/stackResources";
import { memberOf, PROVIDER_TYPE, SECRET, urnOf } from "../pulumi/state";
import { inputsOf, opOf, textsIn, typeIn, urnIn } from "./stepParts";

/** A change of an explicit provider. */
export interface ProviderStep {
  /** The engine's name for the operation. */
  readonly op: string;
  /** The provider's name in the program. */
  readonly name: string;
  /** The provider's URN. */
  readonly urn: string;
  /** The names of the resources of this package that use it. */
  readonly users: readonly string[];
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
  /** True for a component, which groups resources and is none itself. */
  readonly isComponent: boolean;
  /** Everything that the plan says about its values, with `[secret]` in place of secrets. */
  readonly values: unknown;
}

/**
 * The change of an explicit provider of this package.
 * @param step A step that changes something.
 * @param usersOf The names of the resources that use a provider.
 * @returns The change; empty for any other step.
 */
export function providerStepOf(step: unknown, usersOf: (urn: string) => readonly string[]): ProviderStep[] {
  if (!isOurProvider(step)) return [];
  const [before = {}, after = {}] = [inputsOf(memberOf(step, "oldState")), inputsOf(memberOf(step, "newState"))];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => /^rhombus:/.test(name));
  const changedInputs = textsIn(memberOf(step, "diffReasons"));
  const differing = names.sort().filter((name) => before[name] !== after[name] || changedInputs.includes(name));
  const settings = differing.map((name) => {
    return { name, before: withoutSecret(name, before[name]), after: withoutSecret(name, after[name]) };
  });
  const urn = urnIn(step);
  return [{ op: opOf(step), urn, name: urnOf(urn).name, users: usersOf(urn), settings }];
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

/**
 * The change of a resource that is neither a provider nor of a type of this package.
 * @param step A step that changes something.
 * @returns The change; empty for any other step.
 */
export function otherStepOf(step: unknown): OtherStep[] {
  const type = typeIn(step);
  if (typeOf(type) !== undefined || type === "pulumi:pulumi:Stack" || isOurProvider(step)) return [];
  const [before, after] = ["oldState", "newState"].map((state) => memberOf(memberOf(step, state), "inputs"));
  const [diffReasons, replaceReasons] = ["diffReasons", "replaceReasons"].map((name) => textsIn(memberOf(step, name)));
  const [op, urn] = [opOf(step), urnIn(step)];
  const isComponent = ["oldState", "newState"].some((state) => memberOf(memberOf(step, state), "custom") === false);
  return [{ op, urn, type, isComponent, values: { before, after, diffReasons, replaceReasons } }];
}
