import { inputsOf, type Observed } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { stillValidOutputs } from "../state/outputs";
import { differences, mergeOthersChanges } from "./merge";
import { isShown, type Reconciliation, reread } from "./reconciliation";
import { resend } from "./resend";

/**
 * Writes the object and reads it again.
 * @param work The reconciliation.
 * @param changed The names of the fields that have to change.
 * @param writeForm The form of the request, see `WriteContext.writeForm`.
 * @throws LifecycleError if no read shows the object.
 */
export async function writeAndReread(
  work: Reconciliation,
  changed: ReadonlySet<string>,
  writeForm: 1 | 2,
): Promise<void> {
  const { definition, api, label, warn } = work.run;
  if (work.observed !== work.baseReading) mergeOthersChanges(work);
  work.answeredOutputs = stillValidOutputs(definition, work.answeredOutputs, work.observed);
  const answer = await definition.write?.(api, {
    observed: work.observed,
    desired: inputsOf(work.desired),
    changed,
    writeForm,
    prior: work.prior,
    warn,
    reportWrite: (outputs = {}) => {
      work.progress = "written";
      work.answeredOutputs = { ...work.answeredOutputs, ...outputs };
    },
    resend: (fields, send) => resend(work, { fields, changed, send }),
  });
  const isDone = (observed: Observed | undefined) => isShown(observed) && differences(work, observed).length === 0;
  const read = await reread(work, isDone);
  // If reads lag behind a write that was answered, the next operation would report the difference as a change made outside Pulumi.
  const observed = !isDone(read) && isDone(answer) ? answer : read;
  if (observed === undefined) {
    throw new LifecycleError(work.origin === "initial" ? messages.notCreated(label) : messages.gone(label));
  }
  work.observed = observed;
}
