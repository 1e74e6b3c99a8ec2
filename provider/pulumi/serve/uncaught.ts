/** The events of a process for uncaught errors. */
const EVENTS = ["uncaughtException", "unhandledRejection"] as const;

type Listener = (...args: unknown[]) => void;

/** The members of a process that are used here. */
interface ErrorSource {
  listeners(event: (typeof EVENTS)[number]): readonly unknown[];
  removeAllListeners(event: (typeof EVENTS)[number]): unknown;
  on(event: (typeof EVENTS)[number], listener: Listener): unknown;
}

/**
 * Redacts uncaught errors before the SDK's listeners write them to stderr. It wraps the listeners that are registered now;
 * they receive any thrown value, even one that is not an error, without secrets.
 * @param process The process.
 * @param redact Replaces the known secrets in a text.
 */
export function redactUncaught(process: ErrorSource, redact: (text: string) => string): void {
  // One error may occur in both events. The SDK recognizes it and shows it once, so it must have one substitute.
  const substitutes = new WeakMap<object, Error>();
  for (const event of EVENTS) {
    const listeners = process.listeners(event);
    process.removeAllListeners(event);
    // An event without listeners gets none: a listener would keep the process alive that the error should end.
    for (const listener of listeners) {
      if (typeof listener !== "function") continue;
      process.on(event, (thrown, ...others) => {
        Reflect.apply(listener, process, [redacted(thrown, redact, substitutes), ...others]);
      });
    }
  }
}

function redacted(thrown: unknown, redact: (text: string) => string, substitutes: WeakMap<object, Error>): unknown {
  if (typeof thrown === "string") return redact(thrown);
  if (typeof thrown !== "object" || thrown === null) return thrown;
  const known = substitutes.get(thrown);
  if (known !== undefined) return known;
  // The text that the SDK writes to stderr.
  const text = String(Reflect.get(thrown, "stack") || Reflect.get(thrown, "message") || thrown);
  if (redact(text) === text) return thrown;
  const substitute = new Error(redact(text));
  substitute.stack = redact(text);
  substitutes.set(thrown, substitute);
  return substitute;
}
