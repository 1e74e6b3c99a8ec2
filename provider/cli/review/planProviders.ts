import type { Plan } from "./plan";

/** The URNs of the providers that the plan creates. Their settings are in no state yet. */
function newProvidersIn({ providers }: Plan): ReadonlySet<string | undefined> {
  return new Set(providers.filter(({ op }) => op === "create").map(({ urn }) => urn));
}

/**
 * The URNs of the providers whose settings the plan changes or creates. A plan does not show keys, so each may open another
 * organization.
 * @param plan The plan.
 */
export function changedProvidersIn({ providers }: Plan): ReadonlySet<string | undefined> {
  return new Set(providers.filter(({ op }) => op !== "delete").map(({ urn }) => urn));
}

/**
 * The URNs of the providers that are in the state, as far as the plan concerns them.
 * @param plan The plan.
 */
export function deployedProvidersOf(plan: Plan): (string | undefined)[] {
  const newProviders = newProvidersIn(plan);
  const ofSteps = plan.steps.flatMap(({ provider, previousProvider }) => [provider, previousProvider]);
  const changed = [...changedProvidersIn(plan)];
  return [...ofSteps, ...changed].filter((urn) => !newProviders.has(urn));
}
