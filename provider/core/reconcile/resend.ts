import type { Connection } from "../resource/definition";
import type { Delay } from "../resource/errors";
import type { Polling } from "../resource/polling";

/** A call that must not be repeated without a read, because it could undo what others do meanwhile. */
interface Resendable<T> {
  /** Makes the call, from the latest reading. */
  sendWrite(): Promise<T>;
  /** True if the latest reading is too old to make the call from it. */
  isStale(): boolean;
  /**
   * Reads whether the call was carried out.
   * @param delay The reason for the read.
   * @returns The result of the call; `undefined` if the call is to be made again. Rejects if it must not be.
   */
  checkEffect(delay: Delay): Promise<T | undefined>;
}

/** The means to repeat a call. */
export interface ResendMeans {
  /** The retry policy. */
  readonly api: Pick<Connection, "outcomeOf" | "mayComeLate" | "retries">;
  /** The clock. */
  readonly polling: Pick<Polling, "sleep">;
}

/**
 * Makes a call, and makes it again after a failure as the retry policy allows. A read after the pause, directly before the
 * next call, shows what others have changed.
 * @param means The retry policy and the clock.
 * @param call The call.
 * @throws The error of the last call.
 */
export async function resend<T>(
  { api, polling }: ResendMeans,
  { sendWrite, isStale, checkEffect }: Resendable<T>,
): Promise<T> {
  const retries = api.retries();
  let done = isStale() ? await checkEffect({ kind: "prepared" }) : undefined;
  while (done === undefined) {
    try {
      return await sendWrite();
    } catch (error) {
      const pauseMs = retries.pauseAfter(error);
      if (pauseMs === undefined) throw error;
      await polling.sleep(pauseMs);
      const isLost = api.outcomeOf(error) === "unknown";
      done = await checkEffect(
        isLost ? { kind: "lost", error, mayComeLate: api.mayComeLate(error) } : { kind: "refused", error },
      );
    }
  }
  return done;
}
