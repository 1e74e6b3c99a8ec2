import type { OperationContext } from "../ownership/operationContext";
import { refuseOther } from "../ownership/organizationGuard";
import type { NaturalKey, Observed, Query } from "../resource/definition";
import { findUntil } from "../resource/findUntil";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import type { Values } from "../schema/values";
import { declaredNames } from "../state/projection";
import type { Creation } from "./createOnce";
import { refuseReplacingDifference } from "./replace";

/** The pause before a second read confirms that a singleton does not exist, in milliseconds. */
const CONFIRMATION_MS = 1000;

/**
 * Finds the existing object that a creation adopts.
 * @param creation The creation.
 * @returns `undefined` when there is none: it is to be created.
 * @throws LifecycleError if it exists and the inputs do not ask to adopt it, or if it cannot be adopted.
 */
export async function existingObject(creation: Creation): Promise<Observed | undefined> {
  const query = adoptionQuery(creation);
  if (query !== undefined) return objectToAdopt(creation, query);
  await refuseExisting(creation);
  return undefined;
}

type AdoptionQuery = Exclude<Query, "all">;

/** `undefined` when the inputs do not ask to adopt an object. */
function adoptionQuery({ operation: { definition }, inputs: { adopt }, key }: Creation): AdoptionQuery | undefined {
  if (adopt === true) return { key: key.value };
  if (definition.shape === "singleton" || typeof adopt !== "string") return undefined;
  const id = definition.adoptedId?.(adopt);
  return id === undefined ? undefined : { id };
}

async function objectToAdopt({ operation, declared, key, reservation }: Creation, query: AdoptionQuery) {
  const { label, api, bound } = operation;
  const found = await findUntil(operation, query, {
    // The object is merged, so a listing that is a minute old is too old.
    fresh: true,
    fields: declaredNames(declared),
    prior: declared,
    until: (list) => list.length === 1 && !list.some((each) => wasDeleted(operation, each)),
  });
  const [first] = found;
  if (first === undefined && "id" in query) throw new LifecycleError(messages.notAdoptable(label));
  if (first === undefined) return undefined;
  found.forEach(reservation.refuseOwned);
  refuseOther(api, bound, first.orgUuid);
  if (found.length > 1) throw new LifecycleError(messages.severalExist(label, found));
  refuseReplacingDifference(operation, declared, first);
  // An object that is adopted by its id may get another name, which must not belong to a third object.
  const isTaken = "id" in query && (await isTakenKey(operation, first.id, { prior: declared, key }));
  if (isTaken) throw new LifecycleError(messages.exists(label, declared));
  return first;
}

async function refuseExisting({ operation, declared, key, reservation }: Creation): Promise<void> {
  const { definition, label, polling } = operation;
  const find = (fresh: boolean, until: (found: readonly Observed[]) => boolean) =>
    findUntil(operation, { key: key.value }, { fresh, prior: declared, until });
  const found = await find(false, ({ length }) => length === 0);
  found.forEach(reservation.refuseOwned);
  if (found.length > 0) throw new LifecycleError(messages.exists(label, declared));
  if (definition.shape === "collection") return;
  // The first write of a singleton would overwrite one that was created a moment ago.
  await polling.sleep(CONFIRMATION_MS);
  const late = await find(true, (list) => !list.some((each) => wasDeleted(operation, each)));
  if (late.length > 0) throw new LifecycleError(messages.exists(label, declared));
}

function wasDeleted({ definition, ownership }: OperationContext, { id }: Observed): boolean {
  return ownership.wasDeleted(definition.type, id);
}

/** A natural key that an object is to get. */
interface KeyChange {
  /** The inputs and outputs in the state. */
  readonly prior: Values;
  readonly key: NaturalKey;
}

/**
 * Refuses a natural key that another object has.
 * @param operation The resource and the API.
 * @param id The object's id.
 * @param change The natural key.
 * @param messageFor The message for the label of the other object. Default: that of a rename.
 * @throws LifecycleError if another object has it.
 */
export async function refuseTakenKey(
  operation: OperationContext,
  id: string,
  change: KeyChange,
  messageFor = messages.takenKey,
): Promise<void> {
  if (await isTakenKey(operation, id, change)) throw new LifecycleError(messageFor(change.key.label));
}

async function isTakenKey(operation: OperationContext, id: string, { prior, key }: KeyChange): Promise<boolean> {
  const isTaken = (found: readonly Observed[]) => found.some((each) => each.id !== id);
  return isTaken(
    await findUntil(operation, { key: key.value }, { fresh: false, prior, until: (found) => !isTaken(found) }),
  );
}
