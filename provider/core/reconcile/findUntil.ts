import type { FindOptions, Observed, Query } from "../resource/definition";
import { type Polling, readUntil } from "../resource/polling";
import type { Run } from "../resource/run";
import type { Values } from "../schema/values";

/** What a look needs of an operation. */
type Looking = Pick<Run, "definition" | "api" | "polling">;

/** How to look, and for what. */
export interface FindUntilOptions extends FindOptions {
  /** Whether a reading is believed at once. One that is not is believed when the polling time is over. */
  until(found: readonly Observed[]): boolean;
  /** How long to poll. Default: the operation's. */
  readonly polling?: Polling;
}

/**
 * Finds objects, with fresh reads until what they show is believed. An answer that proves nothing is polled in the same way.
 * @param run The resource and the API.
 * @param query Which ones.
 * @param options How to look, and until when.
 * @throws The error of the last answer, where that proves nothing.
 */
export async function findUntil(
  { definition, api, polling: usual }: Looking,
  query: Query,
  { until, polling = usual, ...options }: FindUntilOptions,
): Promise<readonly Observed[]> {
  const look = async (fresh: boolean) => {
    try {
      return { found: await definition.find(api, query, { ...options, fresh }) };
    } catch (silence) {
      if (!api.isSilent(silence)) throw silence;
      return { silence };
    }
  };
  const last = await readUntil(
    polling,
    await look(options.fresh),
    (reading) => "silence" in reading || !until(reading.found),
    () => look(true),
  );
  if ("silence" in last) throw last.silence;
  return last.found;
}

/**
 * Finds one object. That it is not there is believed only when fresh reads agree.
 * @param run The resource and the API.
 * @param query Which one.
 * @param options How to look.
 */
export async function findOne(run: Looking, query: Query, options: FindOptions): Promise<Observed | undefined> {
  const [found] = await findUntil(run, query, { ...options, until: ({ length }) => length > 0 });
  return found;
}

/**
 * Whether an object is gone after a delete. Reads that lag still show what was removed all the same.
 * @param run The resource and the API.
 * @param id Its id.
 * @param removed What the state holds of it, and what the program declares in its place, if anything.
 */
export async function isGone(
  run: Looking,
  id: string,
  removed: { readonly prior: Values; readonly successor: Values | undefined },
): Promise<boolean> {
  const { prior, successor = {} } = removed;
  const options = { prior, removed: { successor }, fields: new Set<string>(), fresh: true };
  return (await findUntil(run, { id }, { ...options, until: ({ length }) => length === 0 })).length === 0;
}
