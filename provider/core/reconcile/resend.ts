import type { Connection } from "../resource/definition";
import type { Delay } from "../resource/outcomeErrors";
import type { Polling } from "../resource/polling";

/** A call that must not be repeated without a read, because it could undo what others do meanwhile. */
interface Resendable<T> {
  /** Makes the call, from the latest reading. */
  send(): Promise<T>;
  /** Whether the latest reading is too old to make the call from it. */
  isStale(): boolean;
  /**
   * Reads whether the call was carried out.
   * @param delay The reason for the read.
   * @returns The result of the call; `undefined` if the call is to be made again. Rejects if it must not be.
   */
  arrived(delay: Delay): Promise<T | undefined>;
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
export async function resend<T>({ api, polling }: ResendMeans, { send, isStale, arrived }: Resendable<T>): Promise<T> {
  const retries = api.retries();
  let done = isStale() ? await arrived({ kind: "prepared" }) : undefined;
  while (done === undefined) {
    try {
      return await send();
    } catch (error) {
      const pauseMs = retries.pauseAfter(error);
      if (pauseMs === undefined) throw error;
      await polling.sleep(pauseMs);
      const isLost = api.outcomeOf(error) === "unknown";
      done = await arrived(
        isLost ? { kind: "lost", error, mayComeLate: api.mayComeLate(error) } : { kind: "refused", error },
      );
    }
  }
  return done;
}

/** A write that was delayed, as the convergence knows it. */
export interface DelayedWrite {
  /** The resource. */
  readonly definition: Pick<Definition, "fields" | "missingOutputs">;
  /** The object in words. */
  readonly label: string;
  /** What was there before: nothing, nothing but what this operation has written, or the object. */
  readonly before: "nothing" | "ours" | "object";
  /** The object as last seen before the write. */
  readonly observed: Observed;
  /** The inputs that the program declares. */
  readonly declared: Values;
  /** Every field as it is to be. */
  readonly desired: Values;
  /** The names of the fields that have to change. */
  readonly changed: ReadonlySet<string>;
  /** The inputs and outputs that the state held. */
  readonly prior: Values;
  /** What the answers of earlier writes showed. */
  readonly answered: Values;
  /** The declared paths at which an observation is not what was wished for. */
  differences(seen: Observed): Path[];
}

/**
 * Whether a write that was delayed is seen to be done. Refuses to go on over what somebody else has done since.
 * @param write The write.
 * @param seen What is there now.
 * @param delay What delayed it.
 * @throws LifecycleError when the write must not be sent again.
 */
export function hasArrived(write: DelayedWrite, seen: Observed | undefined, delay: Delay): boolean {
  const { definition, label, before, changed } = write;
  const isNew = before === "nothing";
  if (seen === undefined && before === "object") throw goneError(label);
  if (isNew && seen === undefined && delay.kind === "lost" && delay.mayComeLate) throw underWay(label, delay.error);
  if (seen === undefined) return false;
  if (isNew && (delay.kind !== "lost" || isForeign(write, seen))) throw madeMeanwhile(label, delay);
  const conflicts = isNew ? [] : changedSince(write, seen);
  if (conflicts.length > 0) throw changedMeanwhile(label, conflicts, delay);
  const isUnread = fieldsOf(definition.fields).some(([name, field]) => field.unread && changed.has(name));
  if (!isNew && isUnread) return false;
  if (write.differences(seen).length > 0) return false;
  const outputs = { ...write.prior, ...seen.outputs, ...write.answered };
  return missingOutputsIn(definition, outputs).length === 0;
}

/** Whether what is seen in the place of a blank is not what was sent. */
function isForeign(write: DelayedWrite, seen: Observed): boolean {
  if (write.differences(seen).length > 0) return true;
  return fieldsOf(write.definition.fields).some(([name, field]) => {
    const [desired, live] = [write.desired[name], field.canonical(seen.values[name])];
    if (desired === undefined) return holdsEntries(live);
    return field.unread === true && live !== undefined && !field.equal(desired, live);
  });
}

/** Where what is seen is neither what was there before the write nor what was written. */
function changedSince({ definition, observed, desired, declared }: DelayedWrite, seen: Observed): Path[] {
  const conflicts: Path[] = [];
  const notes = { unplanned: () => {}, conflict: (path: Path) => conflicts.push(path) };
  for (const [name, field] of fieldsOf(definition.fields)) {
    const [base, live] = [observed, seen].map(({ values }) => field.canonical(values[name]));
    field.merge({ base, declared: desired[name], live }, [name], notes, declared);
  }
  return conflicts;
}
