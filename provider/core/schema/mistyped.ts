import type { Mistyped } from "./field";
import { kindOfValue, type Path, UNKNOWN, type Value } from "./values";

/**
 * The report of a wrong type. An unknown value has no wrong type.
 * @param value The value.
 * @param path The property.
 * @param expected The expected type in words.
 */
export function mistypedAs(value: Value, path: Path, expected: string): Mistyped[] {
  return value === UNKNOWN ? [] : [{ path, expected, actual: kindOfValue(value) }];
}
