import type { Field } from "./field";
import { scalar } from "./scalar";
import { type TextOptions, textKind } from "./text";

/**
 * The key with which Rhombus accesses another vendor's system. A secret. It is sent when the program changed it, and never
 * compared with what is read, because reads may mask it. No longer declared, the stored key stays.
 * @param options The options.
 */
export function vendorKey(options: TextOptions = {}): Field<string> {
  const kind = textKind({ ...options, trimmed: true, nonEmpty: true, noun: "vendor key" });
  return scalar<string>(kind, { ...options, secret: true }, { writeOnly: true, reset: "live" });
}
