import type { Definition } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { type Field, fieldsOf, type Mistyped } from "../schema/field";
import { memoize } from "../schema/memoize";
import { pathText, type Values } from "../schema/values";
import { metadataFields, mistypedFormat, refuseNewer } from "./metadata";

/** The part of a definition that describes its states. */
type StateShape = Pick<Definition, "type" | "fields" | "outputs">;

/** A property of a state. */
interface Property {
  readonly name: string;
  readonly field: Field;
  readonly isOutput: boolean;
}

/** Memoized because every read and every comparison of a thousand resources needs it. */
const propertiesOf = memoize(({ fields, outputs }: StateShape): readonly Property[] => [
  ...fieldsOf(fields).map(([name, field]) => ({ name, field, isOutput: false })),
  ...Object.entries(outputs).map(([name, field]) => ({ name, field, isOutput: true })),
  ...Object.entries(metadataFields(fields)).map(([name, field]) => ({ name, field, isOutput: false })),
]);

/** The number of wrong values that an error lists. */
const LISTED = 5;

/**
 * Refuses a state that no version of this package can have written, such as one that was edited by hand.
 * @param definition The resource.
 * @param id Its id.
 * @param state Its state: inputs, outputs and metadata.
 * @throws LifecycleError when a newer version wrote it, or when a value does not have the type of its field.
 */
export function refuseDamagedState(definition: StateShape, id: string, state: Values): void {
  refuseNewer(state);
  const { type } = definition;
  const properties = propertiesOf(definition);
  const mistyped = [
    ...properties.flatMap((property) => mistypedIn(state, property)),
    ...mistypedFormat(state).map(mistypedText),
  ];
  const wrong = mistyped.length > 0 ? mistyped : properties.flatMap((property) => malformedIn(state, property));
  if (wrong.length === 0) return;
  const listed = wrong.slice(0, LISTED);
  const others = wrong.length > LISTED ? `, and ${wrong.length - LISTED} more values are wrong` : "";
  throw new LifecycleError(
    `The state of ${type} ${id} is damaged: ${listed.join("; ")}${others}. Nothing was read or changed. Correct it with ` +
      "`pulumi state edit`, then run `pulumi refresh`.",
  );
}

const NOTHING: readonly string[] = [];

function mistypedText({ path, expected, actual }: Mistyped): string {
  return `${pathText(path)} must be ${expected}, not ${actual}`;
}

/** A malformed value of a field that replaces must not plan a replacement. */
function malformedIn(state: Values, { name, field, isOutput }: Property): readonly string[] {
  const value = state[name];
  if (value === undefined || isOutput || !field.modifiers.replaces || field.modifiers.secret) return NOTHING;
  let isWellFormed = true;
  field.check(value, [name], { fail: () => (isWellFormed = false) });
  return isWellFormed ? NOTHING : [`${name} has an invalid format`];
}

/** Inside a secret, the names of entries may be secrets too: only the field is named. */
function mistypedIn(state: Values, { name, field, isOutput }: Property): readonly string[] {
  const value = state[name];
  if (value === undefined) return NOTHING;
  const found = field.mistyped(value, [name]);
  // Outputs are stored as Rhombus answered them: a fraction where the documentation has an integer is not damage.
  const wrong = isOutput ? found.filter(({ actual }) => actual !== "a fraction") : found;
  const [first] = wrong;
  if (first === undefined || !field.modifiers.secret || first.path.length === 1) return wrong.map(mistypedText);
  return [`${name} has an invalid format`];
}
