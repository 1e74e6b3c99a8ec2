import type { Observed } from "../resource/definition";
import { notShownYetError } from "../resource/errors";
import type { Values } from "../schema/values";
import { findUntil } from "./findUntil";
import type { Reconciliation } from "./reconciliation";

/**
 * Reads an object if the answer to its creation did not show its values. Without a reading nothing more is written, because
 * a write could remove what the vendor has added.
 * @param work The reconciliation.
 * @throws LifecycleError if no read shows the object.
 */
export async function readIfUnseen(work: Reconciliation): Promise<void> {
  if (!work.baseReading.unseen) return;
  const observed = await rereadObject(work, isShown);
  if (observed === undefined) throw notShownYetError(work.run.label);
  work.baseReading = observed;
  work.observed = observed;
}

/**
 * Reads an object afresh until the reading is as expected, or the polling time is over.
 * @param work The reconciliation.
 * @param isExpected Tests a reading; `undefined` stands for an object that is not there.
 * @param polling The polling time. Default: that of the operation.
 * @returns The last reading.
 */
export async function rereadObject(
  work: Reconciliation,
  isExpected: (observed: Observed | undefined) => boolean,
  polling = work.run.polling,
): Promise<Observed | undefined> {
  const until = ([observed]: readonly Observed[]) => {
    work.readAt = performance.now();
    return isExpected(observed);
  };
  const fields = declaredNames(work.base, work.declared);
  const options = { fresh: true, fields, prior: work.prior, polling, until };
  const [observed] = await findUntil(work.run, { id: work.baseReading.id }, options);
  return observed;
}

/**
 * Tests whether a reading shows the object.
 * @param observed The reading.
 */
export function isShown(observed: Observed | undefined): observed is Observed {
  return observed !== undefined;
}

/**
 * The names of all declared fields.
 * @param sides Inputs, such as those in the state and those of the program.
 */
export function declaredNames(...sides: Values[]): ReadonlySet<string> {
  return new Set(sides.flatMap((side) => Object.keys(side).filter((name) => side[name] !== undefined)));
}
