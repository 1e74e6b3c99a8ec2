import type { Mark } from "./claims";
import { type Connection, type Definition, LifecycleError } from "./definition";
import type { Value, Values } from "./values";

/** Under which name a state keeps the mark that tells its resource from another one with the same id. */
const MARK_KEY = "__mark";

/** Under which name a state keeps the number of the format that it is written in. */
const FORMAT_KEY = "__format";

/** Under which name the state of an imported object keeps the outputs that no read shows, and for which alone nothing is written. */
const UNASKED_KEY = "__unasked";

/** What a state keeps beside inputs and outputs. Pulumi shows nobody a name that begins with `__`, nor a change of it. */
export const hiddenKeys: readonly string[] = [MARK_KEY, FORMAT_KEY, UNASKED_KEY];

/**
 * The format of the states that this version writes. It is raised when a version that knows only the format before would
 * misread a state, or lose something of it: then older states are still read, and older versions refuse the new ones.
 */
const FORMAT = 1;

/**
 * What a state keeps hidden from now on.
 * @param known What the state held.
 * @param mark The mark for a state that has none yet.
 */
export function hiddenOf(known: Values, mark: Mark): Values {
  return { [MARK_KEY]: known[MARK_KEY] ?? mark, [FORMAT_KEY]: FORMAT, [UNASKED_KEY]: known[UNASKED_KEY] };
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
export function lackingIn(definition: Pick<Definition<Connection>, "lacks">, outputs: Values): readonly string[] {
  const { [UNASKED_KEY]: names } = outputs;
  return (definition.lacks?.(outputs) ?? []).filter((name) => !(Array.isArray(names) && names.includes(name)));
}

/**
 * The mark in a state.
 * @param state The state.
 */
export function markOf(state: Values): Mark {
  const mark = state[MARK_KEY];
  return typeof mark === "string" ? mark : undefined;
}

/**
 * Refuses a state in a format that this version does not know. A state without a number is in the first one.
 * @param state The state.
 * @throws LifecycleError when a newer version wrote it.
 */
export function refuseNewer(state: Values): void {
  const { [FORMAT_KEY]: format = 1 } = state;
  if (isKnown(format)) return;
  throw new LifecycleError(
    "newerState",
    `A newer pulumi-rhombus wrote this state: it is in format ${JSON.stringify(format)}, and this version knows no format ` +
      `beyond ${FORMAT}. Nothing was read or changed. Install the version that wrote it, or a newer one: ` +
      "`npm install pulumi-rhombus@latest`.",
  );
}

function isKnown(format: Value): boolean {
  return typeof format === "number" && Number.isInteger(format) && format <= FORMAT;
}
