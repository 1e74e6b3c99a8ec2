import { RhombusError } from "../../rhombus/errors/rhombusError";

/**
 * True if Rhombus refused a request for its content.
 * @param error The error of a call.
 */
export function isRefusedRequest(error: unknown): boolean {
  return error instanceof RhombusError && (error.kind === "badRequest" || error.kind === "domain");
}
