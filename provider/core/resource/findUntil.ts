import type { Connection, Definition, FindOptions, Observed, Query } from "./definition";
import { type Polling, poll } from "./polling";

/** The part of an operation that a search needs. */
interface FindContext {
  readonly definition: Definition;
  readonly api: Connection;
  readonly polling: Polling;
}

/** The options of a search. */
export interface FindUntilOptions extends Omit<FindOptions, "fresh" | "fields"> {
  /** The first read starts after this call; later ones always do. Default true. */
  readonly fresh?: boolean;
  /** The fields to read. Default: none, only whether the object is there. */
  readonly fields?: ReadonlySet<string>;
  /** Accepts a reading. The last one counts even if it is not accepted. */
  until(found: readonly Observed[]): boolean;
}

/**
 * Finds objects, and reads again until a reading is accepted, because reads may lag behind writes. A read whose answer
 * is silent is repeated in the same way.
 * @param operation The resource, the API and the polling time.
 * @param query The objects to find.
 * @param options How to find them.
 * @throws The error of the last read if its answer is silent, and every other error of a read at once.
 */
export async function findUntil(
  { definition, api, polling }: FindContext,
  query: Query,
  { until, fresh = true, fields = new Set(), ...options }: FindUntilOptions,
): Promise<readonly Observed[]> {
  const read = async (isFresh: boolean) => {
    try {
      return { found: await definition.find(api, query, { ...options, fields, fresh: isFresh }) };
    } catch (error) {
      if (!api.isSilent(error)) throw error;
      return { silentError: error };
    }
  };
  const last = await poll(
    polling,
    await read(fresh),
    (reading) => "silentError" in reading || !until(reading.found),
    () => read(true),
  );
  if ("silentError" in last) throw last.silentError;
  return last.found;
}

/**
 * Finds the object with an id. It counts as gone only if all reads of the polling time agree.
 * @param operation The resource, the API and the polling time.
 * @param id The object's id.
 * @param options How to find it.
 */
export async function findOne(
  operation: FindContext,
  id: string,
  options: Omit<FindUntilOptions, "until">,
): Promise<Observed | undefined> {
  const [found] = await findUntil(operation, { id }, { ...options, until: ({ length }) => length > 0 });
  return found;
}
