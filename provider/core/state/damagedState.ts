import type { Definition } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { type Field, fieldsOf, type Mistyped } from "../schema/field";
import { memoize } from "../schema/memoize";
import { pathText, type Values } from "../schema/values";
import { hiddenFields, mistypedFormat, refuseNewer } from "./metadata";

/** What a definition says of its states. */
type Kept = Pick<Definition, "type" | "fields" | "outputs">;

/** A value that a state may hold. */
interface Place {
  readonly name: string;
  readonly field: Field;
  readonly isOutput: boolean;
}

/** Every read and every comparison of a thousand resources looks at them. */
const placesOf = memoize(({ fields, outputs }: Kept): readonly Place[] => {
  const place =
    (isOutput: boolean) =>
    ([name, field]: readonly [string, Field]) => ({ name, field, isOutput });
  return [
    ...fieldsOf(fields).map(place(false)),
    ...Object.entries(outputs).map(place(true)),
    ...Object.entries(hiddenFields(fields)).map(place(false)),
  ];
});

/** How many wrong values an error tells. */
const TOLD = 5;

/**
 * Refuses a state of which no version of this package can have written every value, such as one that was edited by hand,
 * before anything is compared, read or changed by it.
 * @param definition The resource.
 * @param id Its id.
 * @param state Its state: inputs, outputs, and what is kept beside them.
 * @throws LifecycleError when a newer version wrote it, or when a value has another type than it must have.
 */
export function refuseDamaged(definition: Kept, id: string, state: Values): void {
  refuseNewer(state);
  const { type } = definition;
  const places = placesOf(definition);
  const mistyped = [...places.flatMap((place) => mistypedIn(state, place)), ...mistypedFormat(state)];
  const wrong = mistyped.length > 0 ? mistyped : places.flatMap((place) => malformedIn(state, place));
  if (wrong.length === 0) return;
  const told = wrong
    .slice(0, TOLD)
    .map(({ path, expected, actual }) => `${pathText(path)} must be ${expected}, not ${actual}`);
  const others = wrong.length > TOLD ? `, and ${wrong.length - TOLD} more values are wrong` : "";
  throw new LifecycleError(
    "damagedState",
    `The state of ${type} ${id} is damaged: ${told.join("; ")}${others}. Nothing was read or changed. Correct it with ` +
      "`pulumi state edit`, then run `pulumi refresh`.",
  );
}

const NOTHING: readonly Mistyped[] = [];

/** A value of another form than any program can declare must not plan a replacement. */
function malformedIn(state: Values, { name, field, isOutput }: Place): readonly Mistyped[] {
  const value = state[name];
  if (value === undefined || isOutput || !field.modifiers.replaces || field.modifiers.secret) return NOTHING;
  let isRight = true;
  field.check(value, [name], { fail: () => (isRight = false) });
  return isRight ? NOTHING : [{ path: [name], expected: "well-formed", actual: "what it is" }];
}

/** Inside a secret, the names of entries may be secrets as well. */
function mistypedIn(state: Values, { name, field, isOutput }: Place): readonly Mistyped[] {
  const value = state[name];
  if (value === undefined) return NOTHING;
  const found = field.mistyped(value, [name]);
  // An output is what Rhombus answered: a number of another kind than documented is no damage.
  const wrong = isOutput ? found.filter(({ actual }) => actual !== "a fraction") : found;
  const [first] = wrong;
  if (first === undefined || !field.modifiers.secret || first.path.length === 1) return wrong;
  return [{ path: [name], expected: `a ${field.doc}`, actual: "what it holds" }];
}
