export { plainText } from "../rhombus/plainText";

/** What stands for a name where there is none. */
export const UNNAMED = "(unnamed)";
