import type { OperationContext } from "../ownership/operationContext";
import { type Definition, inputsOf, keyOf, type Observed } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { type Field, fieldsOf } from "../schema/field";
import type { Value, Values } from "../schema/values";
import { storedValue } from "../state/metadata";

/** A field whose declared value requires a replacement. */
export interface Replacing {
  /** Its name. */
  readonly name: string;
  /** Its kind. */
  readonly field: Field;
  /** Neither a read nor the state has shown its present value. */
  readonly isUnknown: boolean;
}

/**
 * The fields whose declared value replaces the object, because it differs from the present one or the present one is not
 * known. A field that is no longer declared keeps its value, unless it is local: then its default applies.
 * @param definition The resource.
 * @param prior The state.
 * @param newInputs The inputs that the program declares.
 */
export function replacingFields(
  definition: Pick<Definition, "fields">,
  prior: Values,
  newInputs: Values,
): readonly Replacing[] {
  return fieldsOf(definition.fields).flatMap(([name, field]) => {
    const { replaces, local, default: otherwise } = field.modifiers;
    const declared = newInputs[name];
    if (!replaces || (declared === undefined && !local)) return [];
    const stored = storedValue(definition, prior, name);
    if (stored !== undefined && field.equal(stored.value, declared ?? otherwise)) return [];
    return [{ name, field, isUnknown: stored === undefined }];
  });
}

/**
 * Refuses an update that turns out to need a replacement, because the object was changed after it was planned.
 * @param operation The resource.
 * @param observed The object as it is.
 * @param inputs The inputs that the state held, and those that the program declares.
 * @throws LifecycleError that names the fields.
 */
export function refuseUnplannedReplacement(
  { definition, label }: OperationContext,
  observed: Observed,
  { priorInputs, declared }: { readonly priorInputs: Values; readonly declared: Values },
): void {
  const names = replacingDifferences(definition, declared, observed).filter((name) => priorInputs[name] === undefined);
  const paths = names.map((name) => [name]);
  if (paths.length > 0) throw new LifecycleError(messages.conflict(label, paths));
}

/**
 * Refuses to adopt an object that would have to be replaced at once.
 * @param operation The resource.
 * @param declared The inputs that the program declares.
 * @param observed The object.
 * @throws LifecycleError that names the first difference.
 */
export function refuseReplacingDifference(
  { definition, label }: OperationContext,
  declared: Values,
  observed: Observed,
): void {
  const [name] = replacingDifferences(definition, declared, observed);
  if (name === undefined) return;
  throw new LifecycleError(
    `Declare the current ${name}, ${valueText(observed.values[name])}: ${label} cannot be adopted. The program declares ` +
      `${valueText(declared[name])}, and a change of ${name} would replace the object.`,
  );
}

/** The names of the declared fields that differ from an observed object and whose change replaces it. */
function replacingDifferences({ fields }: Definition, declared: Values, observed: Observed): readonly string[] {
  return fieldsOf(fields).flatMap(([name, field]) => {
    const { replaces, local } = field.modifiers;
    if (!replaces || local || declared[name] === undefined) return [];
    return field.equal(declared[name], field.canonical(observed.values[name])) ? [] : [name];
  });
}

function valueText(value: Value | undefined): string {
  return value === undefined || value === null ? "not set" : JSON.stringify(value);
}

/**
 * Refuses inputs of which no object can be created. Of a replacement, it is called at preview: at creation, the old object
 * would be deleted already.
 * @param definition The resource.
 * @param newInputs The inputs that the program declares.
 * @throws LifecycleError with the reason.
 */
export function refuseUncreatable(
  definition: Pick<Definition, "cannotCreate" | "fields" | "key">,
  newInputs: Values,
): void {
  const reason = definition.cannotCreate?.(inputsOf(newInputs));
  if (reason === undefined) return;
  throw new LifecycleError(
    `${reason} Without it, ${keyOf(definition, newInputs).label} cannot be created. Nothing was written.`,
  );
}
