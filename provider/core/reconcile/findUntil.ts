import type { FindOptions, Observed, Query } from "../resource/definition";
import { type Polling, poll } from "../resource/polling";
import type { Run } from "../resource/run";
import type { Values } from "../schema/values";

/** The part of a run that finds objects. */
type FindRun = Pick<Run, "definition" | "api" | "polling">;

/** The options of a search. */
export interface FindUntilOptions extends Omit<FindOptions, "fresh" | "fields"> {
  /** The first read starts after this call; later ones always do. Default true. */
  readonly fresh?: boolean;
  /** The fields to read. Default: none, only whether the object is there. */
  readonly fields?: ReadonlySet<string>;
  /** Accepts a reading. The last one counts even if it is not accepted. */
  until(found: readonly Observed[]): boolean;
  /** The polling time. Default: that of the operation. */
  readonly polling?: Polling;
}

/**
 * Finds objects, and reads again until a reading is accepted, because reads may lag behind writes. A read whose answer
 * proves nothing is repeated in the same way.
 * @param run The resource and the API.
 * @param query The objects to find.
 * @param options How to find them.
 * @throws The error of the last read if its answer proves nothing, and every other error of a read at once.
 */
export async function findUntil(
  { definition, api, polling: usual }: FindRun,
  query: Query,
  { until, polling = usual, fresh = true, fields = new Set(), ...options }: FindUntilOptions,
): Promise<readonly Observed[]> {
  const read = async (isFresh: boolean) => {
    try {
      return { found: await definition.find(api, query, { ...options, fields, fresh: isFresh }) };
    } catch (silence) {
      if (!api.isInconclusive(silence)) throw silence;
      return { silence };
    }
  };
  const last = await poll(
    polling,
    await read(fresh),
    (reading) => "silence" in reading || !until(reading.found),
    () => read(true),
  );
  if ("silence" in last) throw last.silence;
  return last.found;
}

/**
 * Finds one object. It counts as gone only if all reads of the polling time agree.
 * @param run The resource and the API.
 * @param query The object to find.
 * @param options How to find it.
 */
export async function findOne(
  run: FindRun,
  query: Query,
  options: Omit<FindUntilOptions, "until">,
): Promise<Observed | undefined> {
  const [found] = await findUntil(run, query, { ...options, until: ({ length }) => length > 0 });
  return found;
}

/**
 * Tests if an object is gone after its delete. Reads that lag may still show it for a while.
 * @param run The resource and the API.
 * @param id The object's id.
 * @param removed The inputs and outputs in the state, and what the program declares in the object's place, if anything.
 */
export async function isGone(
  run: FindRun,
  id: string,
  { prior, successor = {} }: { readonly prior: Values; readonly successor: Values | undefined },
): Promise<boolean> {
  const options = { prior, removed: { successor }, until: ({ length }: readonly Observed[]) => length === 0 };
  return (await findUntil(run, { id }, options)).length === 0;
}
