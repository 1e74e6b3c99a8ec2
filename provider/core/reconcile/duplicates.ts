import type { Ownership } from "../ownership/ownership";
import type { NaturalKey, Observed } from "../resource/definition";
import { existsTwice, mayExistTwice } from "../resource/outcomeErrors";
import type { Run } from "../resource/run";
import { messageOf, PartialError, type Values } from "../schema/values";
import { sealed } from "../state/outputs";
import { findUntil } from "./findUntil";
import type { Reconciled } from "./reconcile";

/** An object that was made again, as its first creation failed and nothing was seen of it. */
export interface Resent {
  /** The natural key. */
  readonly key: NaturalKey;
  /** The declared fields. */
  readonly declared: Values;
  /** Which objects the resources of this process answer for. */
  readonly ownership: Ownership;
  /** What there was before the first creation. */
  readonly before: readonly Observed[];
  /** Why the first creation failed. */
  readonly lost: unknown;
}

/**
 * Looks whether the first creation was carried out after all. A reading that does not show yet what the second one made
 * would not show that either, and proves nothing. What the first one made is not removed: nothing proves whose it is.
 * @param run The resource and the API.
 * @param again What was made again.
 * @param ended The object that the state gets, or why not all of it is as declared.
 * @returns The object, where there is no second one.
 * @throws PartialError that names the second one, or says that nobody could look; the state keeps the object all the same.
 */
export async function withoutDuplicate(run: Run, again: Resent, ended: Reconciled | PartialError): Promise<Reconciled> {
  const isPartial = ended instanceof PartialError;
  const id = isPartial ? ended.partial.id : ended.observed.id;
  const reason = await duplicateOf(run, again, id);
  if (!isPartial && reason === undefined) return ended;
  const { declared } = again;
  const partial = isPartial
    ? ended.partial
    : { id, inputs: declared, state: sealed(run.definition, { ...declared, ...ended.outputs }), reasons: [] };
  throw new PartialError({ ...partial, reasons: [...partial.reasons, ...(reason === undefined ? [] : [reason])] });
}

async function duplicateOf(
  run: Run,
  { key, declared, ownership, before, lost }: Resent,
  id: string,
): Promise<string | undefined> {
  const { definition, label } = run;
  const others = new Set([id, ...before.map((each) => each.id)]);
  const isDuplicate = (each: Observed) => !others.has(each.id) && !ownership.wasDeleted(definition.type, each.id);
  const proves = (found: readonly Observed[]) => found.some((each) => each.id === id || isDuplicate(each));
  const options = { fresh: true, fields: new Set<string>(), prior: declared };
  try {
    const found = await findUntil(run, { key: key.value }, { ...options, until: proves });
    const duplicates = found.filter(isDuplicate);
    if (duplicates.length > 0) return existsTwice(label, lost, [id, ...duplicates.map((duplicate) => duplicate.id)]);
    return proves(found) ? undefined : mayExistTwice(label, lost, "Rhombus does not show it yet");
  } catch (failure) {
    return mayExistTwice(label, lost, `looking for another one failed (${messageOf(failure)})`);
  }
}
