import { typeOf } from "../pulumi/stackResources";
import { explicitProviderIn, memberOf, urnOf } from "../pulumi/state";
import { DELETE_REPLACED, isLeftover } from "./deletions";
import { opOf, typeIn, urnIn } from "./stepParts";

const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * The names of resources in the state that the preview did not refresh. The objects that are pending deletion are never refreshed.
 * @param steps The steps of the plan.
 * @param refreshed The states before the refresh, by URN.
 */
export function staleIn(steps: readonly unknown[], refreshed: ReadonlyMap<string, unknown>): string[] {
  const stale = steps.filter((step) => {
    const old = memberOf(step, "oldState");
    return old && memberOf(old, "delete") !== true && opOf(step) !== DELETE_REPLACED && !refreshed.has(urnIn(step));
  });
  return ownNames(stale);
}

/**
 * The names of resources that the preview refreshed, and of which the plan does not show what follows. The engine leaves out unchanged
 * resources, unless it is told to show them. If it shows one, it shows all: the others are neither in the program nor in Rhombus.
 * @param steps The steps of the plan.
 * @param refreshed The states before the refresh, by URN.
 */
export function unseenIn(steps: readonly unknown[], refreshed: ReadonlyMap<string, unknown>): string[] {
  const [refreshes, following] = [true, false].map((is) => {
    return steps.filter((step) => !isLeftover(step) && (opOf(step) === "refresh") === is);
  });
  const areSamesShown = following?.some((step) => opOf(step) === "same" && typeIn(step) !== STACK_TYPE);
  if (areSamesShown || refreshed.size === 0) return [];
  const seen = new Set(following?.map(urnIn));
  return ownNames(refreshes?.filter((step) => !seen.has(urnIn(step))) ?? []);
}

/**
 * The names of resources that use an explicit provider.
 * @param provider The URN of the provider.
 * @param steps The steps of the plan.
 */
export function usersOf(provider: string, steps: readonly unknown[]): string[] {
  const one = new Map([[provider, undefined]]);
  return ownNames(steps.filter((step) => explicitProviderIn(memberOf(step, "provider"), one) === provider));
}

function ownNames(steps: readonly unknown[]): string[] {
  const own = steps.filter((step) => typeOf(typeIn(step)) !== undefined);
  return [...new Set(own.map((step) => urnOf(urnIn(step)).name))].sort();
}
