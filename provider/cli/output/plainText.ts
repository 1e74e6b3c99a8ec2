export { plainText } from "../../rhombus/redaction/plainText";

/** What stands for a name where there is none. */
export const UNNAMED = "(unnamed)";
