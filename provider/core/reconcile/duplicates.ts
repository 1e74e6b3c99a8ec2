import type { Ownership } from "../ownership/ownership";
import type { NaturalKey, Observed } from "../resource/definition";
import { PartialError } from "../resource/partialError";
import type { Run } from "../resource/run";
import { messageOf, type Values } from "../schema/values";
import { withSecretsMarked } from "../state/outputs";
import { findUntil } from "./findUntil";
import type { Reconciled } from "./reconcile";

/** A creation that was sent again, because the first call failed and nothing of it was found. */
export interface Resent {
  /** The natural key. */
  readonly key: NaturalKey;
  /** The declared fields. */
  readonly declared: Values;
  /** The objects that the resources of this process manage. */
  readonly ownership: Ownership;
  /** The objects before the first call. */
  readonly before: readonly Observed[];
  /** The error of the first call. */
  readonly lost: unknown;
}

/**
 * Looks for a duplicate: an object that the first call of a creation has created after all. It is reported, and never
 * deleted, because it may be somebody else's.
 * @param run The resource and the API.
 * @param resent The creation.
 * @param ended The object for the state, or the partial failure with it.
 * @returns The object, if there is no duplicate.
 * @throws PartialError that names the duplicate, or says that the search failed. The state gets the object nevertheless.
 */
export async function withoutDuplicate(
  run: Run,
  resent: Resent,
  ended: Reconciled | PartialError,
): Promise<Reconciled> {
  const isPartial = ended instanceof PartialError;
  const id = isPartial ? ended.partial.id : ended.observed.id;
  const reason = await duplicateOf(run, resent, id);
  if (!isPartial && reason === undefined) return ended;
  const { declared } = resent;
  const partial = isPartial
    ? ended.partial
    : {
        id,
        inputs: declared,
        state: withSecretsMarked(run.definition, { ...declared, ...ended.outputs }),
        reasons: [],
      };
  throw new PartialError({ ...partial, reasons: [...partial.reasons, ...(reason === undefined ? [] : [reason])] });
}

/** A sentence about the duplicate of an object. A reading without the object itself lags, and proves nothing. */
async function duplicateOf(
  run: Run,
  { key, declared, ownership, before, lost }: Resent,
  id: string,
): Promise<string | undefined> {
  const { definition, label } = run;
  const others = new Set([id, ...before.map((each) => each.id)]);
  const isDuplicate = (each: Observed) => !others.has(each.id) && !ownership.wasDeleted(definition.type, each.id);
  const until = (found: readonly Observed[]) => found.some((each) => each.id === id || isDuplicate(each));
  try {
    const found = await findUntil(run, { key: key.value }, { prior: declared, until });
    const duplicates = found.filter(isDuplicate);
    if (duplicates.length > 0) return existsTwice(label, lost, [id, ...duplicates.map((duplicate) => duplicate.id)]);
    return until(found) ? undefined : mayExistTwice(label, lost, "Rhombus does not show it yet");
  } catch (failure) {
    return mayExistTwice(label, lost, `the search for a duplicate failed (${messageOf(failure)})`);
  }
}

function existsTwice(label: string, lost: unknown, [id, ...others]: readonly string[]): string {
  return (
    `${label} was created again after a failed call (${messageOf(lost)}), and now exists more than once. This resource is the ` +
    `one with the id ${id}; unless someone else created them, remove the others in the Rhombus console: ${others.join(", ")}.`
  );
}

function mayExistTwice(label: string, lost: unknown, why: string): string {
  return (
    `${label} was created again after a failed call (${messageOf(lost)}) and may exist twice: ${why}. Check the Rhombus ` +
    "console, and remove the duplicate."
  );
}
