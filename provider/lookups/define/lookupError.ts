import { RunError } from "@pulumi/pulumi";
import { LifecycleError } from "../../core/resource/lifecycleError";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { SettingsError } from "../../rhombus/settings/settingsError";
import { type LookupFailure, SearchError } from "./searchError";

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
