import type { Emulator, LoggedRequest } from "../../provider/emulator";

/** The names of the operations that were called since the log was cleared. */
export function calls(emulator: Emulator): string[] {
  return emulator.requests().map(({ operation }) => operation ?? "unknown path");
}

/** The number of calls of an operation since the log was cleared. */
export function count(emulator: Emulator, operation: string): number {
  return calls(emulator).filter((each) => each === operation).length;
}

/** The names of the operations that write and were called since the log was cleared. */
export function writes(emulator: Emulator): string[] {
  return calls(emulator).filter((operation) => /^(?:create|update|delete|add|remove)/.test(operation));
}

/** An `onRequest` of the emulator that runs `act` once: before the first call of the operation after `arm()`. */
export function once(operation: string, act: () => void) {
  let armed = false;
  return {
    arm: () => {
      armed = true;
    },
    onRequest: (request: LoggedRequest) => {
      if (!armed || request.operation !== operation) return;
      armed = false;
      act();
    },
  };
}
