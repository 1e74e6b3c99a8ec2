import type { Field, Modifiers } from "./field";
import { scalar } from "./scalar";
import { pathText } from "./values";

/**
 * One of several texts. `undefined` equals the first one.
 * @param values The texts, the default first.
 * @param modifiers The options.
 */
export function oneOf<T extends string>(values: readonly [T, ...T[]], modifiers: Modifiers = {}): Field<T> {
  const listed = values.map((value) => `"${value}"`).join(", ");
  return scalar<T>(
    {
      doc: `one of ${listed}`,
      empty: values[0],
      expected: `one of ${listed}`,
      read: (value) => (typeof value === "string" ? value : undefined),
      refuse(value, path) {
        if (values.some((allowed) => allowed === value)) return undefined;
        return `${pathText(path)} is ${JSON.stringify(value)}; it must be one of ${listed}.`;
      },
    },
    modifiers,
  );
}
