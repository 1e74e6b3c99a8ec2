import { monotonicMs } from "../../clock";
import { inputsOf, type Latest, type Observed } from "../resource/definition";
import type { Delay } from "../resource/errors";
import { wasCarriedOut } from "./callEffect";
import { differences, mergeOthersChanges } from "./merge";
import { isShown, type Reconciliation, reread } from "./reconciliation";

/** The maximum age of a reading from which a write is sent, in milliseconds. An older one is read again. */
const STALE_MS = 1_000;

/** A call that overwrites a whole object, see `WriteContext.resend`. */
interface Call {
  /** The names of the fields that the call writes. */
  readonly fields: readonly string[];
  /** The names of the fields that have to change. */
  readonly changed: ReadonlySet<string>;
  /** Makes the call, from the latest reading. */
  send(latest: Latest): Promise<unknown>;
}

/**
 * Makes a call, and makes it again after a failure as the retry policy allows. A read after the pause, directly before the
 * next call, shows what others have changed.
 * @param work The reconciliation.
 * @param call The call.
 * @returns The object, if a read has shown that a call without an answer was carried out.
 * @throws The error of the last call.
 */
export async function resend(work: Reconciliation, call: Call): Promise<Observed | undefined> {
  const { api, polling } = work.run;
  const retries = api.retries();
  const isStale = monotonicMs() - work.readAt > STALE_MS;
  let carriedOut = isStale ? await readEffect(work, call, { kind: "prepared" }) : undefined;
  while (carriedOut === undefined) {
    try {
      if (work.progress === "nothing") work.progress = "sent";
      await call.send({ observed: work.observed, desired: inputsOf(work.desired) });
      return undefined;
    } catch (error) {
      const pauseMs = retries.pauseAfter(error);
      if (pauseMs === undefined) throw error;
      await polling.sleep(pauseMs);
      const isLost = api.outcomeOf(error) === "unknown";
      const delay: Delay = isLost
        ? { kind: "lost", error, mayComeLate: api.mayComeLate(error) }
        : { kind: "refused", error };
      carriedOut = await readEffect(work, call, delay);
    }
  }
  return carriedOut;
}

/**
 * Reads the object after a delay. Returns it if the call was carried out; otherwise merges what others have changed, for
 * the next call. Rejects if the call must not be made again.
 */
async function readEffect(work: Reconciliation, call: Call, delay: Delay): Promise<Observed | undefined> {
  const { fields, changed } = call;
  const missing = (observed: Observed) => differences(work, observed).filter(([name]) => fields.includes(`${name}`));
  // The first write of a singleton creates the object, so there may be none.
  const existed = work.origin !== "initial" ? "object" : work.progress === "written" ? "ownWrites" : "nothing";
  const isExpected = (observed: Observed | undefined) => {
    if (delay.kind !== "lost") return existed === "nothing" || isShown(observed);
    return isShown(observed) && missing(observed).length === 0;
  };
  const read = () => reread(work, isExpected);
  // If a second read fails as well, the effect of the call is unknown, and the error of the call stands.
  const observed = await read()
    .catch(read)
    .catch((failure: unknown) => Promise.reject(delay.kind === "prepared" ? failure : delay.error));
  const written = new Set(fields.filter((name) => changed.has(name)));
  const isCarriedOut = wasCarriedOut(work, { existed, written, missing }, observed, delay);
  if (observed !== undefined) work.observed = observed;
  if (isCarriedOut) work.progress = "written";
  else mergeOthersChanges(work);
  return isCarriedOut ? observed : undefined;
}
