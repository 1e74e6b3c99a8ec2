import type { Reservation } from "../ownership/reservations";
import { withoutDuplicate } from "../reconcile/duplicates";
import { type Reconciled, reconcile } from "../reconcile/reconcile";
import { inputsOf } from "../resource/definition";
import { answeredWithManagedObjectError } from "../resource/errors";
import { PartialError } from "../resource/partialError";
import type { Run } from "../resource/run";
import type { Values } from "../schema/values";
import { withSecretsMarked } from "../state/outputs";
import { adoptionQuery, objectToAdopt, refuseExisting } from "./adopt";
import { type Context, declaredIn, type Stored, startRun } from "./context";
import { type Creation, foundObject } from "./creation";
import { refuseUncreatable } from "./replace";
import { type CreatedObject, sendCreation } from "./sendCreation";

/**
 * Creates an object, or adopts an existing one if the inputs ask for it, and brings it to the declared inputs.
 * @param context The resource, the API and the memory of the process.
 * @param inputs Checked inputs.
 * @throws LifecycleError when it already exists, cannot be adopted, or when a lost answer leaves open whether it exists.
 * @throws PartialError when it exists now but is not all that is declared.
 */
export async function createObject(context: Context, inputs: Values): Promise<Stored> {
  const { definition, memory } = context;
  const key = definition.key(inputsOf(inputs));
  const run = await startRun(context, key.label, { prior: {}, label: key.label });
  const declared = declaredIn(definition, inputs);
  const creation = { key, inputs, declared, ownership: memory.ownership };
  const { observed, outputs } = await memory.reservations.hold(definition.type, key, (reservation) =>
    memory.locks.hold(definition.lock(undefined), () => createReserved(run, creation, reservation)),
  );
  return { id: observed.id, state: withSecretsMarked(definition, { ...declared, ...outputs }) };
}

async function createReserved(run: Run, creation: Creation, reservation: Reservation): Promise<Reconciled> {
  const { declared } = creation;
  const object = await objectToReconcile(run, creation);
  const { observed, origin, resent } = object;
  refuseOwned(run, creation, object);
  reservation.own(observed.id, run.instanceId);
  const start = { observed, origin, base: {}, declared, prior: { ...declared, ...observed.outputs } };
  const ended = await reconcile(run, start).catch(partialError);
  reservation.commit();
  if (resent !== undefined) return withoutDuplicate(run, { ...creation, ...resent }, ended);
  if (ended instanceof PartialError) throw ended;
  return ended;
}

/** The object that is reconciled. */
interface ObjectToReconcile extends CreatedObject {
  /** `"created"`: created just now. `"initial"`: a singleton that the first write creates. `"existing"`: adopted. */
  readonly origin: "created" | "initial" | "existing";
}

async function objectToReconcile(run: Run, creation: Creation): Promise<ObjectToReconcile> {
  const { definition } = run;
  const query = adoptionQuery(definition, creation);
  if (query === undefined) await refuseExisting(run, creation);
  const existing = query === undefined ? undefined : await objectToAdopt(run, creation, query);
  if (existing !== undefined) return { observed: existing, origin: "existing" };
  if (definition.shape === "collection")
    return { ...(await sendCreation(run, definition, creation)), origin: "created" };
  refuseUncreatable(definition, creation.inputs);
  return { observed: definition.initial(inputsOf(creation.inputs)), origin: "initial" };
}

/** Refuses an object that another resource of this run manages; of a created one, reads that lag may not have shown it. */
function refuseOwned(run: Run, creation: Creation, { observed, origin }: ObjectToReconcile): void {
  const { definition, label, instanceId } = run;
  const { ownership } = creation;
  if (origin === "existing") ownership.refuseOwned(definition.type, foundObject(run, creation, observed));
  const isCreated = origin === "created";
  if (isCreated && ownership.isOwnedByOther(definition.type, observed.id, instanceId)) {
    throw answeredWithManagedObjectError(label, observed.id);
  }
}

/** A partial failure as a value: the object exists. Any other error is thrown. */
function partialError(error: unknown): PartialError {
  if (error instanceof PartialError) return error;
  throw error;
}
