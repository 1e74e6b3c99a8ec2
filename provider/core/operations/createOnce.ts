import type { Reservation } from "../ownership/ownership";
import type { Run } from "../ownership/run";
import { type Collection, inputsOf, keyOf, type NaturalKey, type Observed } from "../resource/definition";
import { errors } from "../resource/errors";
import { findUntil } from "../resource/findUntil";
import { LifecycleError } from "../resource/lifecycleError";
import { lasting, shorter } from "../resource/polling";
import { messageOf, type Values } from "../schema/values";
import { declaredNames } from "../state/projection";

/** An object that is to be created. */
export interface Creation {
  /** Its natural key. */
  readonly key: NaturalKey;
  /** The checked inputs, instructions included. */
  readonly inputs: Values;
  /** The inputs without instructions. */
  readonly declared: Values;
  /** The reservation of the natural key. */
  readonly reservation: Reservation;
}

/** A failed call of a creation that was sent again. */
export interface Resent {
  /** The objects before the first call. */
  readonly before: readonly Observed[];
  /** The error of the first call. */
  readonly cause: unknown;
}

/**
 * Creates an object once, even if answers are lost: after a failed call, the object is searched for. The call is sent again
 * only if the object is not found and the lost call cannot be carried out late.
 * @param run The API.
 * @param definition The resource.
 * @param creation The creation.
 * @throws LifecycleError when the object already exists, or when it is not clear whether it exists.
 */
export async function createOnce(
  run: Run,
  definition: Collection,
  creation: Creation,
): Promise<{ readonly observed: Observed; readonly resent?: Resent }> {
  const { api, warn } = run;
  const before = await objectsBefore(run, creation);
  const retries = api.retries();
  let resent: Resent | undefined;
  const confirmNothingCreated = async (cause: unknown) => {
    await refuseCreated(run, creation, { before, cause });
    resent ??= { before, cause };
  };
  for (;;) {
    try {
      const observed = await definition.create(api, inputsOf(creation.inputs), { before, warn, confirmNothingCreated });
      return { observed: observed ?? (await findUnproved(run, creation, before)), ...(resent && { resent }) };
    } catch (cause) {
      const pauseAfter = () => retries.pauseAfter(cause);
      const isRepeated = resent !== undefined;
      const observed = await findAfterFailure(run, creation, { before, cause }, { pauseAfter, isRepeated });
      if (observed !== undefined) return { observed, ...(resent && { resent }) };
      resent ??= { before, cause };
    }
  }
}

/**
 * All objects of the type, if a creation may change one of them. Otherwise none: the natural key was just found to be free,
 * so an object that appears under it is new.
 */
async function objectsBefore(run: Run, { key, declared }: Creation): Promise<readonly Observed[]> {
  const { definition, label } = run;
  if (definition.restore === undefined) return [];
  const before = await findUntil(run, "all", { prior: declared, until: () => true });
  const isTaken = before.some(({ values }) => keyOf(definition, values).value === key.value);
  if (isTaken) throw errors.exists(label, declared);
  return before;
}

/** Looks for the object after a call failed. `undefined`: it is not there, and the call may be sent again. */
async function findAfterFailure(
  run: Run,
  creation: Creation,
  failure: Resent,
  { pauseAfter, isRepeated }: { pauseAfter(): number | undefined; readonly isRepeated: boolean },
): Promise<Observed | undefined> {
  const { api, label, polling } = run;
  const { before, cause } = failure;
  const outcome = api.outcomeOf(cause);
  if (outcome === "refused") await refuseCreated({ ...run, polling: shorter(polling) }, creation, failure);
  if (outcome !== "unknown") throw cause;
  const isLate = api.mayComeLate(cause);
  const pauseMs = isLate ? undefined : pauseAfter();
  const findRun = pauseMs === undefined ? run : { ...run, polling: lasting(polling, pauseMs) };
  const found = await findCreated(findRun, creation, failure).catch((error: unknown) => {
    if (error === cause || error instanceof LifecycleError) throw error;
    throw errors.unknownOutcome(label, cause, error, before.length);
  });
  if (found !== undefined) return found;
  if (isLate) throw errors.lateCreation(label, cause, { isRepeated, others: before.length });
  if (pauseMs === undefined) throw cause;
  return undefined;
}

/** Finds the object of a creation whose answer does not prove it. */
async function findUnproved(run: Run, creation: Creation, before: readonly Observed[]): Promise<Observed> {
  const cause = errors.notCreated(run.label);
  const found = await findCreated(run, creation, { before, cause });
  if (found === undefined) throw cause;
  return found;
}

/** Refuses to go on when an object exists although its creation was refused. When the search fails, the refusal stands. */
async function refuseCreated(run: Run, creation: Creation, failure: Resent): Promise<void> {
  const found = await findCreated(run, creation, failure).catch((error: unknown) => {
    throw error instanceof LifecycleError ? error : failure.cause;
  });
  if (found !== undefined) throw errors.existsAfterRefusal(run.label, failure.cause);
}

/** Finds the object that a failed call created. An existing object that the call changed instead is restored. */
async function findCreated(run: Run, { key, declared }: Creation, { before, cause }: Resent) {
  const { definition, api, label, ownership } = run;
  // After the delete of a replacement, a read that lags still shows the old object.
  const isThere = ({ id }: Observed) => !ownership.wasDeleted(definition.type, id);
  const until = (list: readonly Observed[]) => list.filter(isThere).length === 1;
  const options = { fields: declaredNames(declared), prior: declared, until };
  const found = (await findUntil(run, { key: key.value }, options)).filter(isThere);
  const added = found.filter((each) => !before.some(({ id }) => id === each.id));
  if (added.length > 1) throw errors.severalExist(label, added);
  const [created] = added;
  const changed = before.find(({ id }) => found.some((each) => each.id === id));
  if (created === undefined && changed !== undefined) {
    await definition.restore?.(api, changed);
    throw cause;
  }
  return created;
}

/**
 * Looks for a duplicate: an object that the first call of a creation has created after all. It is never deleted, because it
 * may be somebody else's.
 * @param run The resource and the API.
 * @param creation The creation.
 * @param resent The first call.
 * @param id The id of the object.
 * @returns A sentence that names the duplicate, or says that the search failed; `undefined` if there is no duplicate.
 */
export async function reasonOfDuplicate(
  run: Run,
  { key, declared }: Creation,
  { before, cause }: Resent,
  id: string,
): Promise<string | undefined> {
  const { definition, label, ownership } = run;
  const others = new Set([id, ...before.map((each) => each.id)]);
  const isDuplicate = (each: Observed) => !others.has(each.id) && !ownership.wasDeleted(definition.type, each.id);
  const until = (found: readonly Observed[]) => found.some((each) => each.id === id || isDuplicate(each));
  const createdAgain = `${label} was created again after a failed call (${messageOf(cause)})`;
  const mayExistTwice = (why: string) =>
    `${createdAgain} and may exist twice: ${why}. Check the Rhombus console, and remove the duplicate.`;
  try {
    const found = await findUntil(run, { key: key.value }, { prior: declared, until });
    const duplicates = found.filter(isDuplicate).map((each) => each.id);
    // A reading without the object itself lags, and proves nothing.
    if (duplicates.length === 0) return until(found) ? undefined : mayExistTwice("Rhombus does not show it yet");
    return (
      `${createdAgain}, and now exists more than once. This resource is the one with the id ${id}; unless someone else ` +
      `created them, remove the others in the Rhombus console: ${duplicates.join(", ")}.`
    );
  } catch (failure) {
    return mayExistTwice(`the search for a duplicate failed (${messageOf(failure)})`);
  }
}
