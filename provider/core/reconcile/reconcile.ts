import type { Run } from "../ownership/run";
import { inputsOf } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { missingOutputsIn } from "../state/metadata";
import type { Stored } from "../state/outputs";
import { differences, merge } from "./merge";
import { isShown, type Reconciliation, reread, type Start, startReconciliation } from "./reconciliation";
import { failureOf, partialFailure, storedAfter } from "./report";
import { writeAndReread } from "./writeAndReread";

/**
 * Brings an object to what the program declares: observe, merge, write, verify, report. Changes made elsewhere are not
 * overwritten before a plan has shown them. The caller holds the lock.
 * @param run The resource and the API.
 * @param start The state, the program and the object.
 * @returns The object for the state. It was read, and has every declared value.
 * @throws LifecycleError if the program and somebody else changed the same thing.
 * @throws PartialError if something was written, and the object is not as declared.
 */
export async function reconcile(run: Run, start: Start): Promise<Stored> {
  const work = startReconciliation(run, start);
  try {
    await readIfUnseen(work);
    const changed = merge(work);
    if (isWriteNeeded(work, changed)) await writeAndVerify(work, changed);
    const paths = differences(work, work.observed);
    if (paths.length > 0) throw partialFailure(work, paths);
    return storedAfter(work, start.declared);
  } catch (error) {
    throw await failureOf(work, error);
  } finally {
    if (work.progress === "written") await warnFromVendor(work);
  }
}

/**
 * Reads an object if the answer to its creation did not show its values. Without a reading nothing more is written, because
 * a write could remove what the vendor has added.
 */
async function readIfUnseen(work: Reconciliation): Promise<void> {
  if (!work.baseReading.unseen) return;
  const observed = await reread(work, isShown);
  if (observed === undefined) throw new LifecycleError(messages.notShownYet(work.run.label));
  work.baseReading = observed;
  work.observed = observed;
}

function isWriteNeeded({ run, origin, prior, observed }: Reconciliation, changed: ReadonlySet<string>): boolean {
  if (changed.size > 0 || origin === "initial") return true;
  return missingOutputsIn(run.definition, { ...prior, ...observed.outputs }).length > 0;
}

/** If the object is not as declared after the first write, it is written in the other form that the vendor's documentation allows. */
async function writeAndVerify(work: Reconciliation, changed: ReadonlySet<string>): Promise<void> {
  const { definition, api } = work.run;
  await definition.verifyCredential?.(api, inputsOf(work.declared), changed);
  await writeAndReread(work, changed, 1);
  if (differences(work, work.observed).length > 0) await writeAndReread(work, changed, 2);
}

/** Warns after the write, because a failed look-up must not prevent it. */
async function warnFromVendor({ run, declared, base }: Reconciliation): Promise<void> {
  const { definition, api, warn } = run;
  const warning = await definition.vendorWarning?.(api, inputsOf(declared), inputsOf(base)).catch(() => undefined);
  if (warning !== undefined) warn(warning);
}
