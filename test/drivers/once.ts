import type { LoggedRequest } from "../../provider/emulator";

/**
 * An `onRequest` of the emulator that runs `act` once: before the first call of the operation after `arm()`.
 * @param operation The operation.
 * @param act The action.
 */
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
