/** How a check came out. `unknown`: it could not be made, because of something else that is not in order. */
export type Verdict = "ok" | "warning" | "failed" | "unknown";

/** One thing that was looked at. */
export interface Check {
  /** What was looked at, in a word or two. */
  readonly name: string;
  /** How it came out. */
  readonly verdict: Verdict;
  /** What was found, without secrets. */
  readonly said: string;
  /** What to do about it, as sentences. */
  readonly remedy?: string;
}

/** A setting and where it comes from. */
export interface ShownSetting {
  /** Its name, as it stands behind `rhombus:` in the stack config. */
  readonly name: string;
  /** Its value, masked where it is a secret. */
  readonly value: string;
  /** Where it comes from. */
  readonly source: string;
}

/** All that was found. */
export interface Diagnosis {
  /** Whether a deployment would work, as far as reading can tell. */
  readonly ok: boolean;
  /** What was looked at, in order. */
  readonly checks: readonly Check[];
  /** The settings. Empty where none can be used. */
  readonly settings: readonly ShownSetting[];
}

/**
 * Something in order.
 * @param name What was looked at.
 * @param said What was found.
 */
export function fine(name: string, said: string): Check {
  return { name, verdict: "ok", said };
}

/**
 * Something with which no deployment works.
 * @param name What was looked at.
 * @param said What was found.
 * @param remedy What to do about it.
 */
export function failed(name: string, said: string, remedy?: string): Check {
  return { name, verdict: "failed", said, ...(remedy === undefined ? {} : { remedy }) };
}

/**
 * Something that a person should know of, and that stops nothing.
 * @param name What was looked at.
 * @param said What was found.
 * @param remedy What to do about it.
 */
export function warned(name: string, said: string, remedy?: string): Check {
  return { name, verdict: "warning", said, ...(remedy === undefined ? {} : { remedy }) };
}

/**
 * Something that could not be looked at.
 * @param name What was to be looked at.
 * @param said Why not.
 */
export function unknown(name: string, said: string): Check {
  return { name, verdict: "unknown", said };
}
