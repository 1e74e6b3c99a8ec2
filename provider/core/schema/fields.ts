/** The kinds of fields that a definition can have, and nothing else: start here to read or to add a kind. */
export { map, object, set } from "./collections";
export type { Field, Fields, InputsOf } from "./field";
export { flag, instruction, integer, oneOf, text, vendorKey } from "./scalars";
