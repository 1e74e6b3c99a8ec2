import { inputsOf, type Observed, type Removal } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { stillValidOutputs } from "../state/outputs";
import { differences, mergeOutsideChanges } from "./merge";
import { isShown, type Reconciliation, reread } from "./reconciliation";
import { resend } from "./resend";

/**
 * Writes the object and reads it again.
 * @param reconciliation The reconciliation.
 * @param changed The names of the fields that have to change.
 * @param removal The form in which the request removes values.
 * @throws LifecycleError if no read shows the object.
 */
export async function writeAndReread(
  reconciliation: Reconciliation,
  changed: ReadonlySet<string>,
  removal: Removal,
): Promise<void> {
  const { definition, api, label, warn } = reconciliation.operation;
  if (reconciliation.observed !== reconciliation.mergedReading) mergeOutsideChanges(reconciliation);
  reconciliation.answeredOutputs = stillValidOutputs(
    definition,
    reconciliation.answeredOutputs,
    reconciliation.observed,
  );
  const answer = await definition.write?.(api, {
    observed: reconciliation.observed,
    desired: inputsOf(reconciliation.desired),
    declared: inputsOf(reconciliation.declared),
    changed,
    removal,
    prior: reconciliation.prior,
    isInState: Object.keys(reconciliation.priorInputs).length > 0,
    warn,
    reportWrite: (outputs = {}) => {
      reconciliation.progress = "written";
      reconciliation.answeredOutputs = { ...reconciliation.answeredOutputs, ...outputs };
    },
    resend: (fields, send) => resend(reconciliation, { fields, changed, send }),
  });
  const isDone = (observed: Observed | undefined) =>
    isShown(observed) && differences(reconciliation, observed).length === 0;
  const read = await reread(reconciliation, isDone);
  // If reads lag behind a write that was answered, the next operation would report the difference as a change made outside Pulumi.
  const observed = !isDone(read) && isDone(answer) ? answer : read;
  if (observed === undefined) {
    throw new LifecycleError(reconciliation.origin === "initial" ? messages.notCreated(label) : messages.gone(label));
  }
  reconciliation.observed = observed;
}
