import type { Values } from "../schema/values";

/** The content of a {@link PartialError}. */
export interface PartialFailure {
  /** The id of the object that exists. */
  readonly id: string;
  /** The new state. Paths that could not be verified have the prior values. */
  readonly state: Values;
  /** The differences from the declared inputs, and what to do, one sentence each. */
  readonly reasons: readonly string[];
}

/** The object was created or changed, but not as declared. The state must hold it, so that the next deployment continues from it. */
export class PartialError extends Error {
  /** The name of the error class. */
  override readonly name = "PartialError";

  /**
   * Creates the error.
   * @param partial The object and the differences.
   */
  constructor(readonly partial: PartialFailure) {
    super(partial.reasons.join(" "));
  }
}
