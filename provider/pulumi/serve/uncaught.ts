/** The events in which a process tells of an error that nobody has caught. */
const EVENTS = ["uncaughtException", "unhandledRejection"] as const;

type Listener = (...args: unknown[]) => void;

/** What is needed of a process to hear of them. */
interface Listened {
  listeners(event: (typeof EVENTS)[number]): readonly unknown[];
  removeAllListeners(event: (typeof EVENTS)[number]): unknown;
  on(event: (typeof EVENTS)[number], listener: Listener): unknown;
}

/**
 * Takes secrets out of errors that nobody has caught, before the SDK's listeners write them to stderr, where the user and
 * the logs of a build see them. Those who listen now get all that is thrown without secrets, also where it is no error.
 * @param process The process.
 * @param redact What takes the known secrets out of a text.
 */
export function redactUncaught(process: Listened, redact: (text: string) => string): void {
  // One error may come with both events, and the SDK shows it once.
  const substitutes = new WeakMap<object, Error>();
  for (const event of EVENTS) {
    const listeners = process.listeners(event);
    process.removeAllListeners(event);
    // Where nobody listens, a listener would keep alive what the error should end.
    for (const listener of listeners) {
      if (typeof listener !== "function") continue;
      process.on(event, (thrown, ...others) => {
        Reflect.apply(listener, process, [clean(thrown, redact, substitutes), ...others]);
      });
    }
  }
}

function clean(thrown: unknown, redact: (text: string) => string, substitutes: WeakMap<object, Error>): unknown {
  if (typeof thrown === "string") return redact(thrown);
  if (typeof thrown !== "object" || thrown === null) return thrown;
  const known = substitutes.get(thrown);
  if (known !== undefined) return known;
  try {
    for (const name of ["message", "stack"]) {
      const text: unknown = Reflect.get(thrown, name);
      if (typeof text === "string" && redact(text) !== text) Reflect.set(thrown, name, redact(text));
    }
    const shown = shownOf(thrown);
    if (redact(shown) === shown) return thrown;
    return substituteFor(thrown, redact(shown), substitutes);
  } catch {
    return substituteFor(thrown, "an error that cannot be shown", substitutes);
  }
}

/** The text that the SDK writes. */
function shownOf(thrown: object): string {
  const { stack, message } = { stack: Reflect.get(thrown, "stack"), message: Reflect.get(thrown, "message") };
  return String(stack || message || thrown);
}

/** For what cannot be changed. */
function substituteFor(thrown: object, text: string, substitutes: WeakMap<object, Error>): Error {
  const substitute = new Error(text);
  substitute.stack = text;
  substitutes.set(thrown, substitute);
  return substitute;
}
