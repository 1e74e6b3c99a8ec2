/** The events in which a process tells of an error that nobody has caught. */
const EVENTS = ["uncaughtException", "unhandledRejection"] as const;

/** What is needed of a process to hear of them. */
interface Listened {
  listenerCount(event: string): number;
  prependListener(event: (typeof EVENTS)[number], listener: (error: unknown) => void): unknown;
}

/**
 * Takes secrets out of errors that nobody has caught, before the SDK's listeners write them to stderr, where the user and
 * the logs of a build see them.
 * @param process The process.
 * @param redact What takes the known secrets out of a text.
 */
export function redactUncaught(process: Listened, redact: (text: string) => string): void {
  for (const event of EVENTS) {
    // A listener where there is none would keep alive what the error should end.
    if (process.listenerCount(event) > 0) process.prependListener(event, (error) => clean(error, redact));
  }
}

function clean(error: unknown, redact: (text: string) => string): void {
  if (!(error instanceof Error)) return;
  for (const name of ["message", "stack"] as const) {
    const text = error[name];
    if (typeof text === "string") Reflect.set(error, name, redact(text));
  }
}
