import type { OperationContext } from "../ownership/operationContext";
import { inputsOf } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { missingOutputsIn } from "../state/metadata";
import type { Stored } from "../state/outputs";
import { differences, merge } from "./merge";
import { isShown, type Reconciliation, reread, type Start, startReconciliation } from "./reconciliation";
import { partialFailure, reportedError, storedAfter } from "./report";
import { writeAndReread } from "./writeAndReread";

/**
 * Brings an object to what the program declares: observe, merge, write, verify, report. Changes made outside Pulumi are not
 * overwritten before a plan has shown them. The caller holds the lock.
 * @param operation The resource and the API.
 * @param start The state, the program and the object.
 * @returns The object for the state. It was read, and has every declared value.
 * @throws LifecycleError if the program and a change outside Pulumi contradict each other.
 * @throws PartialError if something was written, and the object is not as declared.
 */
export async function reconcile(operation: OperationContext, start: Start): Promise<Stored> {
  const reconciliation = startReconciliation(operation, start);
  try {
    await readIfUnverified(reconciliation);
    const changed = merge(reconciliation);
    if (isWriteNeeded(reconciliation, changed)) await writeAndVerify(reconciliation, changed);
    const paths = differences(reconciliation, reconciliation.observed);
    if (paths.length > 0) throw partialFailure(reconciliation, paths);
    return storedAfter(reconciliation, start.declared);
  } catch (error) {
    throw await reportedError(reconciliation, error);
  } finally {
    if (reconciliation.progress === "written") await warnFromVendor(reconciliation);
  }
}

/**
 * Reads an object if the answer to its creation did not show its values. Without a reading nothing more is written, because
 * a write could remove what Rhombus has added.
 */
async function readIfUnverified(reconciliation: Reconciliation): Promise<void> {
  if (!reconciliation.mergedReading.isUnverified) return;
  const observed = await reread(reconciliation, isShown);
  if (observed === undefined) throw new LifecycleError(messages.notShownYet(reconciliation.operation.label));
  reconciliation.mergedReading = observed;
  reconciliation.observed = observed;
}

function isWriteNeeded({ operation, origin, prior, observed }: Reconciliation, changed: ReadonlySet<string>): boolean {
  if (changed.size > 0 || origin === "initial") return true;
  return missingOutputsIn(operation.definition, { ...prior, ...observed.outputs }).length > 0;
}

/** If the object is not as declared after the first write, it is written again with explicit removals, which the documentation allows too. */
async function writeAndVerify(reconciliation: Reconciliation, changed: ReadonlySet<string>): Promise<void> {
  const { definition, api } = reconciliation.operation;
  await definition.verifyCredential?.(api, inputsOf(reconciliation.declared), changed);
  await writeAndReread(reconciliation, changed, "omit");
  if (differences(reconciliation, reconciliation.observed).length > 0)
    await writeAndReread(reconciliation, changed, "explicit");
}

/** Warns after the write, because a failed look-up must not prevent it. */
async function warnFromVendor({ operation, declared, priorInputs }: Reconciliation): Promise<void> {
  const { definition, api, warn } = operation;
  const warning = await definition
    .vendorWarning?.(api, inputsOf(declared), inputsOf(priorInputs))
    .catch(() => undefined);
  if (warning !== undefined) warn(warning);
}
