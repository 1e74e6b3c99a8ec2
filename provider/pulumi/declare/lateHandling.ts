import { RunError } from "@pulumi/pulumi";

let isListening = false;

/**
 * Prevents Node's `PromiseRejectionHandledWarning` for a {@link RunError}. Pulumi waits for outputs one after the other: one
 * that fails while it waits for another is unhandled at first, so the error is shown, and is handled later.
 */
export function preventLateHandlingWarnings(): void {
  if (isListening) return;
  isListening = true;
  // Node emits the warning itself only if nobody listens.
  process.on("rejectionHandled", (promise) => {
    promise.catch((reason: unknown) => {
      if (RunError.isInstance(reason) || process.listenerCount("rejectionHandled") > 1) return;
      process.emitWarning("Promise rejection was handled asynchronously", "PromiseRejectionHandledWarning");
    });
  });
}
