import { RunError } from "@pulumi/pulumi";
import { makeInspectable } from "./inspectable";

export {
  type ErrorFacts,
  type ErrorKind,
  type Outcome,
  type RetryClass,
  RhombusError,
} from "../../rhombus/errors/rhombusError";
export { SettingsError, type SettingsProblem } from "../../rhombus/settings/settingsError";

/**
 * Why a look-up has no answer.
 * `notFound`: nothing fits. `ambiguous`: several fit. `mistake`: the arguments cannot be right. `settings`: the settings
 * cannot be used; `cause` is a `SettingsError`. `organization`: the key opens another organization than the settings name.
 * `rhombus`: a call failed; `cause` is a `RhombusError`.
 */
export type LookupFailure = "notFound" | "ambiguous" | "mistake" | "settings" | "organization" | "rhombus";

/**
 * A look-up without an answer. Its message says what to do and holds no secret; Pulumi shows it without a stack. Programs
 * can catch it and look at `reason`.
 */
export class LookupError extends RunError {
  /** The name of this kind of error. */
  override readonly name = "LookupError";

  /**
   * Says why there is no answer.
   * @param lookup The function that was called, such as `getUser`.
   * @param reason Why it has no answer.
   * @param message What happened and what to do, without secrets.
   * @param cause The error behind it, if there is one; without secrets too.
   */
  constructor(
    readonly lookup: string,
    readonly reason: LookupFailure,
    message: string,
    cause?: Error,
  ) {
    super(`${lookup}: ${message}`, cause === undefined ? undefined : { cause });
    for (const error of cause === undefined ? [this] : [this, cause]) makeInspectable(error);
  }
}

/** A look-up finds no answer. Whoever runs the look-up makes a {@link LookupError} of it. */
export class Unanswered extends Error {
  /** The name of this kind of error. */
  override readonly name = "Unanswered";

  /**
   * Gives up.
   * @param reason Why there is no answer.
   * @param message What happened and what to do.
   */
  constructor(
    readonly reason: LookupFailure,
    message: string,
  ) {
    super(message);
  }
}
