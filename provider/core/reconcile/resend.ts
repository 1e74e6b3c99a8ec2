import type { Connection, Definition, Observed } from "../resource/definition";
import { goneError } from "../resource/lifecycleErrors";
import { changedMeanwhile, type Delay, holdsEntries, madeMeanwhile, underWay } from "../resource/outcomeErrors";
import type { Polling } from "../resource/polling";
import { fieldsOf } from "../schema/field";
import type { Path, Values } from "../schema/values";
import { missingOutputsIn } from "../state/metadata";

/** How often a write is sent while its answers are lost. */
const ATTEMPTS = 3;

/** How long all pauses between the tries of one write may take, in milliseconds: others wait for its lock. */
const LONGEST_PAUSES_MS = 300_000;

/** How old a reading may be when the write that is made from it goes out, in milliseconds. */
const FRESH_MS = 1_000;

/**
 * Whether a reading is too old for a write that is made from it.
 * @param readAt When it was made, on the clock that only goes forward.
 */
export function isOld(readAt: number): boolean {
  return performance.now() - readAt > FRESH_MS;
}

/** What can be done about a write whose answer may be lost. */
interface Repeating<T> {
  /** Sends it, with what the latest look has shown. */
  send(): Promise<T>;
  /** Whether what it holds is too old to be sent without a look. */
  isOld(): boolean;
  /**
   * Looks afresh whether it has arrived: what it came to, or `undefined` when it is to be sent again. It throws when that
   * must not be.
   * @param delay Why there is a look.
   */
  arrived(delay: Delay): Promise<T | undefined>;
}

/** What a write is repeated with. */
export interface Insisting {
  /** What is said of failures. */
  readonly api: Pick<Connection, "outcomeOf" | "mayBeMadeAgain" | "mayComeLate" | "retryDelayMs" | "announceWait">;
  /** How to wait. */
  readonly polling: Pick<Polling, "sleep">;
}

/**
 * Sends a write that must not simply be repeated: what has been added since it was made, by the vendor or by somebody else,
 * has to be read before it can be sent along. The reading comes after the pause that the API asks for, right before the next
 * try.
 * @param insisting What is said of failures, and how to wait.
 * @param repeating How to send, and how to look.
 * @throws The error of the last try.
 */
export async function resend<T>(
  { api, polling }: Insisting,
  { send, isOld: isOldByNow, arrived }: Repeating<T>,
): Promise<T> {
  let done = isOldByNow() ? await arrived({ kind: "prepared" }) : undefined;
  let [lost, refused, pausesMs] = [0, 0, 0];
  while (done === undefined) {
    try {
      return await send();
    } catch (error) {
      const isLost = api.outcomeOf(error) === "unknown";
      const isAgain = isLost ? ++lost < ATTEMPTS : api.mayBeMadeAgain(error, refused++);
      const pauseMs = api.retryDelayMs(error, lost + refused);
      pausesMs += pauseMs;
      if (!isAgain || pausesMs > LONGEST_PAUSES_MS) throw error;
      api.announceWait(error);
      await polling.sleep(pauseMs);
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
  const notes = { kept: () => {}, conflict: (path: Path) => conflicts.push(path) };
  for (const [name, field] of fieldsOf(definition.fields)) {
    const [base, live] = [observed, seen].map(({ values }) => field.canonical(values[name]));
    field.merge({ base, declared: desired[name], live }, [name], notes, declared);
  }
  return conflicts;
}
