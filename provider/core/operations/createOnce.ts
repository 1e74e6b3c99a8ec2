import type { OperationContext } from "../ownership/operationContext";
import type { Reservation } from "../ownership/ownership";
import { type Collection, inputsOf, keyOf, type NaturalKey, type Observed } from "../resource/definition";
import { findUntil } from "../resource/findUntil";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { lasting, type Polling, shorter } from "../resource/polling";
import { summaryOf, type Values } from "../schema/values";
import { declaredNames } from "../state/projection";

/** The creation of an object. */
export interface Creation {
  /** The resource and the API. */
  readonly operation: OperationContext;
  /** The natural key. */
  readonly key: NaturalKey;
  /** The checked inputs, instructions included. */
  readonly inputs: Values;
  /** The inputs without instructions. */
  readonly declared: Values;
  /** The reservation of the natural key. */
  readonly reservation: Reservation;
}

/** A failed call of a creation. */
export interface FailedCall {
  /** The objects before the first call. */
  readonly before: readonly Observed[];
  /** The error of the call. */
  readonly cause: unknown;
}

/** An object that was created. */
export interface CreatedObject {
  /** The object. */
  readonly observed: Observed;
  /** The first call, if more than one was sent. */
  readonly resent?: FailedCall | undefined;
}

/**
 * Creates an object once, even if answers are lost: after a failed call, the object is searched for. The call is sent again
 * only if the object is not found and the lost call cannot be carried out late.
 * @param definition The resource.
 * @param creation The creation.
 * @throws LifecycleError if the object already exists, or if it is not clear whether it exists.
 */
export async function createOnce(definition: Collection, creation: Creation): Promise<CreatedObject> {
  const { api, warn, polling, label } = creation.operation;
  const before = await objectsBefore(creation);
  const retries = api.retries();
  let resent: FailedCall | undefined;
  const confirmNothingCreated = async (cause: unknown) => {
    await refuseCreated(creation, { before, cause }, polling);
    resent ??= { before, cause };
  };
  for (;;) {
    try {
      const inputs = inputsOf(creation.inputs);
      const observed = await definition.create(api, inputs, { before, warn, confirmNothingCreated });
      if (observed !== undefined) return { observed, resent };
      // The answer does not prove that the object was created.
      const unproved = { before, cause: new LifecycleError(messages.notCreated(label)) };
      const found = await findCreated(creation, unproved);
      if (found === undefined) throw unproved.cause;
      return { observed: found, resent };
    } catch (cause) {
      const isLate = api.mayBeCarriedOutLate(cause);
      const isLost = api.outcomeOf(cause) === "unknown";
      const pauseMs = isLate || !isLost ? undefined : retries.pauseAfter(cause);
      const observed = await findAfterFailure(creation, { before, cause }, pauseMs);
      if (observed !== undefined) return { observed, resent };
      if (isLate)
        throw new LifecycleError(
          messages.lateCreation(label, cause, { isRepeated: resent !== undefined, others: before.length }),
        );
      if (pauseMs === undefined) throw cause;
      resent ??= { before, cause };
    }
  }
}

/**
 * All objects of the type, if a creation may change one of them. Otherwise none: the natural key was just found to be free,
 * so an object that appears under it is new.
 */
async function objectsBefore({ operation, key, declared }: Creation): Promise<readonly Observed[]> {
  const { definition, label } = operation;
  if (definition.restore === undefined) return [];
  const before = await findUntil(operation, "all", { prior: declared, until: () => true });
  const isTaken = before.some(({ values }) => keyOf(definition, values).value === key.value);
  if (isTaken) throw new LifecycleError(messages.exists(label, declared));
  return before;
}

/**
 * Looks for the object after a call failed, for the time of the pause before the next call. Throws the error of the call
 * unless its answer was lost.
 */
async function findAfterFailure(
  creation: Creation,
  failure: FailedCall,
  pauseMs: number | undefined,
): Promise<Observed | undefined> {
  const { api, polling } = creation.operation;
  const { cause } = failure;
  const outcome = api.outcomeOf(cause);
  if (outcome === "refused") await refuseCreated(creation, failure, shorter(polling));
  if (outcome !== "unknown") throw cause;
  return search(creation, failure, lasting(polling, pauseMs ?? 0));
}

/** Refuses to go on when an object exists although its creation was refused. */
async function refuseCreated(creation: Creation, failure: FailedCall, polling: Polling): Promise<void> {
  const found = await search(creation, failure, polling);
  if (found !== undefined)
    throw new LifecycleError(messages.existsAfterRefusal(creation.operation.label, failure.cause));
}

/** Finds the object that a failed call created. If the search fails too, the object may exist, and the error says so. */
function search(creation: Creation, failure: FailedCall, polling: Polling): Promise<Observed | undefined> {
  const { before, cause } = failure;
  return findCreated(creation, failure, polling).catch((error: unknown) => {
    if (error === cause || error instanceof LifecycleError) throw error;
    throw new LifecycleError(messages.unknownOutcome(creation.operation.label, cause, error, before.length));
  });
}

/** Finds the object that a failed call created. An existing object that the call changed instead is restored. */
async function findCreated(
  { operation, key, declared }: Creation,
  { before, cause }: FailedCall,
  polling = operation.polling,
) {
  const { definition, api, label, ownership } = operation;
  // After the delete of a replacement, a read that lags still shows the old object.
  const isThere = ({ id }: Observed) => !ownership.wasDeleted(definition.type, id);
  const until = (list: readonly Observed[]) => list.filter(isThere).length === 1;
  const options = { fields: declaredNames(declared), prior: declared, until };
  const found = (await findUntil({ ...operation, polling }, { key: key.value }, options)).filter(isThere);
  const added = found.filter((each) => !before.some(({ id }) => id === each.id));
  if (added.length > 1) throw new LifecycleError(messages.severalExist(label, added));
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
 * may have been created outside Pulumi.
 * @param creation The creation.
 * @param resent The first call.
 * @param id The id of the object.
 * @returns A sentence that names the duplicate, or says that the search failed; `undefined` if there is no duplicate.
 */
export async function reasonOfDuplicate(
  { operation, key, declared }: Creation,
  { before, cause }: FailedCall,
  id: string,
): Promise<string | undefined> {
  const { definition, label, ownership } = operation;
  const others = new Set([id, ...before.map((each) => each.id)]);
  const isDuplicate = (each: Observed) => !others.has(each.id) && !ownership.wasDeleted(definition.type, each.id);
  const until = (found: readonly Observed[]) => found.some((each) => each.id === id || isDuplicate(each));
  const createdAgain = `${label} was created again after a failed call (${summaryOf(cause)})`;
  const mayExistTwice = (why: string) =>
    `Look for a duplicate in the Rhombus console, and remove it: ${createdAgain} and may exist twice. ${why}.`;
  try {
    const found = await findUntil(operation, { key: key.value }, { prior: declared, until });
    const duplicates = found.filter(isDuplicate).map((each) => each.id);
    // A reading without the object itself lags, so it does not prove that there is no duplicate.
    if (duplicates.length === 0) return until(found) ? undefined : mayExistTwice("Rhombus does not show it yet");
    return (
      `Unless they were created outside Pulumi, remove ${duplicates.join(", ")} in the Rhombus console: ${createdAgain}, and now ` +
      `exists more than once. This resource is the one with the id ${id}.`
    );
  } catch (failure) {
    return mayExistTwice(`The search for a duplicate failed (${summaryOf(failure)})`);
  }
}
