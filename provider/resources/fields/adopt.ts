import { instruction } from "../../core/schema/fields";

/** The instruction to take over an existing object: true or false. */
export function adoptFlag() {
  return instruction<boolean>((value) => (typeof value === "boolean" ? undefined : "must be true or false."));
}
