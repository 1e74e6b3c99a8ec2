import type { Observed } from "../resource/definition";
import { type Delay, errors } from "../resource/errors";
import { fieldsOf } from "../schema/field";
import { isValueMap, type Path, type Value } from "../schema/values";
import { mergeInterimChange } from "./merge";
import type { Reconciliation } from "./reconciliation";

/** A call of a write that was delayed, or whose answer was lost. */
export interface DelayedCall {
  /** The state before the call: nothing existed, only what earlier calls of this operation have written, or the whole object. */
  readonly existed: "nothing" | "ownWrites" | "object";
  /** The names of the fields that the call changes. */
  readonly written: ReadonlySet<string>;
  /** The paths at which an object does not have what the call writes. */
  missing(observed: Observed): readonly Path[];
}

/**
 * Tests whether a call was carried out.
 * @param work The reconciliation, with the reading before the call.
 * @param call The call.
 * @param observed A reading after the delay; `undefined`: the object is not there.
 * @param delay The reason for the reading.
 * @returns False if the call must be sent again.
 * @throws LifecycleError if the call must not be sent again: somebody else has changed the object, or it is gone.
 */
export function wasCarriedOut(
  work: Reconciliation,
  call: DelayedCall,
  observed: Observed | undefined,
  delay: Delay,
): boolean {
  const { label } = work.run;
  const isLost = delay.kind === "lost";
  if (observed === undefined) {
    if (call.existed === "object") throw errors.gone(label);
    if (call.existed === "nothing" && isLost && delay.mayComeLate) throw errors.lateCreation(label, delay.error);
    return false;
  }
  if (call.existed === "nothing") {
    // The call created the object if its answer was lost and the object has what the call writes, and nothing else.
    if (isLost && call.missing(observed).length === 0 && !hasOtherValues(work, observed)) return true;
    throw errors.createdMeanwhile(label, delay);
  }
  const { conflicts } = mergeInterimChange(work, work.observed, observed);
  if (conflicts.length > 0) throw errors.changedMeanwhile(label, conflicts, delay);
  // If the call writes a field that no read shows, the reading proves nothing.
  const { fields } = work.run.definition;
  const isWriteOnly = fieldsOf(fields).some(([name, { writeOnly }]) => writeOnly && call.written.has(name));
  return !isWriteOnly && call.missing(observed).length === 0;
}

function hasOtherValues({ run, desired: all }: Reconciliation, observed: Observed): boolean {
  return fieldsOf(run.definition.fields).some(([name, field]) => {
    const [desired, live] = [all[name], field.canonical(observed.values[name])];
    if (desired === undefined) return hasEntries(live);
    return field.writeOnly === true && live !== undefined && !field.equal(desired, live);
  });
}

/** Tests whether a collection has entries. An object of flags has none: the vendor may fill these in. */
function hasEntries(live: Value | undefined): boolean {
  if (Array.isArray(live)) return live.length > 0;
  return isValueMap(live) && Object.values(live).some((entry) => typeof entry === "object" && entry !== null);
}
