import type { Definition, Observed } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { type Field, type Fields, fieldsOf } from "../schema/field";
import { integer, object, set, text } from "../schema/fields";
import { memoize } from "../schema/memoize";
import { definedEntries, entryOf, type Value, type Values } from "../schema/values";

/** The name of the instance id: a random text that tells two resources with the same id apart. */
const INSTANCE_ID_KEY = "__mark";

/** The name of the state format's number. */
const FORMAT_KEY = "__format";

/** The name of the list of outputs that an import left out, see {@link unrequested}. */
export const UNREQUESTED_KEY = "__unasked";

/** The name of the last observed values of the fields whose change replaces the object, declared or not. */
export const OBSERVED_KEY = "__observed";

/** The names of the state metadata. Pulumi does not display properties whose name begins with `__`, nor changes of them. */
export const metadataKeys: readonly string[] = [INSTANCE_ID_KEY, FORMAT_KEY, UNREQUESTED_KEY, OBSERVED_KEY];

/**
 * The format of the states that this version writes. Raise it when a version that supports only the previous format would
 * misread a state or lose part of it: newer versions still read older states, and older versions reject newer ones.
 */
const FORMAT = 1;

type WithFields = Pick<Definition, "fields">;

/**
 * The state metadata to store.
 * @param definition The resource.
 * @param prior The inputs and outputs that the state held.
 * @param reading The object as it was observed, and the instance id for a state that has none yet.
 */
export function metadataOf(
  definition: WithFields,
  prior: Values,
  reading: { readonly instanceId: string | undefined; readonly observed: Pick<Observed, "values" | "isUnverified"> },
): Values {
  return {
    [INSTANCE_ID_KEY]: prior[INSTANCE_ID_KEY] ?? reading.instanceId,
    [FORMAT_KEY]: FORMAT,
    [UNREQUESTED_KEY]: prior[UNREQUESTED_KEY],
    [OBSERVED_KEY]: lastObserved(definition, prior, reading.observed),
  };
}

/** The fields whose change replaces the object and whose observed value may be stored in plain text. */
function storedReplacing({ fields }: WithFields): readonly (readonly [string, Field])[] {
  return fieldsOf(fields).filter(([, { modifiers, writeOnly }]) => {
    return modifiers.replaces && !modifiers.local && !modifiers.secret && !writeOnly;
  });
}

/** `null` stands for a field that is not set. A field that the answer left out keeps its last observed value. */
function lastObserved(
  definition: WithFields,
  prior: Values,
  { values, isUnverified = false }: Pick<Observed, "values" | "isUnverified">,
): Value | undefined {
  const entries = storedReplacing(definition).map(([name, field]): [string, Value | undefined] => {
    const value = isUnverified ? undefined : values[name];
    return [name, value === undefined ? entryOf(prior[OBSERVED_KEY], name) : (field.canonical(value) ?? null)];
  });
  const observed = definedEntries(entries);
  return Object.keys(observed).length === 0 ? undefined : observed;
}

/**
 * The value that a field had according to the state: as declared, else as last observed.
 * @param definition The resource.
 * @param state Its state.
 * @param name The field.
 * @returns The value, which is `undefined` where the field was not set; `undefined` instead of the object where nothing has
 * shown the value yet.
 */
export function storedValue(
  { fields }: WithFields,
  state: Values,
  name: string,
): { readonly value: Value | undefined } | undefined {
  const value = state[name];
  if (value !== undefined || !storedReplacing({ fields }).some(([each]) => each === name)) {
    return { value: value ?? fields[name]?.modifiers.default };
  }
  const observed = entryOf(state[OBSERVED_KEY], name);
  return observed === undefined ? undefined : { value: observed ?? undefined };
}

/**
 * The types of the state metadata.
 * @param fields The inputs of the resource.
 */
export const metadataFields = memoize((fields: Fields): Fields => {
  const observed = storedReplacing({ fields }).map(([name, field]) => [name, orNull(field)] as const);
  return {
    [INSTANCE_ID_KEY]: text(),
    [UNREQUESTED_KEY]: set(text()),
    [OBSERVED_KEY]: object(Object.fromEntries(observed)),
    [FORMAT_KEY]: integer(),
  };
});

function orNull(field: Field): Field {
  return { ...field, mistyped: (value, path) => (value === null ? [] : field.mistyped(value, path)) };
}

/**
 * The metadata of an object that is imported without outputs that only the answer to a write shows. No write is sent for
 * these outputs alone; the next write sent for another reason brings them.
 * @param names The outputs.
 */
export function unrequested(names: readonly string[]): Values {
  return names.length === 0 ? {} : { [UNREQUESTED_KEY]: names };
}

/**
 * The names of the missing outputs for which a write is sent.
 * @param definition The resource.
 * @param outputs The state, with what was observed over it.
 */
export function missingOutputsIn(definition: Pick<Definition, "missingOutputs">, outputs: Values): readonly string[] {
  const { [UNREQUESTED_KEY]: names } = outputs;
  return (definition.missingOutputs?.(outputs) ?? []).filter((name) => !(Array.isArray(names) && names.includes(name)));
}

/**
 * The instance id in a state; `undefined` in one that no operation has written yet, such as an imported one.
 * @param state The state.
 */
export function instanceIdOf(state: Values): string | undefined {
  const instanceId = state[INSTANCE_ID_KEY];
  return typeof instanceId === "string" ? instanceId : undefined;
}

/**
 * Refuses a state in a newer format. A state without a format is in the first one.
 * @param state The state.
 * @throws LifecycleError if a newer version wrote it.
 */
export function refuseNewer({ [FORMAT_KEY]: format }: Values): void {
  if (typeof format !== "number" || !Number.isInteger(format) || format <= FORMAT) return;
  throw new LifecycleError(
    "Run `npm install pulumi-rhombus@latest`, or install the version that wrote this state. A newer pulumi-rhombus wrote this " +
      `state: it is in format ${format}, and this version knows no format beyond ${FORMAT}. Nothing was read or changed.`,
  );
}
