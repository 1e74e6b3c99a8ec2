import type { Field, Modifiers } from "./field";
import { scalar } from "./scalar";
import { pathText, type Value } from "./values";

/**
 * An instruction to the provider that applies once, such as `adopt`: never a difference, never in the state.
 * @param refuse Checks a value. Returns the mistake as the rest of a sentence, `undefined` for a correct value.
 * @param modifiers The options.
 */
export function instruction<T extends boolean | string>(
  refuse: (value: Value) => string | undefined,
  modifiers: Modifiers = {},
): Field<T> {
  return scalar<T>(
    {
      doc: "instruction",
      empty: undefined,
      expected: "an instruction",
      read: (value) => value,
      refuse(value, path) {
        const mistake = refuse(value);
        return mistake === undefined ? undefined : `${pathText(path)} ${mistake}`;
      },
    },
    modifiers,
    { instruction: true, writeOnly: true, reset: "live" },
  );
}
