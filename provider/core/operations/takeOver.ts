import { refuseOther } from "../ownership/organizationGuard";
import type { Ownership } from "../ownership/ownership";
import { type Connection, type Definition, keyOf } from "../resource/definition";
import type { Values } from "../schema/values";
import { instanceIdOf, refuseNewer } from "../state/metadata";

/**
 * States that were written by other code than this package, such as those of a hand-written dynamic resource that `aliases`
 * has turned into one of ours. Of these only the id and the organization are understood: the next update takes the object
 * over as `adopt` does.
 */

/**
 * Looks at a resource whose state other code wrote. It always has to be updated.
 * @param definition The resource.
 * @param ownership Which objects the resources of this process answer for.
 * @param api The API's settings.
 * @param change The id, the state and the new inputs.
 * @throws LifecycleError when the settings name another organization, or another resource has this object.
 */
export function diffForeign(
  definition: Pick<Definition, "type" | "fields" | "key">,
  ownership: Ownership,
  api: Pick<Connection, "expectedOrganization">,
  { id, oldState, newInputs }: { readonly id: string; readonly oldState: Values; readonly newInputs: Values },
): void {
  refuseNewer(oldState);
  const key = keyOf(definition, newInputs);
  ownership.diffed(definition.type, id, instanceIdOf(oldState), { key });
  const owned = { prior: foreignKnown(oldState, newInputs), label: key.label };
  refuseOther({ expectedOrganization: undefined }, owned, {
    actual: api.expectedOrganization,
    what: "the settings name",
  });
}

/**
 * What is known of an object whose state other code wrote: what is declared of it, and whose it is.
 * @param oldState The state.
 * @param newInputs What the program declares.
 */
export function foreignKnown({ orgUuid }: Values, newInputs: Values): Values {
  return { ...newInputs, ...(typeof orgUuid === "string" ? { orgUuid } : {}) };
}
