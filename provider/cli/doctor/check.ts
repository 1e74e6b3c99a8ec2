/** The result of a check. `unknown`: the check could not be made, because another one failed. */
export type CheckResult = "ok" | "warning" | "failed" | "unknown";

/** A check that was made. */
export interface Check {
  /** The subject, in a word or two. */
  readonly name: string;
  /** The result. */
  readonly verdict: CheckResult;
  /** The details, without secrets. */
  readonly text: string;
  /** The remedy, as sentences. */
  readonly remedy?: string;
}

/** A setting and its source. */
export interface ShownSetting {
  /** The name without the prefix `rhombus:`. */
  readonly name: string;
  /** The value; masked if it is a secret. */
  readonly value: string;
  /** The source of the value. */
  readonly source: string;
}

/** The result of all checks. */
export interface Diagnosis {
  /** True if no check failed. */
  readonly ok: boolean;
  /** The checks, in order. */
  readonly checks: readonly Check[];
  /** The settings; empty if they are not valid. */
  readonly settings: readonly ShownSetting[];
}

/**
 * Creates a check.
 * @param name The subject.
 * @param text The details.
 * @param remedy The remedy. Default: none.
 */
type CheckMaker = (name: string, text: string, remedy?: string) => Check;

function makerOf(verdict: CheckResult): CheckMaker {
  return (name, text, remedy) => ({ name, verdict, text, ...(remedy === undefined ? {} : { remedy }) });
}

/** A check with the result `ok`. */
export const fine = makerOf("ok");

/** A check whose failure stops every deployment. */
export const failed = makerOf("failed");

/** A check whose result stops no deployment. */
export const warned = makerOf("warning");

/** A check that could not be made. */
export const unknown = makerOf("unknown");
