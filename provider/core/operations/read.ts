import { refuseOther, refuseUnknownAbsence } from "../ownership/organizationGuard";
import { findOne } from "../reconcile/findUntil";
import { inputsOf } from "../resource/definition";
import { fieldsOf } from "../schema/field";
import type { Values } from "../schema/values";
import { refuseDamagedState } from "../state/damagedState";
import { outputsOf, withSecretsMarked } from "../state/outputs";
import { projected } from "../state/projection";
import { type Context, organizationBound, type Stored, startRun } from "./context";

/**
 * Reads an object: all of it, or the declared fields if there is a state.
 * @param context The resource, the API and the memory of the process.
 * @param stored The id, and the state if there is one.
 * @returns Its new state and inputs, or `undefined` when it does not exist.
 * @throws LifecycleError when it belongs to another organization, or when its absence proves nothing.
 */
export async function readObject(
  context: Context,
  { id, state }: { readonly id: string; readonly state?: Values },
): Promise<(Stored & { readonly inputs: Values }) | undefined> {
  const { definition } = context;
  const prior = state ?? {};
  refuseDamagedState(definition, id, prior);
  const bound = organizationBound(definition, prior);
  const run = await startRun(context, `${definition.type} ${id}`, bound);
  const names = fieldsOf(definition.fields).map(([name]) => name);
  const fields = new Set(state === undefined ? names : names.filter((name) => prior[name] !== undefined));
  const observed = await findOne(run, { id }, { prior, fields, fresh: false });
  if (observed === undefined) {
    refuseUnknownAbsence(run);
    if (state !== undefined && definition.goneRemedy !== undefined) {
      context.warn(`${definition.key(inputsOf(prior)).label} is gone: ${definition.goneRemedy}`);
    }
    return undefined;
  }
  refuseOther(context.api, bound, { actual: observed.orgUuid, what: "the object belongs to" });
  const inputs = projected(definition, observed, state);
  // An object that `get` reads is not managed by this stack: it gets no instance id.
  const instanceId = state === undefined ? undefined : run.instanceId;
  const outputs = outputsOf({ ...run, instanceId }, prior, { observed });
  return {
    id: observed.id,
    inputs: withSecretsMarked(definition, inputs),
    state: withSecretsMarked(definition, { ...inputs, ...outputs }),
  };
}
