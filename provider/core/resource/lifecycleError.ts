import type { Path } from "../schema/values";

/** The reasons for which the core refuses an operation. */
export type Obstacle =
  | "conflict"
  | "exists"
  | "gone"
  | "ambiguous"
  | "twoResources"
  | "unknownKey"
  | "otherOrganization"
  | "unknownOrganization"
  | "newerState"
  | "remains"
  | "unseen"
  | "damagedState";

/** A refusal by the core, as opposed to an error of the API. */
export class LifecycleError extends Error {
  /** The name of the error class. */
  override readonly name = "LifecycleError";

  /**
   * Creates the error.
   * @param obstacle The reason.
   * @param message What happened and what to do next, for the user.
   * @param paths For conflicts: the properties concerned.
   */
  constructor(
    readonly obstacle: Obstacle,
    message: string,
    readonly paths: readonly Path[] = [],
  ) {
    super(message);
  }
}
