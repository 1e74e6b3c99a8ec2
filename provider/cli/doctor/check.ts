/** The result of a check. `unknown`: the check could not be made, because another one failed. */
export type Verdict = "ok" | "warning" | "failed" | "unknown";

/** A check that was made. */
export interface Check {
  /** The subject, in a word or two. */
  readonly name: string;
  /** The result. */
  readonly verdict: Verdict;
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
  /** Whether no check has failed. */
  readonly ok: boolean;
  /** The checks, in order. */
  readonly checks: readonly Check[];
  /** The settings; empty if they are not valid. */
  readonly settings: readonly ShownSetting[];
}

/**
 * A check with the result `ok`.
 * @param name The subject.
 * @param text The details.
 */
export function fine(name: string, text: string): Check {
  return { name, verdict: "ok", text };
}

/**
 * A check whose failure stops every deployment.
 * @param name The subject.
 * @param text The details.
 * @param remedy The remedy. Default: none.
 */
export function failed(name: string, text: string, remedy?: string): Check {
  return { name, verdict: "failed", text, ...(remedy === undefined ? {} : { remedy }) };
}

/**
 * A check whose result stops no deployment.
 * @param name The subject.
 * @param text The details.
 * @param remedy The remedy. Default: none.
 */
export function warned(name: string, text: string, remedy?: string): Check {
  return { name, verdict: "warning", text, ...(remedy === undefined ? {} : { remedy }) };
}

/**
 * A check that could not be made.
 * @param name The subject.
 * @param text The reason.
 */
export function unknown(name: string, text: string): Check {
  return { name, verdict: "unknown", text };
}
