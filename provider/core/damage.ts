import { type Connection, type Definition, LifecycleError } from "./definition";
import { type Field, type Fields, fieldsOf, type Mistyped } from "./field";
import { hiddenFields, mistypedFormat, refuseNewer } from "./hidden";
import { pathText, type Values } from "./values";

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
export function refuseDamaged(
  definition: Pick<Definition<Connection, Fields>, "type" | "fields" | "outputs">,
  id: string,
  state: Values,
): void {
  refuseNewer(state);
  const { type, fields, outputs } = definition;
  const inputs = fieldsOf(fields);
  const mistyped = [...inputs, ...Object.entries(outputs), ...Object.entries(hiddenFields(fields))].flatMap(
    ([name, field]) => {
      const found = mistypedIn(state, name, field);
      // An output is what Rhombus answered: a number of another kind than documented is no damage.
      return Object.hasOwn(outputs, name) ? found.filter(({ actual }) => actual !== "a fraction") : found;
    },
  );
  mistyped.push(...mistypedFormat(state));
  const wrong = mistyped.length > 0 ? mistyped : inputs.flatMap(([name, field]) => malformedIn(state, name, field));
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

/** A value of another form than any program can declare must not plan a replacement. */
function malformedIn(state: Values, name: string, field: Field): Mistyped[] {
  const value = state[name];
  if (value === undefined || !field.modifiers.replaces || field.modifiers.secret) return [];
  let isRight = true;
  field.check(value, [name], { fail: () => (isRight = false) });
  return isRight ? [] : [{ path: [name], expected: "well-formed", actual: "what it is" }];
}

/** Inside a secret, the names of entries may be secrets as well. */
function mistypedIn(state: Values, name: string, field: Field): Mistyped[] {
  const value = state[name];
  if (value === undefined) return [];
  const wrong = field.mistyped(value, [name]);
  const [first] = wrong;
  if (first === undefined || !field.modifiers.secret || first.path.length === 1) return wrong;
  return [{ path: [name], expected: `a ${field.doc}`, actual: "what it holds" }];
}
