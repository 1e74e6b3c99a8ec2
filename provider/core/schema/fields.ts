/** The kinds of fields that a definition can use. */
export type { Field, Fields, InputsOf } from "./field";
export { map } from "./map";
export { object } from "./object";
export { flag, instruction, integer, oneOf, text, vendorKey } from "./scalars";
export { set } from "./set";
export { weeklyIntervals } from "./weeklyIntervals";
