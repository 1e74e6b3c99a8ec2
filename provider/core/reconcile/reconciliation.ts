import type { Observed } from "../resource/definition";
import type { Run } from "../resource/run";
import { type Fields, fieldsOf } from "../schema/field";
import type { Values } from "../schema/values";

/** The three sides of a reconciliation, before it starts. */
export interface Start {
  /** The inputs in the state; empty if the object is new to the state. */
  readonly base: Values;
  /** The inputs that the program declares. */
  readonly declared: Values;
  /** The object as it was read, or as the answer to its creation shows it. */
  readonly observed: Observed;
  /** The inputs and outputs in the state. */
  readonly prior: Values;
  /** `"created"`: this operation created the object. `"initial"`: the first write creates it, as for a singleton. */
  readonly origin: "created" | "initial" | "existing";
}

/** The value that every step of `reconcile` takes. A step that fails leaves in it what was found and written before. */
export interface Reconciliation extends Omit<Start, "observed"> {
  /** The resource and the API. */
  readonly run: Run;
  /** The reading from which `desired` was merged. */
  baseReading: Observed;
  /** The latest reading. */
  observed: Observed;
  /** The time of the latest reading, in milliseconds of `performance.now()`. */
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
 * @param run The resource and the API.
 * @param start The three sides.
 */
export function startReconciliation(run: Run, { observed, ...start }: Start): Reconciliation {
  const declared = start.origin === "existing" ? start.declared : withDefaults(run.definition.fields, start.declared);
  return {
    ...start,
    declared,
    run,
    baseReading: observed,
    observed: observed.unseen ? { ...observed, values: {} } : observed,
    readAt: performance.now(),
    desired: declared,
    answeredOutputs: observed.unseen ? observed.outputs : {},
    progress: start.origin === "created" ? "written" : "nothing",
  };
}

function withDefaults(fields: Fields, declared: Values): Values {
  const defaults = fieldsOf(fields)
    .filter(([name, field]) => field.modifiers.default !== undefined && declared[name] === undefined)
    .map(([name, field]) => [name, field.modifiers.default]);
  return { ...declared, ...Object.fromEntries(defaults) };
}
