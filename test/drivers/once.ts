import type { LoggedRequest } from "../../provider/emulator";

/**
 * Does something once, when an operation is called after `arm`, before it is carried out.
 * @param operation The operation.
 * @param act What to do.
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
