import { RunError } from "@pulumi/pulumi";
import { LifecycleError } from "../../core/resource/definition";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { SettingsError } from "../../rhombus/settings/settingsError";
import { makeInspectable } from "./inspectable";

export type { ErrorFacts, ErrorKind, Outcome, RetryClass } from "../../rhombus/errors/rhombusError";
export type { SettingsProblem } from "../../rhombus/settings/settingsError";
export { RhombusError, SettingsError };

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
   * Creates the error.
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

/** An error from inside a look-up, before the name of the function is known. {@link toLookupError} adds it. */
export class SearchError extends Error {
  /** The name of this kind of error. */
  override readonly name = "SearchError";

  /**
   * Creates the error.
   * @param reason The kind of failure.
   * @param message The problem and the remedy.
   */
  constructor(
    readonly reason: LookupFailure,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The error that a program gets for one from inside a look-up.
 * @param lookup The function that was called.
 * @param error The error. One that is not of this package, such as a programming error, is returned itself.
 * @param redact Removes secrets from a text.
 */
export function toLookupError(lookup: string, error: unknown, redact: (text: string) => string): unknown {
  if (error instanceof SearchError) return new LookupError(lookup, error.reason, redact(error.message));
  if (error instanceof LifecycleError) return new LookupError(lookup, "organization", redact(error.message));
  if (error instanceof RhombusError) return new LookupError(lookup, "rhombus", error.message, error);
  if (error instanceof SettingsError) return new LookupError(lookup, "settings", error.message, error);
  if (error instanceof Error) makeInspectable(error);
  return error;
}
