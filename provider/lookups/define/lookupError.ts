import { RunError } from "@pulumi/pulumi";
import { LifecycleError } from "../../core/resource/lifecycleError";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { SettingsError } from "../../rhombus/settings/settingsError";

/**
 * The reason why a look-up failed.
 * `notFound`: no object matches. `ambiguous`: several objects match. `mistake`: the arguments are invalid. `settings`: the
 * settings are missing or invalid; `cause` is a `SettingsError`. `organization`: the key belongs to another organization
 * than the settings name, or may not read its organization. `rhombus`: a call failed; `cause` is a `RhombusError`.
 */
export type LookupFailure = "notFound" | "ambiguous" | "mistake" | "settings" | "organization" | "rhombus";

/**
 * The error of a look-up. Its message contains the remedy and no secret; Pulumi shows it without a stack. A program can
 * catch it and test `reason`.
 */
export class LookupError extends RunError {
  /** The name of the class. */
  override readonly name = "LookupError";

  /**
   * Creates the error.
   * @param lookup The function that was called, such as `getUser`.
   * @param reason The reason.
   * @param message The problem and the remedy, without secrets.
   * @param cause The error that caused it, without secrets. Default: none.
   */
  constructor(
    readonly lookup: string,
    readonly reason: LookupFailure,
    message: string,
    cause?: Error,
  ) {
    super(`${lookup}: ${message}`, cause === undefined ? undefined : { cause });
    for (const error of cause === undefined ? [this] : [this, cause]) removeFrames(error, FRAME_BESIDE_PROGRAM);
  }
}

/** An error from inside a look-up, before the name of the function is known. {@link toLookupError} adds it. */
export class SearchError extends Error {
  /** The name of the class. */
  override readonly name = "SearchError";

  /**
   * Creates the error.
   * @param reason The reason.
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
 * Refuses an argument that is not a text or only contains spaces.
 * @param name The argument's name.
 * @param text The argument.
 * @throws SearchError that names the argument.
 */
export function refuseBlank(name: string, text: unknown): void {
  if (typeof text === "string" && text.trim() !== "") return;
  throw new SearchError("mistake", `${name} must not be blank.`);
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
  if (error instanceof Error) removeFrames(error, HANGING_FRAME);
  return error;
}

/**
 * A frame on which some versions of Node, 20.20.2 among them, hang for minutes while they colour the stack (nodejs/node#64011):
 * its file stands directly under `node_modules`, as Pulumi's source maps name its SDK: `node_modules/@pulumi/output.ts`. Pulumi
 * colours the stack of every error that ends a program, even if it does not show it.
 */
const HANGING_FRAME = /[\\/]node_modules[\\/](?:@[^\\/]*[\\/])?[^\\/]*$/;

/** A frame of an installed package or of Node. Pulumi shows the stack of an error that occurs after the program's last line. */
const FRAME_BESIDE_PROGRAM = /[\\/]node_modules[\\/]|\bnode:/;

function removeFrames(error: Error, removed: RegExp): void {
  if (error.stack === undefined) return;
  const [first = "", ...frames] = error.stack.split(/\n(?= *at )/);
  error.stack = [first, ...frames.filter((frame) => !removed.test(frame))].join("\n");
}
