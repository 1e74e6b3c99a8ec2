import { refuseOther, refuseUnknownAbsence } from "../ownership/organizationGuard";
import { findOne, isGone } from "../reconcile/findUntil";
import { inputsOf, keyOf } from "../resource/definition";
import { remainsError } from "../resource/errors";
import type { Run } from "../resource/run";
import type { Values } from "../schema/values";
import { refuseDamagedState } from "../state/damagedState";
import { instanceIdOf } from "../state/metadata";
import { type Context, organizationBound, type Stored, startRun } from "./context";
import { preflightReplace } from "./replace";

/**
 * Deletes an object. It is no error if it does not exist. An object that another resource has taken over stays.
 * @param context The resource, the API and the memory of the process.
 * @param stored The id and the state.
 * @throws LifecycleError when it belongs to another organization, when Rhombus still shows it afterwards, or when it is to be
 * replaced and the replacement cannot be created.
 */
export async function deleteObject(context: Context, { id, state: prior }: Stored): Promise<void> {
  const { definition, memory } = context;
  const { type } = definition;
  refuseDamagedState(definition, id, prior);
  const label = `${type} ${id}`;
  if (memory.ownership.isOwnedByOther(type, id, instanceIdOf(prior))) {
    context.warn(`${label} is not deleted: another resource of this program has taken it over.`);
    return;
  }
  const run = await startRun(context, label, organizationBound(definition, prior));
  await memory.locks.hold(definition.lock(id), async () => {
    if (run.organization === undefined) await refuseOtherOwner(run, id, prior);
    const newInputs = memory.journal.comparisonOf(type, id)?.newInputs;
    if (newInputs !== undefined) await preflightReplace(run, id, { prior, newInputs });
    await removeObject(run, id, { prior, successor: newInputs });
  });
  memory.journal.recordDeletion(type, id);
  memory.ownership.recordDeletion(type, id);
  memory.reservations.release(type, definition.key(inputsOf(prior)).value);
}

/** Where the key does not show its organization, the object has to. */
async function refuseOtherOwner(run: Run, id: string, prior: Values): Promise<void> {
  const found = await findOne(run, { id }, { prior, fields: new Set(), fresh: true });
  if (found === undefined) refuseUnknownAbsence(run);
  else
    refuseOther(run.api, organizationBound(run.definition, prior), {
      actual: found.orgUuid,
      what: "the object belongs to",
    });
}

/** Removes an object and reads that it is gone: the answer to a delete does not prove that. */
async function removeObject(
  run: Run,
  id: string,
  removed: { readonly prior: Values; readonly successor: Values | undefined },
): Promise<void> {
  const { api, definition, warn } = run;
  const { prior } = removed;
  try {
    await definition.remove(api, { id, prior, warn });
  } catch (error) {
    // A read helps only if the error leaves open whether the object exists. A key that may not delete may not read either.
    const isOpen = api.outcomeOf(error) === "unknown" || api.isUnknownObject(error);
    if (!isOpen || !(await isGone(run, id, removed).catch(() => false))) throw error;
    return;
  }
  if (!(await isGone(run, id, removed))) throw remainsError(keyOf(definition, prior).label);
}
