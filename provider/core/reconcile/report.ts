import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { PartialError } from "../resource/partialError";
import { shorter } from "../resource/polling";
import { messageOf, type Path, type Values } from "../schema/values";
import { type Stored, storedObject } from "../state/outputs";
import { partialState } from "../state/partialState";
import { differences } from "./merge";
import { isShown, type Reconciliation, reread } from "./reconciliation";
import { unverifiedReason } from "./unverified";

/**
 * The object for the state, with the outputs of the latest reading and of the answers, and the secrets from the state.
 * @param work The reconciliation.
 * @param inputs The inputs to store.
 */
export function storedAfter({ run, prior, observed, answeredOutputs }: Reconciliation, inputs: Values): Stored {
  return storedObject(run, { inputs, prior, observed, answeredOutputs });
}

/**
 * The error for an object that exists, or was changed, and is not as declared. The state gets it as it is.
 * @param work The reconciliation.
 * @param paths The declared paths at which the object does not have the desired value.
 * @param causes Errors that ended the reconciliation. Default: none.
 */
export function partialFailure(
  work: Reconciliation,
  paths: readonly Path[],
  causes: readonly string[] = [],
): PartialError {
  const { base, declared } = work;
  const reasons = [...causes, ...(paths.length > 0 ? [unverifiedReason(work, paths)] : [])];
  return new PartialError({ ...storedAfter(work, partialState(declared, base, paths)), reasons });
}

/**
 * The error to report for a reconciliation that failed: a partial failure if the state must not lose the object.
 * @param work The reconciliation.
 * @param error The error that ended it.
 * @throws LifecycleError if the error does not say what exists now.
 */
export async function failureOf(work: Reconciliation, error: unknown): Promise<unknown> {
  if (error instanceof PartialError || !(await leavesObject(work, error))) return error;
  return partialFailure(work, differences(work, work.observed), [messageOf(error)]);
}

/** Tests if the failure leaves an object, or a change of one, that belongs into the state. Reads the object once more. */
async function leavesObject(work: Reconciliation, error: unknown): Promise<boolean> {
  const { label, api, polling } = work.run;
  const isWritten = work.progress === "written";
  const isFirst = work.origin === "initial";
  const outcome = isFirst && work.progress === "sent" ? api.outcomeOf(error) : undefined;
  if (isWritten || outcome === "unknown") {
    const observed = await reread(work, isShown).catch((failure: unknown) => {
      if (isWritten) return work.observed;
      throw new LifecycleError(messages.unknownOutcome(label, error, failure));
    });
    if (observed !== undefined) work.observed = observed;
    // A first write that was answered has created nothing if no read shows it.
    return observed !== undefined || (isWritten && !isFirst);
  }
  if (outcome !== "refused") return false;
  const observed = await reread(work, isShown, shorter(polling)).catch(() => undefined);
  if (observed !== undefined) throw new LifecycleError(messages.existsAfterRefusal(label, error));
  return false;
}
