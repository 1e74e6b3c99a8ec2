import type { Definition } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { type Field, fieldsOf } from "../schema/field";
import { memoize } from "../schema/memoize";
import { pathText, type Value, type Values } from "../schema/values";
import { metadataFields, refuseNewer } from "./metadata";

/** The part of a definition that describes its states. */
type StateShape = Pick<Definition, "type" | "fields" | "outputs">;

/** Memoized because every read and every comparison of a thousand resources needs it. */
const propertiesOf = memoize(({ fields, outputs }: StateShape): readonly (readonly [string, Field])[] => [
  ...fieldsOf(fields),
  ...Object.entries(outputs),
  ...Object.entries(metadataFields(fields)),
]);

/** The number of wrong values that an error lists. */
const LISTED = 5;

/**
 * Refuses a state that no version of this package can have written, such as one that was edited by hand.
 * @param definition The resource.
 * @param id Its id.
 * @param state Its state: inputs, outputs and metadata.
 * @throws LifecycleError if a newer version wrote it, or if a value does not have the type of its field.
 */
export function refuseDamagedState(definition: StateShape, id: string, state: Values): void {
  refuseNewer(state);
  const findIn = (wrongIn: (name: string, field: Field, value: Value) => readonly string[]) =>
    propertiesOf(definition).flatMap(([name, field]) => {
      const value = state[name];
      return value === undefined ? [] : wrongIn(name, field, value);
    });
  const isOutput = (name: string, field: Field) => definition.outputs[name] === field;
  const mistyped = findIn((name, field, value) => mistypedIn(name, field, value, isOutput(name, field)));
  const wrong = mistyped.length > 0 ? mistyped : findIn(malformedIn);
  if (wrong.length === 0) return;
  const listed = wrong.slice(0, LISTED);
  const others = wrong.length > LISTED ? `, and ${wrong.length - LISTED} more values are wrong` : "";
  throw new LifecycleError(
    "Correct the state with `pulumi state edit`, then run `pulumi refresh`. " +
      `The state of ${definition.type} ${id} is damaged: ${listed.join("; ")}${others}. Nothing was read or changed.`,
  );
}

/** Inside a secret, the names of entries may be secrets too: only the field is named. */
function mistypedIn(name: string, field: Field, value: Value, isOutput: boolean): readonly string[] {
  // Outputs are stored as Rhombus answered them: a fraction where the documentation has an integer is not damage.
  const wrong = field.mistyped(value, [name]).filter(({ actual }) => !isOutput || actual !== "a fraction");
  const [first] = wrong;
  if (first !== undefined && field.modifiers.secret && first.path.length > 1) return [`${name} has an invalid format`];
  return wrong.map(({ path, expected, actual }) => `${pathText(path)} must be ${expected}, not ${actual}`);
}

/** A malformed value of a field that replaces must not plan a replacement. */
function malformedIn(name: string, field: Field, value: Value): readonly string[] {
  if (!field.modifiers.replaces || field.modifiers.secret) return [];
  let isWellFormed = true;
  field.check(value, [name], { fail: () => (isWellFormed = false) });
  return isWellFormed ? [] : [`${name} has an invalid format`];
}
