/** A refusal by the core, as opposed to an error of the API. The message states what happened and what to do next. */
export class LifecycleError extends Error {
  /** The name of the error class. */
  override readonly name = "LifecycleError";
}
