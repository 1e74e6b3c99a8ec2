import { type ResourceContext, startChange } from "../ownership/operationContext";
import {
  type OrganizationSettings,
  refuseOther,
  refuseOtherSettings,
  refuseUnknownAbsence,
} from "../ownership/organizationGuard";
import { reconcile } from "../reconcile/reconcile";
import { type Definition, inputsOf, keyOf } from "../resource/definition";
import { findOne } from "../resource/findUntil";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import type { Values } from "../schema/values";
import { refuseDamagedState } from "../state/damagedState";
import { refuseNewer } from "../state/metadata";
import type { Stored } from "../state/outputs";
import { declaredIn, declaredNames } from "../state/projection";
import type { Change } from "./diff";
import { refuseTakenKey } from "./existingObject";
import { refuseReplacingDifference, refuseUnplannedReplacement } from "./replace";

/**
 * Brings an existing object to the declared inputs.
 * @param context The resource, the API and the memory of the process.
 * @param change The id, the state and the declared inputs.
 * @throws LifecycleError if it is gone, belongs to another organization, or was changed both by the program and outside Pulumi.
 * @throws PartialError if something was written but not everything is as declared.
 */
export async function updateObject(context: ResourceContext, { id, prior, newInputs }: Change): Promise<Stored> {
  const { definition } = context;
  refuseDamagedState(definition, id, prior);
  const { label } = keyOf(definition, newInputs);
  const priorInputs = declaredIn(definition, prior);
  return writeExisting(context, { id, priorInputs, prior, newInputs, absence: messages.gone(label) });
}

/**
 * Takes over the object of a legacy state: one that other code wrote, such as a hand-written dynamic resource that an alias
 * turned into a resource of this package. Only the id and the organization in it are used. Such a resource is always
 * updated, and the update takes the object over as `adopt` does.
 * @param context The resource, the API and the memory of the process.
 * @param change The id, the state and the declared inputs.
 * @throws LifecycleError if it does not exist, belongs to another organization, or would have to be replaced.
 * @throws PartialError if something was written but not everything is as declared.
 */
export async function takeOver(context: ResourceContext, { id, prior, newInputs }: Change): Promise<Stored> {
  const { definition } = context;
  refuseNewer(prior);
  const absence = messages.notTakenOver(keyOf(definition, newInputs).label, definition.idSource);
  return writeExisting(context, { id, prior: legacyPrior(prior, newInputs), newInputs, absence });
}

/**
 * Checks a legacy state before its resource is taken over, without a call.
 * @param definition The resource.
 * @param settings The organization in the settings, if it is set.
 * @param change The id, the state and the declared inputs.
 * @throws LifecycleError if the settings name another organization, or if the id is not one of Rhombus.
 */
export function checkLegacyState(
  definition: Definition,
  settings: OrganizationSettings,
  { id, prior, newInputs }: Change,
): void {
  refuseNewer(prior);
  const { label } = keyOf(definition, newInputs);
  refuseOtherSettings(settings, { prior: legacyPrior(prior, newInputs), label });
  if (!definition.isId(id)) throw new LifecycleError(messages.notTakenOver(label, definition.idSource));
}

/** The prior values for a legacy state: the declared inputs, and the organization. */
function legacyPrior({ orgUuid }: Values, newInputs: Values): Values {
  return { ...newInputs, ...(typeof orgUuid === "string" ? { orgUuid } : {}) };
}

/** An object to write. */
interface ExistingObject {
  readonly id: string;
  /** The inputs in the state. Absent for a legacy state. */
  readonly priorInputs?: Values;
  /** The inputs and outputs in the state. */
  readonly prior: Values;
  readonly newInputs: Values;
  /** The message if the object does not exist. */
  readonly absence: string;
}

/** Reads an object and reconciles it. A new natural key is reserved, and must not belong to another object. */
function writeExisting(
  context: ResourceContext,
  { id, priorInputs, prior, newInputs, absence }: ExistingObject,
): Promise<Stored> {
  const { definition, ownership } = context;
  const declared = declaredIn(definition, newInputs);
  const key = definition.key(inputsOf(newInputs));
  return startChange(context, { id, label: key.label, prior }, async (operation) => {
    const observed = await findOne(operation, id, { prior, fields: declaredNames(priorInputs ?? {}, declared) });
    if (observed === undefined) {
      refuseUnknownAbsence(operation);
      throw new LifecycleError(absence);
    }
    refuseOther(operation.api, operation.bound, observed.orgUuid);
    if (priorInputs === undefined) refuseReplacingDifference(operation, declared, observed);
    else refuseUnplannedReplacement(operation, observed, { priorInputs, declared });
    const finish = () =>
      reconcile(operation, { priorInputs: priorInputs ?? {}, declared, observed, prior, origin: "existing" });
    const present = priorInputs ?? observed.values;
    if (keyOf(definition, present).value === key.value) return finish();
    return ownership.reserve(definition, key, async (reservation) => {
      await refuseTakenKey(operation, id, { prior: present, key });
      const renamed = await finish();
      reservation.commit();
      return renamed;
    });
  });
}
