import { refuseOther } from "../ownership/organizationGuard";
import { findUntil } from "../reconcile/findUntil";
import { declaredNames } from "../reconcile/rereadObject";
import type { Definition, Observed, Query } from "../resource/definition";
import { existsError, notAdoptableError, severalExistError } from "../resource/errors";
import type { Run } from "../resource/run";
import { type Creation, foundObject } from "./creation";
import { refuseReplacingDifference } from "./replace";
import { isTakenKey } from "./takenKey";

/** The pause before a second read confirms that a singleton does not exist, in milliseconds. */
const CONFIRMATION_MS = 1000;

/**
 * Where to look for the object to adopt.
 * @param definition The resource.
 * @param creation The creation.
 * @returns `undefined` when the inputs do not ask to adopt one.
 */
export function adoptionQuery(definition: Definition, { inputs, key }: Creation): Query | undefined {
  const { adopt } = inputs;
  if (adopt === true) return { key: key.value };
  if (definition.shape === "singleton" || typeof adopt !== "string") return undefined;
  const id = definition.adoptedId?.(adopt);
  return id === undefined ? undefined : { id };
}

/**
 * Finds the object to adopt.
 * @param run The resource and the API.
 * @param creation The creation.
 * @param query Where to look.
 * @returns `undefined` when there is none under the natural key: it is to be created.
 * @throws LifecycleError when it cannot be adopted.
 */
export async function objectToAdopt(run: Run, creation: Creation, query: Query): Promise<Observed | undefined> {
  const { definition, label } = run;
  const { declared, key, ownership } = creation;
  const isById = query !== "all" && "id" in query;
  const found = await findUntil(run, query, {
    // The object is merged with what is live: a listing of a minute ago is too old.
    fresh: true,
    fields: declaredNames(declared),
    prior: declared,
    until: (list) => list.length === 1 && list.every(({ id }) => !ownership.wasDeleted(definition.type, id)),
  });
  const [first] = found;
  if (first === undefined && isById) throw notAdoptableError(label);
  if (first === undefined) return undefined;
  for (const each of found) ownership.refuseOwned(definition.type, foundObject(run, creation, each));
  refuseOther(run.api, { prior: {}, label }, { actual: first.orgUuid, what: "the object belongs to" });
  if (found.length > 1) throw severalExistError(label, found);
  refuseReplacingDifference(run, declared, first);
  // An object that is adopted by its id may get another name, which must not belong to a third object.
  const isTaken = isById && (await isTakenKey(run, { id: first.id, prior: declared, key }));
  if (isTaken) throw existsError(label, declared);
  return first;
}

/**
 * Refuses to create an object that exists.
 * @param run The resource and the API.
 * @param creation The creation.
 * @throws LifecycleError when it exists.
 */
export async function refuseExisting(run: Run, creation: Creation): Promise<void> {
  const { definition, label, polling } = run;
  const { declared, key, ownership } = creation;
  const find = (fresh: boolean, until: (found: readonly Observed[]) => boolean) =>
    findUntil(run, { key: key.value }, { fresh, fields: new Set(), prior: declared, until });
  const found = await find(false, ({ length }) => length === 0);
  for (const each of found) ownership.refuseOwned(definition.type, foundObject(run, creation, each));
  if (found.length > 0) throw existsError(label, declared);
  if (definition.shape === "collection") return;
  // The first write of a singleton would overwrite one that was created a moment ago.
  await polling.sleep(CONFIRMATION_MS);
  const wasDeleted = ({ id }: Observed) => ownership.wasDeleted(definition.type, id);
  const late = await find(true, (list) => !list.some(wasDeleted));
  if (late.length > 0) throw existsError(label, declared);
}
