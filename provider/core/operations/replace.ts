import { findOne, findUntil } from "../reconcile/findUntil";
import { type Definition, inputsOf, keyOf, type NaturalKey, type Observed } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { conflictError, needlessReplacement } from "../resource/lifecycleErrors";
import type { Run } from "../resource/run";
import { type Field, fieldsOf } from "../schema/field";
import { containsUnknown, type Values } from "../schema/values";
import { storedValue } from "../state/metadata";

/** A field whose declared value requires a replacement. */
interface Replacing {
  readonly name: string;
  readonly field: Field;
  /** Neither a read nor the state has shown its present value. */
  readonly isUnseen: boolean;
}

/**
 * The fields whose declared value replaces the object, because it differs from the present one or the present one is not
 * known. A field that is no longer declared keeps its value, unless it is local: then its default applies.
 * @param definition The resource.
 * @param oldState The state.
 * @param newInputs The inputs that the program declares.
 */
export function replacingFields(
  definition: Pick<Definition, "fields">,
  oldState: Values,
  newInputs: Values,
): readonly Replacing[] {
  return fieldsOf(definition.fields).flatMap(([name, field]) => {
    const { replaces, local, default: otherwise } = field.modifiers;
    const declared = newInputs[name];
    if (!replaces || (declared === undefined && !local)) return [];
    const stored = storedValue(definition, oldState, name);
    if (stored !== undefined && field.equal(stored.value, declared ?? otherwise)) return [];
    return [{ name, field, isUnseen: stored === undefined }];
  });
}

/**
 * Refuses an update of which only a read has shown that it would have to be a replacement.
 * @param run The resource.
 * @param observed The object as it is.
 * @param inputs What the state declares, and what the program does.
 * @throws LifecycleError when somebody has changed it since it was planned.
 */
export function refuseUnplanned(
  { definition, label }: Run,
  observed: Observed,
  { base, declared }: { readonly base: Values; readonly declared: Values },
): void {
  const differing = fieldsOf(definition.fields).filter(([name, field]) => {
    const { replaces, local } = field.modifiers;
    if (!replaces || local || field.unread || base[name] !== undefined || declared[name] === undefined) return false;
    return !field.equal(declared[name], field.canonical(observed.values[name]));
  });
  if (differing.length === 0) return;
  const paths = differing.map(([name]) => [name]);
  throw conflictError(label, paths);
}

/**
 * Refuses, at preview, a replacement whose second half cannot succeed: the old object would be gone by then.
 * @param definition The resource.
 * @param newInputs What the program declares.
 * @throws LifecycleError when nothing can be made of these inputs.
 */
export function refuseUnmakeable(
  definition: Pick<Definition, "cannotCreate" | "fields" | "key">,
  newInputs: Values,
): void {
  const reason = definition.cannotCreate?.(inputsOf(newInputs));
  if (reason === undefined) return;
  throw new LifecycleError(
    "unknownKey",
    `${keyOf(definition, newInputs).label} cannot be made: ${reason} Nothing was written.`,
  );
}

/**
 * Tries what the second half of a replacement needs, before the old object is deleted: the vendor accepts its key, and no
 * other object has the new natural key.
 * @param run The resource and the API.
 * @param id The old object's id.
 * @param sides What the state holds, and what the program declares.
 * @throws Error when it would fail; then nothing has been deleted.
 */
export async function preflightReplace(
  run: Run,
  id: string,
  { prior, newInputs }: { readonly prior: Values; readonly newInputs: Values },
): Promise<void> {
  if (containsUnknown(Object.values(newInputs).filter((value) => value !== undefined))) return;
  const { definition, api } = run;
  const inputs = inputsOf(newInputs);
  refuseUnmakeable(definition, newInputs);
  await refuseNeedless(run, id, { prior, newInputs });
  await definition.verifyCredential?.(api, inputs, new Set(Object.keys(newInputs)));
  const key = definition.key(inputs);
  if (definition.key(inputsOf(prior)).value !== key.value) await refuseTakenKey(run, { id, prior, key });
}

/** Since the read that the plan is based on, somebody else may have given the object the declared values. */
async function refuseNeedless(
  run: Run,
  id: string,
  { prior, newInputs }: { readonly prior: Values; readonly newInputs: Values },
): Promise<void> {
  const { definition } = run;
  const planned = replacingFields(definition, prior, newInputs).filter(
    ({ field, isUnseen }) => !field.modifiers.local && !isUnseen,
  );
  if (planned.length === 0) return;
  const found = await findOne(run, { id }, { prior, fields: new Set(), fresh: true });
  const isNeedless = planned.every(({ name, field }) => {
    return found !== undefined && field.equal(newInputs[name], field.canonical(found.values[name]));
  });
  if (!isNeedless) return;
  const names = planned.map(({ name }) => name);
  throw needlessReplacement(keyOf(definition, prior).label, names);
}

/**
 * Refuses a natural key that another object has.
 * @param run The resource and the API.
 * @param wanted The id of the object that is to have the key, what the state holds of it, and the key.
 * @throws LifecycleError when another object has it.
 */
export async function refuseTakenKey(
  run: Run,
  wanted: { readonly id: string; readonly prior: Values; readonly key: NaturalKey },
): Promise<void> {
  if (!(await isTakenKey(run, wanted))) return;
  throw new LifecycleError(
    "exists",
    `Cannot rename: ${wanted.key.label} exists already. Choose another name, or remove the other one first.`,
  );
}

/**
 * Whether another object has a natural key.
 * @param run The resource and the API.
 * @param wanted The id of the object that is to have the key, what is known of it, and the key.
 */
export async function isTakenKey(
  run: Run,
  { id, prior, key }: { readonly id: string; readonly prior: Values; readonly key: NaturalKey },
): Promise<boolean> {
  const others = (found: readonly Observed[]) => found.some((each) => each.id !== id);
  const options = { fresh: false, fields: new Set<string>(), prior };
  return others(await findUntil(run, { key: key.value }, { ...options, until: (found) => !others(found) }));
}
