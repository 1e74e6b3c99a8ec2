/** The kinds of fields that a definition can use, one file each. */
export type { Field, Fields, InputsOf } from "./field";
export { flag } from "./flag";
export { instruction } from "./instruction";
export { integer } from "./integer";
export { map } from "./map";
export { object } from "./object";
export { oneOf } from "./oneOf";
export { set } from "./set";
export { text } from "./text";
export { vendorKey } from "./vendorKey";
