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
 * @param reconciliation The reconciliation.
 * @param inputs The inputs to store.
 */
export function storedAfter({ operation, prior, observed, answeredOutputs }: Reconciliation, inputs: Values): Stored {
  return storedObject(operation, { inputs, prior, observed, answeredOutputs });
}

/**
 * The error for an object that exists, or was changed, and is not as declared. The state gets it as it is.
 * @param reconciliation The reconciliation.
 * @param paths The declared paths at which the object does not have the desired value.
 * @param causes Errors that ended the reconciliation. Default: none.
 */
export function partialFailure(
  reconciliation: Reconciliation,
  paths: readonly Path[],
  causes: readonly string[] = [],
): PartialError {
  const { priorInputs, declared } = reconciliation;
  const reasons = [...causes, ...(paths.length > 0 ? [unverifiedReason(reconciliation, paths)] : [])];
  return new PartialError({ ...storedAfter(reconciliation, partialState(declared, priorInputs, paths)), reasons });
}

/**
 * The error to report for a reconciliation that failed: a partial failure if the state must not lose the object.
 * @param reconciliation The reconciliation.
 * @param error The error that ended it.
 * @throws LifecycleError if the error does not say what exists now.
 */
export async function reportedError(reconciliation: Reconciliation, error: unknown): Promise<unknown> {
  if (error instanceof PartialError || !(await leavesObject(reconciliation, error))) return error;
  return partialFailure(reconciliation, differences(reconciliation, reconciliation.observed), [messageOf(error)]);
}

/** True if the failure leaves an object, or a change of one, that belongs in the state. Reads the object once more. */
async function leavesObject(reconciliation: Reconciliation, error: unknown): Promise<boolean> {
  const { origin, progress } = reconciliation;
  if (progress === "written") return leavesWrittenObject(reconciliation);
  if (origin === "initial" && progress === "sent") return leavesCreatedObject(reconciliation, error);
  return false;
}

async function leavesWrittenObject(reconciliation: Reconciliation): Promise<boolean> {
  const observed = await reread(reconciliation, isShown).catch(() => reconciliation.observed);
  if (observed !== undefined) reconciliation.observed = observed;
  // A first write that was answered has created nothing if no read shows it.
  return observed !== undefined || reconciliation.origin !== "initial";
}

/** True if a first write without a confirmation created the object. Rejects if that is not clear, or if it was refused. */
async function leavesCreatedObject(reconciliation: Reconciliation, error: unknown): Promise<boolean> {
  const { label, api, polling } = reconciliation.operation;
  const outcome = api.outcomeOf(error);
  if (outcome === undefined) return false;
  const isRefused = outcome === "refused";
  const observed = await reread(reconciliation, isShown, isRefused ? shorter(polling) : polling).catch(
    (failure: unknown) => Promise.reject(new LifecycleError(messages.unknownOutcome(label, error, failure))),
  );
  if (observed === undefined) return false;
  if (isRefused) throw new LifecycleError(messages.existsAfterRefusal(label, error));
  reconciliation.observed = observed;
  return true;
}
