import type { Observed } from "../resource/definition";
import {
  changedMeanwhileError,
  createdMeanwhileError,
  type Delay,
  goneError,
  lateCreationError,
} from "../resource/errors";
import { fieldsOf } from "../schema/field";
import { isValueMap, type Path, type Value } from "../schema/values";
import { mergeInterimChange } from "./merge";
import type { Reconciliation } from "./reconciliation";

/** A call of a write that was delayed, or whose answer was lost. */
export interface DelayedCall extends Pick<Reconciliation, "run" | "observed" | "declared" | "desired"> {
  /** The state before the call: nothing existed, only what earlier calls of this operation have written, or the whole object. */
  readonly before: "nothing" | "ownWrites" | "object";
  /** The names of the fields that the call changes. */
  readonly changed: ReadonlySet<string>;
  /** The paths at which an object does not have what the call writes. */
  differences(observed: Observed): readonly Path[];
}

/**
 * Tests whether a call was carried out.
 * @param call The call.
 * @param observed A reading after the delay; `undefined`: the object is not there.
 * @param delay The reason for the reading.
 * @returns False if the call must be sent again.
 * @throws LifecycleError if the call must not be sent again: somebody else has changed the object, or it is gone.
 */
export function wasCarriedOut(call: DelayedCall, observed: Observed | undefined, delay: Delay): boolean {
  if (observed === undefined) return refuseAbsent(call, delay);
  return call.before === "nothing" ? isCreatedByCall(call, observed, delay) : isWrittenByCall(call, observed, delay);
}

function refuseAbsent({ run, before }: DelayedCall, delay: Delay): false {
  if (before === "object") throw goneError(run.label);
  if (before === "nothing" && delay.kind === "lost" && delay.mayComeLate)
    throw lateCreationError(run.label, delay.error);
  return false;
}

/** An object where there was none was created by the call if the call's answer was lost and the object has what the call writes. */
function isCreatedByCall(call: DelayedCall, observed: Observed, delay: Delay): true {
  if (delay.kind === "lost" && call.differences(observed).length === 0 && !hasOtherValues(call, observed)) return true;
  throw createdMeanwhileError(call.run.label, delay);
}

function hasOtherValues({ run, desired: all }: DelayedCall, observed: Observed): boolean {
  return fieldsOf(run.definition.fields).some(([name, field]) => {
    const [desired, live] = [all[name], field.canonical(observed.values[name])];
    if (desired === undefined) return hasEntries(live);
    return field.writeOnly === true && live !== undefined && !field.equal(desired, live);
  });
}

/** If the call writes a field that no read shows, the reading proves nothing, and the call is sent again. */
function isWrittenByCall(call: DelayedCall, observed: Observed, delay: Delay): boolean {
  const { run, declared, desired, observed: before, changed } = call;
  const { fields } = run.definition;
  const { conflicts } = mergeInterimChange({ fields, declared, desired, before, after: observed });
  if (conflicts.length > 0) throw changedMeanwhileError(run.label, conflicts, delay);
  const isWriteOnly = fieldsOf(fields).some(([name, field]) => field.writeOnly && changed.has(name));
  return !isWriteOnly && call.differences(observed).length === 0;
}

/** Tests whether a collection has entries. An object of flags has none: the vendor may fill these in. */
function hasEntries(live: Value | undefined): boolean {
  if (Array.isArray(live)) return live.length > 0;
  return isValueMap(live) && Object.values(live).some((entry) => typeof entry === "object" && entry !== null);
}
