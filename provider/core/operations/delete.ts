import { type OperationContext, type ResourceContext, startChange } from "../ownership/operationContext";
import { refuseOther, refuseUnknownAbsence } from "../ownership/organizationGuard";
import { inputsOf, keyOf, type Observed } from "../resource/definition";
import { findOne, findUntil } from "../resource/findUntil";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { containsUnknown, type Values } from "../schema/values";
import { refuseDamagedState } from "../state/damagedState";
import { instanceIdOf } from "../state/metadata";
import type { Stored } from "../state/outputs";
import { refuseTakenKey } from "./existingObject";
import { refuseUsed } from "./refuseUsed";
import { refuseUncreatable, replacingFields } from "./replace";

/**
 * Deletes an object. It is no error if it does not exist. An object that another resource has taken over stays.
 * @param context The resource, the API and the memory of the process.
 * @param stored The id and the state.
 * @throws LifecycleError if it belongs to another organization, if others use it, if Rhombus still shows it afterwards, or if
 * it is to be replaced and the replacement cannot be created.
 */
export async function deleteObject(context: ResourceContext, { id, state: prior }: Stored): Promise<void> {
  const { definition, ownership, warn } = context;
  const { type } = definition;
  refuseDamagedState(definition, id, prior);
  const label = `${type} ${id}`;
  if (ownership.isOwnedByOther(type, id, instanceIdOf(prior))) {
    warn(`${label} is not deleted: another resource of this program has taken it over.`);
    return;
  }
  await startChange(context, { id, label, prior }, async (operation) => {
    if (operation.organization === undefined) await refuseOtherOwner(operation, id, prior);
    const newInputs = ownership.journal.comparisonOf(type, id)?.newInputs;
    // The order of a replacement is that of the definition, or of the option `deleteBeforeReplace`.
    const isDeletedFirst =
      newInputs !== undefined && !ownership.isReplacementCreated(definition, keyOf(definition, newInputs));
    await refuseUsed(operation, id, { prior, isDeletedFirst });
    if (isDeletedFirst) await preflightReplace(operation, id, { prior, newInputs });
    await removeObject(operation, id, { prior, successor: newInputs ?? {} });
  });
  ownership.recordDeletion(type, id, definition.key(inputsOf(prior)).value);
}

/** If the API key does not show its organization, the object has to. */
async function refuseOtherOwner(operation: OperationContext, id: string, prior: Values): Promise<void> {
  const found = await findOne(operation, id, { prior });
  if (found === undefined) refuseUnknownAbsence(operation);
  else refuseOther(operation.api, operation.bound, found.orgUuid);
}

/**
 * Checks that the second half of a replacement can succeed, before the old object is deleted: the replacement is still
 * needed, the badge vendor accepts its key, and no other object has the new natural key.
 */
async function preflightReplace(
  operation: OperationContext,
  id: string,
  { prior, newInputs }: { readonly prior: Values; readonly newInputs: Values },
): Promise<void> {
  if (containsUnknown(Object.values(newInputs).filter((value) => value !== undefined))) return;
  const { definition, api } = operation;
  const inputs = inputsOf(newInputs);
  refuseUncreatable(definition, newInputs);
  await refuseNeedless(operation, id, { prior, newInputs });
  await definition.verifyCredential?.(api, inputs, new Set(Object.keys(newInputs)));
  const key = definition.key(inputs);
  if (definition.key(inputsOf(prior)).value === key.value) return;
  await refuseTakenKey(operation, id, { prior, key }, messages.takenByReplacement);
}

/** Since the read that the plan is based on, the object may have got the declared values outside Pulumi. */
async function refuseNeedless(
  operation: OperationContext,
  id: string,
  { prior, newInputs }: { readonly prior: Values; readonly newInputs: Values },
): Promise<void> {
  const { definition } = operation;
  const planned = replacingFields(definition, prior, newInputs).filter(
    ({ field, isUnknown }) => !field.modifiers.local && !isUnknown,
  );
  if (planned.length === 0) return;
  const found = await findOne(operation, id, { prior });
  const isNeedless = planned.every(({ name, field }) => {
    return found !== undefined && field.equal(newInputs[name], field.canonical(found.values[name]));
  });
  if (!isNeedless) return;
  const names = planned.map(({ name }) => name);
  throw new LifecycleError(messages.needlessReplacement(keyOf(definition, prior).label, names));
}

/** Removes an object and reads that it is gone: the answer to a delete does not prove that. */
async function removeObject(
  operation: OperationContext,
  id: string,
  { prior, successor }: { readonly prior: Values; readonly successor: Values },
): Promise<void> {
  const { api, definition, warn } = operation;
  const isNone = ({ length }: readonly Observed[]) => length === 0;
  const isGone = async () =>
    isNone(await findUntil(operation, { id }, { prior, removed: { successor }, until: isNone }));
  try {
    await definition.remove(api, { id, prior, warn });
  } catch (error) {
    // A read helps only if the error leaves open whether the object exists. An API key that may not delete may not read either.
    const isOpen = api.outcomeOf(error) === "unknown" || api.isUnknownObject(error);
    if (!isOpen || !(await isGone().catch(() => false))) throw error;
    return;
  }
  if (!(await isGone())) throw new LifecycleError(messages.remains(keyOf(definition, prior).label));
}
