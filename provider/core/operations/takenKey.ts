import { findUntil } from "../reconcile/findUntil";
import type { NaturalKey, Observed } from "../resource/definition";
import { takenKeyError } from "../resource/errors";
import type { Run } from "../resource/run";
import type { Values } from "../schema/values";

/** An object that is to get a natural key. */
export interface KeyChange {
  /** Its id. */
  readonly id: string;
  /** The inputs and outputs that the state holds. */
  readonly prior: Values;
  /** The natural key. */
  readonly key: NaturalKey;
}

/**
 * Refuses a natural key that another object has.
 * @param run The resource and the API.
 * @param change The object and the key.
 * @throws LifecycleError when another object has it.
 */
export async function refuseTakenKey(run: Run, change: KeyChange): Promise<void> {
  if (await isTakenKey(run, change)) throw takenKeyError(change.key.label);
}

/**
 * Tests whether another object has a natural key.
 * @param run The resource and the API.
 * @param change The object and the key.
 */
export async function isTakenKey(run: Run, { id, prior, key }: KeyChange): Promise<boolean> {
  const isTaken = (found: readonly Observed[]) => found.some((each) => each.id !== id);
  const options = {
    fresh: false,
    fields: new Set<string>(),
    prior,
    until: (found: readonly Observed[]) => !isTaken(found),
  };
  return isTaken(await findUntil(run, { key: key.value }, options));
}
