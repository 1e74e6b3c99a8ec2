import type { Field } from "./field";
import { type ServerDefaultOptions, scalar } from "./scalar";
import { pathText } from "./values";

/** Options of an integer. */
export interface IntegerOptions extends ServerDefaultOptions {
  /** The minimum. Default: the smallest 32-bit integer. */
  readonly min?: number;
  /** The unit, such as `seconds`. Default: none. */
  readonly unit?: string;
  /** The number that `undefined` equals. Default: none. */
  readonly empty?: number;
}

/** The largest 32-bit integer. */
export const INT32_MAX = 2 ** 31 - 1;

/**
 * A 32-bit integer.
 * @param options The options.
 */
export function integer(options: IntegerOptions = {}): Field<number> {
  const { min = -(2 ** 31), empty } = options;
  const noun = options.unit === undefined ? "whole number" : `whole number of ${options.unit}`;
  return scalar<number>(
    {
      doc: noun,
      empty,
      expected: `a ${noun}`,
      read: (value) => (typeof value === "number" && Number.isInteger(value) ? value : undefined),
      refuse(value, path) {
        if (typeof value !== "number" || (value >= min && value <= INT32_MAX)) return undefined;
        return `${pathText(path)} is ${value}; it must be a ${noun} from ${min} to ${INT32_MAX}.`;
      },
    },
    options,
    options.serverDefault ? { reset: "live" } : {},
  );
}
