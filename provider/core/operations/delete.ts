import { isGone } from "../reconcile/findUntil";
import { keyOf } from "../resource/definition";
import { remainsError } from "../resource/lifecycleErrors";
import type { Run } from "../resource/run";
import type { Values } from "../schema/values";

/** What is removed. */
export interface Removed {
  /** The inputs and outputs that the state holds of it. */
  readonly prior: Values;
  /** What the program declares in its place; `undefined` where nothing. */
  readonly successor: Values | undefined;
}

/**
 * Removes an object, and reads back that it is gone: the answer of a delete does not prove that.
 * @param run The resource and the API.
 * @param id The object's id.
 * @param removed What is known of it.
 * @throws LifecycleError when Rhombus still shows it.
 */
export async function removeObject(run: Run, id: string, removed: Removed): Promise<void> {
  const { api, definition, warn } = run;
  const { prior } = removed;
  try {
    await definition.remove(api, { id, prior, warn });
  } catch (error) {
    // A key that may not delete may not see it either: only what leaves a doubt about the object is worth a look.
    const inDoubt = api.outcomeOf(error) === "unknown" || api.isUnknownObject(error);
    if (!inDoubt || !(await isGone(run, id, removed).catch(() => false))) throw error;
    return;
  }
  if (!(await isGone(run, id, removed))) throw remainsError(keyOf(definition, prior).label);
}
