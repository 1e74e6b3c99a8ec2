import type { Definition, Observed } from "../resource/definition";
import type { InstanceId } from "../resource/instanceId";
import { LifecycleError } from "../resource/lifecycleError";
import { type Field, type Fields, fieldsOf, type Mistyped } from "../schema/field";
import { object, set, text } from "../schema/fields";
import { memoize } from "../schema/memoize";
import { entryOf, kindOfValue, type Value, type Values } from "../schema/values";

/** Under which name a state keeps the mark that tells its resource from another one with the same id. */
const INSTANCE_ID_KEY = "__mark";

/** Under which name a state keeps the number of the format that it is written in. */
const FORMAT_KEY = "__format";

/** Under which name the state of an imported object keeps the outputs that no read shows, and for which alone nothing is written. */
const UNASKED_KEY = "__unasked";

/** Under which name a state keeps what was last shown of the fields whose change replaces the object, declared or not. */
const OBSERVED_KEY = "__observed";

/** What a state keeps beside inputs and outputs. Pulumi shows nobody a name that begins with `__`, nor a change of it. */
export const hiddenKeys: readonly string[] = [INSTANCE_ID_KEY, FORMAT_KEY, UNASKED_KEY, OBSERVED_KEY];

/**
 * The format of the states that this version writes. It is raised when a version that knows only the format before would
 * misread a state, or lose something of it: then older states are still read, and older versions refuse the new ones.
 */
const FORMAT = 1;

/**
 * What a state keeps hidden from now on.
 * @param definition The resource.
 * @param prior What the state held.
 * @param seen The mark for a state that has none yet, and the object as it was observed.
 */
export function hiddenOf(
  definition: Fielded,
  prior: Values,
  seen: { readonly instanceId: InstanceId; readonly observed: Pick<Observed, "values" | "unseen"> },
): Values {
  return {
    [INSTANCE_ID_KEY]: prior[INSTANCE_ID_KEY] ?? seen.instanceId,
    [FORMAT_KEY]: FORMAT,
    [UNASKED_KEY]: prior[UNASKED_KEY],
    [OBSERVED_KEY]: observedOf(definition, prior, seen.observed),
  };
}

type Fielded = Pick<Definition, "fields">;

/** The fields whose change replaces the object, and whose value reads show and a state may hold in clear. */
function shownReplacing({ fields }: Fielded): readonly string[] {
  return fieldsOf(fields).flatMap(([name, { modifiers, unread }]) => {
    const isShown = !modifiers.local && !modifiers.secret && !unread;
    return modifiers.replaces && isShown ? [name] : [];
  });
}

/** What is not set is kept as null; what an answer did not show keeps what was known of it. */
function observedOf(
  definition: Fielded,
  prior: Values,
  { values, unseen = false }: Pick<Observed, "values" | "unseen">,
): Value | undefined {
  const entries = shownReplacing(definition).flatMap((name): [string, Value][] => {
    const live = unseen ? undefined : values[name];
    if (live !== undefined) return [[name, definition.fields[name]?.canonical(live) ?? null]];
    const before = entryOf(prior[OBSERVED_KEY], name);
    return before === undefined ? [] : [[name, before]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/**
 * What is known of the value of a field whose change replaces the object, so that a replacement is planned only where the
 * object is known to differ.
 * @param definition The resource.
 * @param state Its state.
 * @param name The field.
 * @returns `"unknown"` where nothing has shown it yet, else the value; `undefined` in it where it is not set.
 */
export function replacedValue(
  { fields }: Fielded,
  state: Values,
  name: string,
): "unknown" | { readonly value: Value | undefined } {
  const value = state[name];
  if (value !== undefined || !shownReplacing({ fields }).includes(name)) {
    return { value: value ?? fields[name]?.modifiers.default };
  }
  const observed = entryOf(state[OBSERVED_KEY], name);
  return observed === undefined ? "unknown" : { value: observed ?? undefined };
}

/**
 * The types of what a state keeps hidden, but for the number of its format, of which {@link refuseNewer} takes care.
 * @param fields The inputs of the resource.
 */
export const hiddenFields = memoize((fields: Fields): Fields => {
  const shown = Object.fromEntries(
    shownReplacing({ fields }).flatMap((name): [string, Field][] => {
      const field = fields[name];
      return field === undefined ? [] : [[name, orNull(field)]];
    }),
  );
  return { [INSTANCE_ID_KEY]: text(), [UNASKED_KEY]: set(text()), [OBSERVED_KEY]: object(shown) };
});

function orNull(field: Field): Field {
  return { ...field, mistyped: (value, path) => (value === null ? [] : field.mistyped(value, path)) };
}

/**
 * What a state keeps hidden of an object that is imported without outputs that only the answer of a write would bring.
 * @param names The outputs; the next write that has another reason brings them.
 */
export function unasked(names: readonly string[]): Values {
  return names.length === 0 ? {} : { [UNASKED_KEY]: names };
}

/**
 * The outputs that are missing, and for which something is written.
 * @param definition The resource.
 * @param outputs What the state holds, and what was observed.
 */
export function missingOutputsIn(definition: Pick<Definition, "missingOutputs">, outputs: Values): readonly string[] {
  const { [UNASKED_KEY]: names } = outputs;
  return (definition.missingOutputs?.(outputs) ?? []).filter((name) => !(Array.isArray(names) && names.includes(name)));
}

/**
 * The mark in a state.
 * @param state The state.
 */
export function instanceIdOf(state: Values): InstanceId {
  const instanceId = state[INSTANCE_ID_KEY];
  return typeof instanceId === "string" ? instanceId : undefined;
}

/**
 * Refuses a state in a format that this version does not know. A state without a number is in the first one.
 * @param state The state.
 * @throws LifecycleError when a newer version wrote it.
 */
export function refuseNewer(state: Values): void {
  const { [FORMAT_KEY]: format = 1 } = state;
  if (!isFormat(format) || format <= FORMAT) return;
  throw new LifecycleError(
    "newerState",
    `A newer pulumi-rhombus wrote this state: it is in format ${JSON.stringify(format)}, and this version knows no format ` +
      `beyond ${FORMAT}. Nothing was read or changed. Install the version that wrote it, or a newer one: ` +
      "`npm install pulumi-rhombus@latest`.",
  );
}

function isFormat(format: Value): format is number {
  return typeof format === "number" && Number.isInteger(format);
}

/**
 * The number of the format where it is none, as a state that was edited by hand may have it.
 * @param state The state.
 */
export function mistypedFormat({ [FORMAT_KEY]: format = 1 }: Values): Mistyped[] {
  return isFormat(format) ? [] : [{ path: [FORMAT_KEY], expected: "a whole number", actual: kindOfValue(format) }];
}
