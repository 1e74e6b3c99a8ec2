import { findUntil } from "../reconcile/findUntil";
import { declaredNames } from "../reconcile/rereadObject";
import { type Collection, inputsOf, keyOf, type Observed, type Retries } from "../resource/definition";
import {
  existsAfterRefusalError,
  existsError,
  lateCreationError,
  notCreatedError,
  severalExistError,
  unknownOutcomeError,
} from "../resource/errors";
import { LifecycleError } from "../resource/lifecycleError";
import { lasting, type Polling, shorter } from "../resource/polling";
import type { Run } from "../resource/run";
import type { Creation } from "./creation";

/** An object that was created. */
export interface CreatedObject {
  /** The object. */
  readonly observed: Observed;
  /** Present when more than one call was sent: the objects before the first one, and why that failed. */
  readonly resent?: { readonly before: readonly Observed[]; readonly lost: unknown };
}

/**
 * Creates an object. If the answer is lost, the object is searched for. The call is sent again only if the object is not found
 * and the lost call cannot be carried out late.
 * @param run The API.
 * @param definition The resource.
 * @param creation The creation.
 * @throws LifecycleError when the object already exists, or when it is not clear whether it exists.
 */
export async function sendCreation(run: Run, definition: Collection, creation: Creation): Promise<CreatedObject> {
  const { api, warn } = run;
  const before = await objectsBefore(run, creation);
  const retries = api.retries();
  let resent: CreatedObject["resent"];
  const confirmNothingCreated = async (refusal: unknown) => {
    await refuseCreated(run, creation, { before, cause: refusal }, run.polling);
    resent ??= { before, lost: refusal };
  };
  for (;;) {
    try {
      const observed = await definition.create(api, inputsOf(creation.inputs), { before, warn, confirmNothingCreated });
      return { observed: observed ?? (await findUnproved(run, creation, before)), ...(resent && { resent }) };
    } catch (cause) {
      const found = await findAfterFailure(run, creation, { before, cause, retries, isResent: resent !== undefined });
      if (found !== undefined) return { observed: found, ...(resent && { resent }) };
      resent ??= { before, lost: cause };
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
  const options = { fresh: true, fields: new Set<string>(), prior: declared, until: () => true };
  const before = await findUntil(run, "all", options);
  const isTaken = before.some(({ values }) => keyOf(definition, values).value === key.value);
  if (isTaken) throw existsError(label, declared);
  return before;
}

/** A call that failed to create an object, or whose answer was lost. */
interface Failure {
  /** The objects before the first call. */
  readonly before: readonly Observed[];
  /** The error of the call. */
  readonly cause: unknown;
}

/** Looks for the object after a call failed. `undefined`: it is not there, and the call may be sent again. */
async function findAfterFailure(
  run: Run,
  creation: Creation,
  failure: Failure & { readonly retries: Retries; readonly isResent: boolean },
): Promise<Observed | undefined> {
  const { api, label, polling } = run;
  const { before, cause, retries, isResent } = failure;
  const outcome = api.outcomeOf(cause);
  if (outcome === "refused") await refuseCreated(run, creation, failure, shorter(polling));
  if (outcome !== "unknown") throw cause;
  const isLate = api.mayComeLate(cause);
  const pauseMs = isLate ? undefined : retries.pauseAfter(cause);
  const findRun = pauseMs === undefined ? run : { ...run, polling: lasting(polling, pauseMs) };
  const found = await findCreated(findRun, creation, failure).catch((error: unknown) => {
    if (error === cause || error instanceof LifecycleError) throw error;
    throw unknownOutcomeError(label, cause, error, before.length);
  });
  if (found !== undefined) return found;
  if (isLate) throw lateCreationError(label, cause, { isRepeated: isResent, others: before.length });
  if (pauseMs === undefined) throw cause;
  return undefined;
}

/** Finds the object of a creation whose answer does not prove it. */
async function findUnproved(run: Run, creation: Creation, before: readonly Observed[]): Promise<Observed> {
  const cause = notCreatedError(run.label);
  const found = await findCreated(run, creation, { before, cause });
  if (found === undefined) throw cause;
  return found;
}

/** Refuses to go on when an object exists although its creation was refused. When the search fails, the refusal stands. */
async function refuseCreated(run: Run, creation: Creation, failure: Failure, polling: Polling): Promise<void> {
  const found = await findCreated({ ...run, polling }, creation, failure).catch((error: unknown) => {
    throw error instanceof LifecycleError ? error : failure.cause;
  });
  if (found !== undefined) throw existsAfterRefusalError(run.label, failure.cause);
}

/** Finds the object that a failed call created. An existing object that the call changed instead is restored. */
async function findCreated(run: Run, creation: Creation, { before, cause }: Failure): Promise<Observed | undefined> {
  const { definition, api, label } = run;
  const { ownership, key, declared } = creation;
  // After the delete of a replacement, a read that lags still shows the old object.
  const isThere = ({ id }: Observed) => !ownership.wasDeleted(definition.type, id);
  const options = { fresh: true, fields: declaredNames(declared), prior: declared };
  const until = (list: readonly Observed[]) => list.filter(isThere).length === 1;
  const found = (await findUntil(run, { key: key.value }, { ...options, until })).filter(isThere);
  const added = found.filter((each) => !before.some(({ id }) => id === each.id));
  if (added.length > 1) throw severalExistError(label, added);
  const [created] = added;
  const changed = before.find(({ id }) => found.some((each) => each.id === id));
  if (created === undefined && changed !== undefined) {
    await definition.restore?.(api, changed);
    throw cause;
  }
  return created;
}
