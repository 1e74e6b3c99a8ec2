import type { RhombusError } from "../../rhombus/errors/rhombusError";

/** The result of a check. `unknown`: the check could not be made, because another one failed. */
export type Verdict = "ok" | "warning" | "failed" | "unknown";

/** A check that was made. */
export interface DoctorCheck {
  /** The subject, in a word or two. */
  readonly name: string;
  /** The result. */
  readonly verdict: Verdict;
  /** The details, without secrets. */
  readonly text: string;
  /** The remedy, as sentences. */
  readonly remedy?: string;
}

function checkWith(verdict: Verdict) {
  return (name: string, text: string, remedy?: string): DoctorCheck => {
    return { name, verdict, text, ...(remedy === undefined ? {} : { remedy }) };
  };
}

/** A check with the result `ok`. */
export const passed = checkWith("ok");

/** A check whose failure stops every deployment. */
export const failed = checkWith("failed");

/** A check whose result stops no deployment. */
export const warned = checkWith("warning");

/** A check that could not be made. */
export const unknown = checkWith("unknown");

/**
 * The message of an error and its remedy.
 * @param error The error of a call.
 */
export function partsOf({ summary, remedy }: RhombusError): { readonly text: string; readonly remedy?: string } {
  return { text: summary.replace(/\.$/, ""), ...(remedy === undefined ? {} : { remedy }) };
}
