import { type ResourceContext, startCreation } from "../ownership/operationContext";
import { reconcile } from "../reconcile/reconcile";
import { inputsOf, type Origin } from "../resource/definition";
import { PartialError } from "../resource/partialError";
import type { Values } from "../schema/values";
import type { Stored } from "../state/outputs";
import { declaredIn } from "../state/projection";
import { type CreatedObject, type Creation, createOnce, reasonOfDuplicate } from "./createOnce";
import { existingObject } from "./existingObject";
import { refuseUncreatable } from "./replace";

/**
 * Creates an object, or adopts an existing one if the inputs ask for it, and brings it to the declared inputs.
 * @param context The resource, the API and the memory of the process.
 * @param inputs Checked inputs.
 * @throws LifecycleError if it already exists, cannot be adopted, or if a lost answer leaves open whether it exists.
 * @throws PartialError if it exists now but is not all that is declared.
 */
export async function createObject(context: ResourceContext, inputs: Values): Promise<Stored> {
  const { definition } = context;
  const key = definition.key(inputsOf(inputs));
  const declared = declaredIn(definition, inputs);
  return startCreation(context, key, async (operation, reservation) => {
    const creation = { operation, key, inputs, declared, reservation };
    const { observed, origin, resent } = await objectToReconcile(creation);
    reservation.own(observed, origin, operation.instanceId);
    const prior = { ...declared, ...observed.outputs };
    const ended = await reconcile(operation, { priorInputs: {}, declared, prior, observed, origin }).catch(
      partialError,
    );
    reservation.commit();
    const duplicate = resent && (await reasonOfDuplicate(creation, resent, observed.id));
    if (duplicate !== undefined) throw withReason(ended, duplicate);
    if (ended instanceof PartialError) throw ended;
    return ended;
  });
}

/** The object that the rest of the creation brings to the declared inputs. */
async function objectToReconcile(creation: Creation): Promise<CreatedObject & { readonly origin: Origin }> {
  const { operation, inputs } = creation;
  const existing = await existingObject(creation);
  if (existing !== undefined) return { observed: existing, origin: "existing" };
  const { definition } = operation;
  if (definition.shape === "collection") return { ...(await createOnce(definition, creation)), origin: "created" };
  refuseUncreatable(definition, inputs);
  return { observed: definition.initial(inputsOf(inputs)), origin: "initial" };
}

/** A partial failure as a value: the object exists. Any other error is thrown. */
function partialError(error: unknown): PartialError {
  if (error instanceof PartialError) return error;
  throw error;
}

/** The partial failure of a creation that has one more reason. The state gets the object nevertheless. */
function withReason(ended: Stored | PartialError, reason: string): PartialError {
  const partial = ended instanceof PartialError ? ended.partial : { ...ended, reasons: [] };
  return new PartialError({ ...partial, reasons: [...partial.reasons, reason] });
}
