import type { Field, Modifiers } from "./field";
import { scalar } from "./scalar";

/**
 * True or false. `undefined` equals false.
 * @param modifiers The options.
 */
export function flag(modifiers: Modifiers = {}): Field<boolean> {
  return scalar<boolean>(
    {
      doc: "boolean",
      empty: false,
      expected: "true or false",
      read: (value) => (typeof value === "boolean" ? value : undefined),
    },
    modifiers,
  );
}
