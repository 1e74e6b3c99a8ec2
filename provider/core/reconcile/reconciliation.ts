import { monotonicMs } from "../../clock";
import type { OperationContext } from "../ownership/operationContext";
import type { Observed, Origin } from "../resource/definition";
import { findUntil } from "../resource/findUntil";
import { fieldsOf } from "../schema/field";
import type { Values } from "../schema/values";
import { declaredNames } from "../state/projection";

/** The three sides of a reconciliation, before it starts. */
export interface Start {
  /** The inputs in the state; empty if the object is new to the state. */
  readonly priorInputs: Values;
  /** The inputs that the program declares. */
  readonly declared: Values;
  /** The object as it was read, or as the answer to its creation shows it. */
  readonly observed: Observed;
  /** The inputs and outputs in the state. */
  readonly prior: Values;
  /** The origin of the object. */
  readonly origin: Origin;
}

/** The value that every step of `reconcile` takes. A step that fails leaves in it what was found and written before. */
export interface Reconciliation extends Start {
  /** The resource and the API. */
  readonly operation: OperationContext;
  /** The reading from which `desired` was merged. */
  mergedReading: Observed;
  /** The latest reading. */
  observed: Observed;
  /** The time of the latest reading, in milliseconds of `monotonicMs()`. */
  readAt: number;
  /** Every field as it should become. Until the merge: the declared fields. */
  desired: Values;
  /** The outputs in the answers to writes. */
  answeredOutputs: Values;
  /** `"sent"`: a call of `WriteContext.resend` was made, and no write is confirmed. `"written"`: a write was carried out. */
  progress: "nothing" | "sent" | "written";
}

/**
 * Starts a reconciliation.
 * @param operation The resource and the API.
 * @param start The three sides.
 */
export function startReconciliation(operation: OperationContext, start: Start): Reconciliation {
  const { observed, origin } = start;
  const declared = origin === "existing" ? start.declared : withDefaults(operation, start.declared);
  return {
    ...start,
    declared,
    operation,
    mergedReading: observed,
    observed: observed.isUnverified ? { ...observed, values: {} } : observed,
    readAt: monotonicMs(),
    desired: declared,
    answeredOutputs: observed.isUnverified ? observed.outputs : {},
    progress: origin === "created" ? "written" : "nothing",
  };
}

function withDefaults({ definition: { fields } }: OperationContext, declared: Values): Values {
  return Object.fromEntries(
    fieldsOf(fields).map(([name, { modifiers }]) => [name, declared[name] ?? modifiers.default]),
  );
}

/**
 * Reads the object afresh until the reading is as expected, or the polling time is over.
 * @param reconciliation The reconciliation.
 * @param isExpected True for the expected reading; `undefined` stands for an object that is not there.
 * @param polling The polling time. Default: that of the operation.
 * @returns The last reading.
 */
export async function reread(
  reconciliation: Reconciliation,
  isExpected: (observed: Observed | undefined) => boolean,
  polling = reconciliation.operation.polling,
): Promise<Observed | undefined> {
  const { operation, priorInputs, declared, prior, mergedReading } = reconciliation;
  const until = ([observed]: readonly Observed[]) => {
    reconciliation.readAt = monotonicMs();
    return isExpected(observed);
  };
  const fields = declaredNames(priorInputs, declared);
  const [observed] = await findUntil({ ...operation, polling }, { id: mergedReading.id }, { fields, prior, until });
  return observed;
}

/**
 * True if a reading shows the object.
 * @param observed The reading.
 */
export function isShown(observed: Observed | undefined): observed is Observed {
  return observed !== undefined;
}
