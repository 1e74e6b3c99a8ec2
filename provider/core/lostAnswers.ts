import type { Connection, Definition, Observed } from "./definition";
import { changedMeanwhile, holdsEntries, madeMeanwhile } from "./doubts";
import { type Fields, fieldsOf } from "./field";
import { lackingIn } from "./hidden";
import { goneError } from "./objections";
import type { Patience } from "./patience";
import type { Path, Values } from "./values";

/** How often a write is sent while its answers are lost. */
const ATTEMPTS = 3;

/** What can be done about a write whose answer may be lost. */
interface Repeating<T> {
  /** Sends it, with what the latest look has shown. */
  send(): Promise<T>;
  /**
   * Looks afresh whether it has arrived: what it came to, or `undefined` when it is to be sent again. It throws when that
   * must not be.
   * @param lost Why there was no answer.
   */
  arrived(lost: unknown): Promise<T | undefined>;
}

/**
 * Sends a write that must not simply be repeated after a lost answer: what the vendor may have added by then has to be read
 * before it can be sent along. The reading comes after the pause that the API asks for, right before the next try.
 * @param run The API, and how to wait.
 * @param repeating How to send, and how to look.
 * @throws The error of the last try.
 */
export async function insist<T>(
  { api, patience }: { readonly api: Connection; readonly patience: Patience },
  { send, arrived }: Repeating<T>,
): Promise<T> {
  for (let sent = 1; ; sent++) {
    try {
      return await send();
    } catch (error) {
      if (sent === ATTEMPTS || api.outcomeOf(error) !== "unknown") throw error;
      await patience.sleep(api.retryDelayMs(error, sent));
      const done = await arrived(error);
      if (done !== undefined) return done;
    }
  }
}

/** A write whose answer was lost, as the convergence knows it. */
export interface LostWrite<Raw> {
  /** The resource. */
  readonly definition: Pick<Definition<Connection, Fields, Raw>, "fields" | "lacks">;
  /** The object in words. */
  readonly said: string;
  /** What was there before: nothing, nothing but what this operation has written, or the object. */
  readonly before: "nothing" | "ours" | "object";
  /** The object as last seen before the write. */
  readonly observed: Observed<Raw>;
  /** The inputs that the program declares. */
  readonly declared: Values;
  /** Every field as it is to be. */
  readonly wished: Values;
  /** The names of the fields that have to change. */
  readonly changed: ReadonlySet<string>;
  /** The inputs and outputs that the state held. */
  readonly known: Values;
  /** What the answers of earlier writes showed. */
  readonly answered: Values;
  /** The declared paths at which an observation is not what was wished for. */
  differences(seen: Observed<Raw>): Path[];
}

/**
 * Whether a write whose answer was lost is seen to be done. Refuses to go on over what somebody else has done since.
 * @param write The write.
 * @param seen What is there now.
 * @param lost Why there was no answer.
 * @throws LifecycleError when the write must not be sent again.
 */
export function hasArrived<Raw>(write: LostWrite<Raw>, seen: Observed<Raw> | undefined, lost: unknown): boolean {
  const { definition, said, before, changed } = write;
  const isNew = before === "nothing";
  if (seen === undefined && before === "object") throw goneError(said);
  if (seen === undefined) return false;
  if (isNew && isForeign(write, seen)) throw madeMeanwhile(said, lost);
  const conflicts = isNew ? [] : changedSince(write, seen);
  if (conflicts.length > 0) throw changedMeanwhile(said, conflicts, lost);
  const isUnread = fieldsOf(definition.fields).some(([name, field]) => field.unread && changed.has(name));
  if (!isNew && isUnread) return false;
  if (write.differences(seen).length > 0) return false;
  const outputs = { ...write.known, ...seen.outputs, ...write.answered };
  return lackingIn(definition, outputs).length === 0;
}

/** Whether what is seen in the place of a blank is not what was sent. */
function isForeign<Raw>(write: LostWrite<Raw>, seen: Observed<Raw>): boolean {
  if (write.differences(seen).length > 0) return true;
  return fieldsOf(write.definition.fields).some(([name, field]) => {
    const [wished, live] = [write.wished[name], field.canonical(seen.values[name])];
    if (wished === undefined) return holdsEntries(live);
    return field.unread === true && live !== undefined && !field.equal(wished, live);
  });
}

/** Where what is seen is neither what was there before the write nor what was written. */
function changedSince<Raw>({ definition, observed, wished, declared }: LostWrite<Raw>, seen: Observed<Raw>): Path[] {
  const conflicts: Path[] = [];
  const notes = { kept: () => {}, conflict: (path: Path) => conflicts.push(path) };
  for (const [name, field] of fieldsOf(definition.fields)) {
    const [base, live] = [observed, seen].map(({ values }) => field.canonical(values[name]));
    field.merge({ base, declared: wished[name], live }, [name], notes, declared);
  }
  return conflicts;
}
