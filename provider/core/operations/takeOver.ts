import { type Connection, type Definition, inputsOf, keyOf } from "../resource/definition";
import { notTakenOverError } from "../resource/errors";
import type { Values } from "../schema/values";
import { refuseNewer } from "../state/metadata";
import { type Change, type Context, declaredIn, type Stored, startRun } from "./context";
import { refuseOtherSettings } from "./diff";
import { refuseReplacingDifference } from "./replace";
import { readForUpdate, reconcileExisting } from "./update";

/**
 * Legacy states: other code wrote them, such as a hand-written dynamic resource that an alias turned into a resource of this package. Only
 * the id and the organization in them are used. Such a resource is always updated, and the update takes the object over as
 * `adopt` does.
 */

/**
 * Checks a legacy state before its resource is taken over.
 * @param definition The resource.
 * @param settings The organization in the settings, if it is set.
 * @param change The id, the state and the declared inputs.
 * @throws LifecycleError when the settings name another organization, or when the id is not one of Rhombus.
 */
export function checkLegacyState(
  definition: Definition,
  settings: Pick<Connection, "expectedOrganization">,
  { id, oldState, newInputs }: Change,
): void {
  refuseNewer(oldState);
  const { label } = keyOf(definition, newInputs);
  refuseOtherSettings(settings, { prior: legacyPrior(oldState, newInputs), label });
  if (!definition.isId(id)) throw notTakenOverError(label, definition.idSource);
}

/**
 * Takes over the object of a legacy state.
 * @param context The resource, the API and the memory of the process.
 * @param change The id, the state and the declared inputs.
 * @throws LifecycleError when it does not exist, belongs to another organization, or would have to be replaced.
 * @throws PartialError when something was written but not everything is as declared.
 */
export async function takeOver(context: Context, { id, oldState, newInputs }: Change): Promise<Stored> {
  const { definition, memory } = context;
  refuseNewer(oldState);
  const prior = legacyPrior(oldState, newInputs);
  const key = definition.key(inputsOf(newInputs));
  const run = await startRun(context, key.label, { prior, label: key.label });
  const declared = declaredIn(definition, newInputs);
  return memory.locks.hold(definition.lock(id), async () => {
    const ifAbsent = () => notTakenOverError(key.label, definition.idSource);
    const observed = await readForUpdate(run, id, { prior, fields: new Set(Object.keys(declared)), ifAbsent });
    refuseReplacingDifference(run, declared, observed);
    return reconcileExisting(context, run, { base: {}, declared, observed, prior, key, present: observed.values });
  });
}

/** The prior values for a legacy state: the declared inputs, and the organization. */
function legacyPrior({ orgUuid }: Values, newInputs: Values): Values {
  return { ...newInputs, ...(typeof orgUuid === "string" ? { orgUuid } : {}) };
}
