import { inputsOf, type Observed } from "../resource/definition";
import type { Run } from "../resource/run";
import type { Values } from "../schema/values";
import { missingOutputsIn } from "../state/metadata";
import { differences, merge } from "./merge";
import { type Reconciliation, type Start, startReconciliation } from "./reconciliation";
import { failureOf, outputsAfter, partialFailure } from "./report";
import { readIfUnseen } from "./rereadObject";
import { writeAndReread } from "./writeAndReread";

/** The end of a reconciliation: the object was read, and has every declared value. */
export interface Reconciled {
  /** The object as last read. */
  readonly observed: Observed;
  /** The outputs for the state. */
  readonly outputs: Values;
}

/**
 * Brings an object to what the program declares: observe, merge, write, verify, report. Changes made elsewhere are not
 * overwritten before a plan has shown them. The caller holds the lock.
 * @param run The resource and the API.
 * @param start The state, the program and the object.
 * @throws LifecycleError if the program and somebody else changed the same thing.
 * @throws PartialError if something was written, and the object is not as declared.
 */
export async function reconcile(run: Run, start: Start): Promise<Reconciled> {
  const work = startReconciliation(run, start);
  try {
    await readIfUnseen(work);
    const changed = merge(work);
    if (isWriteNeeded(work, changed)) await writeAndVerify(work, changed);
    const paths = differences(work, work.observed);
    if (paths.length > 0) throw partialFailure(work, paths);
    return { observed: work.observed, outputs: outputsAfter(work) };
  } catch (error) {
    throw await failureOf(work, error);
  } finally {
    if (work.progress === "written") await warnFromVendor(work);
  }
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
  const warning = await run.definition
    .vendorWarning?.(run.api, inputsOf(declared), inputsOf(base))
    .catch(() => undefined);
  if (warning !== undefined) run.warn(warning);
}
