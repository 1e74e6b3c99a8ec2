import { type ResourceContext, startOperation } from "../ownership/operationContext";
import { refuseOther, refuseUnknownAbsence } from "../ownership/organizationGuard";
import { inputsOf } from "../resource/definition";
import { findOne } from "../resource/findUntil";
import { fieldsOf } from "../schema/field";
import type { Values } from "../schema/values";
import { refuseDamagedState } from "../state/damagedState";
import { type Stored, storedObject, withSecretsMarked } from "../state/outputs";
import { projected } from "../state/projection";

/**
 * Reads an object: all of it, or the declared fields if there is a state.
 * @param context The resource, the API and the memory of the process.
 * @param stored The id, and the state if there is one.
 * @returns Its new state and inputs, or `undefined` when it does not exist.
 * @throws LifecycleError if it belongs to another organization, or if it is not found and the organization of the API key is unknown.
 */
export async function readObject(
  context: ResourceContext,
  { id, state }: { readonly id: string; readonly state?: Values },
): Promise<(Stored & { readonly inputs: Values }) | undefined> {
  const { definition } = context;
  const prior = state ?? {};
  refuseDamagedState(definition, id, prior);
  const operation = await startOperation(context, `${definition.type} ${id}`, prior);
  const names = fieldsOf(definition.fields).map(([name]) => name);
  const fields = new Set(state === undefined ? names : names.filter((name) => prior[name] !== undefined));
  const observed = await findOne(operation, id, { prior, fields, fresh: false });
  if (observed === undefined) {
    refuseUnknownAbsence(operation);
    if (state !== undefined && definition.lossConsequence !== undefined) {
      context.warn(`${definition.key(inputsOf(prior)).label} is gone: ${definition.lossConsequence}`);
    }
    return undefined;
  }
  refuseOther(operation.api, operation.bound, observed.orgUuid);
  const inputs = projected(definition, observed, state);
  // An object that `get` reads is not managed by this stack: it gets no instance id.
  const instanceId = state === undefined ? undefined : operation.instanceId;
  const stored = storedObject({ ...operation, instanceId }, { inputs, prior, observed });
  return { ...stored, inputs: withSecretsMarked(definition, inputs) };
}
