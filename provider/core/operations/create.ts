import { fingerprintOf } from "../ownership/fingerprint";
import { refuseOther } from "../ownership/organizationGuard";
import type { Found, Ownership } from "../ownership/ownership";
import { withoutDuplicate } from "../reconcile/duplicates";
import { findUntil } from "../reconcile/findUntil";
import { declaredNames } from "../reconcile/observe";
import { type Reconciled, reconcile } from "../reconcile/reconcile";
import { type Definition, inputsOf, keyOf, type NaturalKey, type Observed, type Query } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { answeredWithAnother, lostFromSight, thereAfterRefusal, underWay } from "../resource/outcomeErrors";
import { lasting, type Polling, shorter } from "../resource/polling";
import type { Run } from "../resource/run";
import { fieldsOf } from "../schema/field";
import { PartialError, type Value, type Values } from "../schema/values";
import { isTakenKey, refuseUnmakeable } from "./replace";

/** What is to be created. */
export interface Creation {
  /** The natural key, already claimed. */
  readonly key: NaturalKey;
  /** The checked inputs, instructions included. */
  readonly inputs: Values;
  /** The declared fields. */
  readonly declared: Values;
  /** Which objects the resources of this process answer for. */
  readonly ownership: Ownership;
  /** Gives the natural key free, when nothing comes of it. */
  release(): void;
}

/** How long after a first read the absence of a singleton is confirmed by a second one, in milliseconds. */
const CONFIRMATION_MS = 1000;

/**
 * Makes or adopts an object and converges it. The caller holds the lock.
 * @param run The resource and the API.
 * @param creation What to create.
 * @throws LifecycleError when it exists already, cannot be adopted, or nobody can tell what became of a lost answer.
 * @throws PartialError when it exists now but is not all that was declared.
 */
export async function makeObject(run: Run, creation: Creation): Promise<Reconciled> {
  const { definition } = run;
  const { inputs, declared, ownership } = creation;
  let start: Beginning;
  try {
    const existing = await existingObject(run, creation);
    if (existing !== undefined) {
      ownership.adopt(definition.type, foundOf(run, existing, creation.key), run.instanceId);
      start = { observed: existing, origin: "existing" };
    } else if (definition.shape === "singleton") {
      refuseUnmakeable(definition, inputs);
      start = { observed: definition.initial(inputsOf(inputs)), origin: "initial" };
    } else {
      start = { ...(await makeOne(run, creation)), origin: "made" };
      refuseAnothers(run, creation, start.observed);
    }
  } catch (error) {
    creation.release();
    throw error;
  }
  const { observed, origin, again } = start;
  ownership.made(definition.type, observed.id, run.instanceId, creation.key.value);
  const prior = { ...declared, ...observed.outputs };
  const ended = await reconcile(run, { observed, origin, base: {}, declared, prior }).catch((error: unknown) => {
    if (error instanceof PartialError) return error;
    forget(ownership, definition.type, observed.id, creation);
    throw error;
  });
  if (again !== undefined) return withoutDuplicate(run, { ...creation, ...again }, ended);
  if (ended instanceof PartialError) throw ended;
  return ended;
}

/** An object that exists, or is about to, and how it came about. */
interface Beginning extends MadeOne {
  readonly origin: "made" | "initial" | "existing";
}

/** An object that was made. */
interface MadeOne {
  readonly observed: Observed;
  /** What there was before, and why the first creation failed, where it was made again. */
  readonly again?: { readonly before: readonly Observed[]; readonly lost: unknown };
}

function forget(ownership: Ownership, type: string, id: string, creation: Creation): void {
  creation.release();
  ownership.forget(type, id);
}

function foundOf({ definition }: Run, { id, outputs }: Observed, { value: key, label }: NaturalKey): Found {
  return { id, label, key, fingerprint: fingerprintOf(definition, outputs) };
}

/** The object to adopt, if `adopt` asks for one; an error when something is in the way. */
async function existingObject(run: Run, creation: Creation): Promise<Observed | undefined> {
  const { ownership } = creation;
  const { type } = run.definition;
  const { adopt } = creation.inputs;
  const byText = adoptedId(run.definition, adopt);
  const query: Query = byText === undefined ? { key: creation.key.value } : { id: byText };
  const adopting = adopt === true || byText !== undefined;
  const found = await look(run, query, {
    isUnexpected: (list) => list.length !== (adopting ? 1 : 0) || list.some(({ id }) => ownership.wasDeleted(type, id)),
    fields: adopting ? declaredNames(creation.declared) : new Set(),
    prior: creation.declared,
    // What is adopted is merged with what is live: it has to be live still.
    fresh: adopting,
  });
  if (byText !== undefined && found.length === 0) throw unknownToAdopt(run.label);
  const [first] = found;
  if (first === undefined) {
    if (!adopting && run.definition.shape === "singleton") await refuseLateAppearance(run, creation);
    return undefined;
  }
  for (const each of found) ownership.refuseOwned(type, foundOf(run, each, creation.key));
  if (!adopting) throw existsAlready(run.label, creation.declared);
  const shown = { actual: first.orgUuid, what: "the object belongs to" };
  refuseOther(run.api, { prior: {}, label: run.label }, shown);
  if (found.length > 1) throw severalExist(run.label, found);
  refuseReplacingDifference(run, creation.declared, first);
  // What is adopted by its id may have another name than declared, and that one may belong to yet another object.
  const wanted = { id: first.id, prior: creation.declared, key: creation.key };
  if (byText !== undefined && (await isTakenKey(run, wanted))) throw existsAlready(run.label, creation.declared);
  return first;
}

function adoptedId(definition: Definition, adopt: Value | undefined): string | undefined {
  return definition.shape === "collection" && typeof adopt === "string" ? definition.adoptedId?.(adopt) : undefined;
}

/** What a singleton's first write would overwrite may only just have been made: its absence is confirmed by a later read. */
async function refuseLateAppearance(run: Run, { key, declared, ownership }: Creation): Promise<void> {
  const { definition, polling } = run;
  await polling.sleep(CONFIRMATION_MS);
  // After a replacement's delete a read that lags may still show the old one.
  const isUnexpected = (list: readonly Observed[]) => list.some(({ id }) => ownership.wasDeleted(definition.type, id));
  const options = { isUnexpected, fields: new Set<string>(), prior: declared, fresh: true };
  const found = await look(run, { key: key.value }, options);
  if (found.length > 0) throw existsAlready(run.label, declared);
}

async function look(
  run: Run,
  query: Query,
  options: {
    isUnexpected: (found: readonly Observed[]) => boolean;
    fields: ReadonlySet<string>;
    prior: Values;
    fresh?: boolean;
  },
): Promise<readonly Observed[]> {
  const { isUnexpected, fresh = false, ...others } = options;
  return findUntil(run, query, { ...others, fresh, until: (found) => !isUnexpected(found) });
}

/** Makes the object; when the answer is lost, finds out what became of it. */
async function makeOne(run: Run, creation: Creation): Promise<MadeOne> {
  const { definition, api, polling, warn } = run;
  if (definition.shape === "singleton")
    throw new TypeError(`${definition.type} is a singleton: its first write creates it`);
  // Where nothing can be restored, the natural key was just seen to be free: whatever turns up under it is new.
  const before =
    definition.restore === undefined
      ? []
      : await look(run, "all", { isUnexpected: () => false, fields: new Set(), prior: creation.declared, fresh: true });
  if (before.some(({ values }) => keyOf(definition, values).value === creation.key.value)) {
    throw existsAlready(run.label, creation.declared);
  }
  let again: MadeOne["again"];
  const believe = async (refusal: unknown) => {
    await refuseThere(run, creation, { before, cause: refusal }, run.polling);
    again ??= { before, lost: refusal };
  };
  const asMade = (observed: Observed) => ({ observed, ...(again ? { again } : {}) });
  const retries = api.retries();
  for (;;) {
    try {
      return asMade(await definition.make(api, inputsOf(creation.inputs), { before, warn, believe }));
    } catch (error) {
      const outcome = api.outcomeOf(error);
      if (outcome === undefined) throw error;
      const lost = { before, cause: error };
      if (outcome === "refused") {
        await refuseThere(run, creation, lost, shorter(polling));
        throw error;
      }
      const isLate = api.mayComeLate(error);
      const pauseMs = isLate ? undefined : retries.pauseAfter(error);
      const looking = pauseMs === undefined ? run : { ...run, polling: lasting(polling, pauseMs) };
      const made = await recover(looking, creation, lost).catch(unlessSaid(run.label, lost));
      if (made !== undefined) return asMade(made);
      if (isLate) throw underWay(run.label, error, { isRepeated: again !== undefined, neighbours: before.length });
      if (pauseMs === undefined) throw error;
      again ??= { before, lost: error };
    }
  }
}

/** Refuses an object that another resource of this run manages: reads that lag did not show it before the creation. */
function refuseAnothers({ definition, label, instanceId }: Run, { ownership }: Creation, { id }: Observed): void {
  if (ownership.isTaken(definition.type, id, instanceId)) throw answeredWithAnother(label, id);
}

/** Whether a refusal was true is looked for; where nobody can look, it stands. */
async function refuseThere(run: Run, creation: Creation, lost: Lost, polling: Polling): Promise<void> {
  const there = await recover({ ...run, polling }, creation, lost).catch((error: unknown) => {
    throw error instanceof LifecycleError ? error : lost.cause;
  });
  if (there !== undefined) throw thereAfterRefusal(run.label, lost.cause);
}

/** When the look for what became of a lost answer fails as well, the message must say what may be there. */
function unlessSaid(label: string, { before, cause }: Lost): (error: unknown) => never {
  return (error) => {
    if (error === cause || error instanceof LifecycleError) throw error;
    throw lostFromSight(label, cause, error, before.length);
  };
}

interface Lost {
  /** What there was before. */
  readonly before: readonly Observed[];
  /** Why nobody knows what became of the call. */
  readonly cause: unknown;
}

async function recover(run: Run, creation: Creation, { before, cause }: Lost): Promise<Observed | undefined> {
  const { ownership, key } = creation;
  // After a replacement's delete a read that lags still shows the old one.
  const isLeft = ({ id }: Observed) => !ownership.wasDeleted(run.definition.type, id);
  const shown = await look(
    run,
    { key: key.value },
    {
      isUnexpected: (list) => list.filter(isLeft).length !== 1,
      fields: declaredNames(creation.declared),
      prior: creation.declared,
      fresh: true,
    },
  );
  const found = shown.filter(isLeft);
  const added = found.filter((each) => !before.some(({ id }) => id === each.id));
  if (added.length > 1) throw severalExist(run.label, added);
  const changed = before.find(({ id }) => found.some((each) => each.id === id));
  if (added[0] === undefined && changed !== undefined) {
    await run.definition.restore?.(run.api, changed);
    throw cause;
  }
  return added[0];
}

/**
 * Refuses to take over an object that would have to be replaced right away.
 * @param run The resource and the API.
 * @param declared The declared fields.
 * @param found The object.
 * @throws LifecycleError that names the difference.
 */
export function refuseReplacingDifference(run: Run, declared: Values, found: Observed): void {
  for (const [name, field] of fieldsOf(run.definition.fields)) {
    if (!field.modifiers.replaces || field.modifiers.local || declared[name] === undefined) continue;
    if (field.equal(declared[name], field.canonical(found.values[name]))) continue;
    throw new LifecycleError(
      "conflict",
      `${run.label} cannot be adopted: its ${name} is ${shown(found.values[name])}, the program declares ` +
        `${shown(declared[name])}, and a change of ${name} would replace it. Declare what it is.`,
    );
  }
}

function shown(value: Value | undefined): string {
  return value === undefined || value === null ? "not set" : JSON.stringify(value);
}

function existsAlready(label: string, declared: Values): LifecycleError {
  const byName = "name" in declared || "displayName" in declared;
  return new LifecycleError(
    "exists",
    `${label} exists already, and not as this resource. Nothing was written. A run that was interrupted may have made it. ` +
      "To take it over, set `adopt: true`, or run `npx pulumi-rhombus import --match --apply`, which writes nothing at Rhombus; " +
      "after a rename in the program, use `aliases`" +
      `${byName ? "; or choose another name" : ""}.`,
  );
}

function severalExist(label: string, found: readonly Observed[]): LifecycleError {
  const ids = found.map(({ id }) => id).join(", ");
  return new LifecycleError(
    "ambiguous",
    `${label} exists ${found.length} times (ids ${ids}), so it is not clear which one is meant. Nothing was adopted. ` +
      "Rename or remove all but one in the Rhombus console.",
  );
}

function unknownToAdopt(label: string): LifecycleError {
  return new LifecycleError(
    "gone",
    `${label} cannot be adopted: Rhombus has no object under the text that \`adopt\` gives. Check it for a typing mistake ` +
      "and for the organization, or adopt by name with `adopt: true`.",
  );
}
