import { refuseOther, refuseUnknownAbsence } from "../ownership/organizationGuard";
import { findOne } from "../reconcile/findUntil";
import { type Reconciled, reconcile } from "../reconcile/reconcile";
import { inputsOf, keyOf, type NaturalKey, type Observed } from "../resource/definition";
import { goneError } from "../resource/errors";
import type { LifecycleError } from "../resource/lifecycleError";
import type { Run } from "../resource/run";
import type { Values } from "../schema/values";
import { refuseDamagedState } from "../state/damagedState";
import { withSecretsMarked } from "../state/outputs";
import { type Change, type Context, declaredIn, organizationBound, type Stored, startRun } from "./context";
import { refuseUnplannedReplacement } from "./replace";
import { refuseTakenKey } from "./takenKey";

/**
 * Brings an existing object to the declared inputs.
 * @param context The resource, the API and the memory of the process.
 * @param change The id, the state and the declared inputs.
 * @throws LifecycleError when it is gone, belongs to another organization, or was changed both by the program and elsewhere.
 * @throws PartialError when something was written but not everything is as declared.
 */
export async function updateObject(context: Context, { id, oldState, newInputs }: Change): Promise<Stored> {
  const { definition, memory } = context;
  refuseDamagedState(definition, id, oldState);
  const key = definition.key(inputsOf(newInputs));
  const run = await startRun(context, key.label, organizationBound(definition, oldState));
  const [base, declared] = [declaredIn(definition, oldState), declaredIn(definition, newInputs)];
  return memory.locks.hold(definition.lock(id), async () => {
    const fields = new Set([...Object.keys(base), ...Object.keys(declared)]);
    const observed = await readForUpdate(run, id, { prior: oldState, fields, ifAbsent: () => goneError(key.label) });
    refuseUnplannedReplacement(run, observed, { base, declared });
    return reconcileExisting(context, run, { base, declared, observed, prior: oldState, key, present: base });
  });
}

/**
 * Reads an object that is to be written.
 * @param run The resource and the API.
 * @param id The object's id.
 * @param options The prior values, the fields to read, and the error for an object that does not exist.
 * @throws LifecycleError when it does not exist, or belongs to another organization.
 */
export async function readForUpdate(
  run: Run,
  id: string,
  options: { readonly prior: Values; readonly fields: ReadonlySet<string>; ifAbsent(): LifecycleError },
): Promise<Observed> {
  const { prior, fields, ifAbsent } = options;
  const observed = await findOne(run, { id }, { prior, fields, fresh: true });
  if (observed === undefined) {
    refuseUnknownAbsence(run);
    throw ifAbsent();
  }
  refuseOther(run.api, organizationBound(run.definition, prior), {
    actual: observed.orgUuid,
    what: "the object belongs to",
  });
  return observed;
}

/** An existing object that is to be brought to the declared inputs. */
export interface UpdateSubject {
  /** The inputs that the state held. */
  readonly base: Values;
  /** The inputs that the program declares. */
  readonly declared: Values;
  /** The object as it is. */
  readonly observed: Observed;
  /** The inputs and outputs that the state held. */
  readonly prior: Values;
  /** The natural key that the program declares. */
  readonly key: NaturalKey;
  /** The values that make up the present natural key. */
  readonly present: Values;
}

/**
 * Reconciles an existing object. A new natural key is reserved, and must not belong to another object.
 * @param context The resource, the API and the memory of the process.
 * @param run The resource and the API.
 * @param existing The object.
 */
export async function reconcileExisting(context: Context, run: Run, existing: UpdateSubject): Promise<Stored> {
  const { definition, memory } = context;
  const { base, declared, observed, prior, key, present } = existing;
  const { id } = observed;
  const finish = () => reconcile(run, { base, declared, observed, prior, origin: "existing" });
  const rename = () =>
    memory.reservations.hold(definition.type, key, async (reservation): Promise<Reconciled> => {
      await refuseTakenKey(run, { id, prior: present, key });
      const renamed = await finish();
      reservation.commit();
      return renamed;
    });
  const isRenamed = keyOf(definition, present).value !== key.value;
  const { outputs } = await (isRenamed ? rename() : finish());
  return { id, state: withSecretsMarked(definition, { ...declared, ...outputs }) };
}
